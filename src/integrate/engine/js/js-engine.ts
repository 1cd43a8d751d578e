import type { Detector } from "../../../detector/detector.js";
import type { PlanData } from "../../plan-data.js";
import type { Settings } from "../../settings.js";
import type { Engine } from "../engine.js";
import { frameSums, type Summation } from "../frame-sums.js";
import { inTurn } from "../in-turn.js";
import { binSquareSums, binSums } from "./sums.js";

/** The plain engine: float64 throughout and no tricks, the reference that faster ones are held against. */
export function jsEngine(plan: PlanData, settings: Settings, detector: Detector): Engine {
  const { pixels } = plan;
  const summation: Summation = {
    sums: (values) => binSums(pixels, values),
    squareSums: (values) => binSquareSums(pixels, values),
  };
  const sumsOf = frameSums(plan, settings, detector);
  return {
    info: { name: "js", mode: "float64" },
    encoding: {
      name: "pairs",
      entries: 2 * pixels.bin.length,
      bytes: bytesOf(plan),
      weightError: 0,
      intensityError: 0,
    },
    integrate: inTurn((image, signal) => sumsOf(image, summation, signal)),
  };
}

function bytesOf({ pixels, mask, normalization }: PlanData): number {
  const { pixel, bin, weight, nextWeight } = pixels;
  const parts = [pixel, bin, weight, nextWeight, mask, normalization];
  return parts.reduce((sum, part) => sum + part.byteLength, 0);
}
