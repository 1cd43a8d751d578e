import { expect, it } from "vitest";
import * as simulate from "../../src/simulate/index.js";

it("cakelab/simulate exports these", () => {
  expect(Object.keys(simulate).sort()).toEqual([
    "calibrant",
    "calibrantNames",
    "reflectionName",
    "reflections",
    "simulatePowder",
    "simulateScan",
    "simulateTensileTest",
    "startSimulatedDetector",
  ]);
});
