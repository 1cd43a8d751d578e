/**
 * Simulated powder images, for notebooks, tests and trying things out: `cakelab/simulate`.
 *
 * @module
 */
export { type Calibrant, calibrant, calibrantNames } from "../calibrant/calibrants.js";
export type { Cell } from "../calibrant/cell.js";
export type { ReflectionRule, RuleName } from "../calibrant/reflection-rule.js";
export {
  type Lattice,
  type Reflection,
  reflectionName,
  reflections,
} from "../calibrant/reflections.js";
export type {
  Background,
  BeamStop,
  Grains,
  Phase,
  SimulateOptions,
  Spot,
  Strain,
  Texture,
} from "./options.js";
export { simulatePowder } from "./powder.js";
export { type ScanPoint, type SimulateScanOptions, simulateScan } from "./scan.js";
export {
  type SimulatedDetector,
  type SimulatedDetectorOptions,
  startSimulatedDetector,
} from "./simulated-detector.js";
export { simulateTensileTest, type TensileTestOptions } from "./tensile-test.js";
