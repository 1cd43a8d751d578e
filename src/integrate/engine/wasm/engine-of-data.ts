import type { Detector } from "../../../detector/detector.js";
import type { PlanData } from "../../plan-data.js";
import type { Settings } from "../../settings.js";
import type { Engine } from "../engine.js";
import { Accumulators } from "./accumulators.js";
import { Arena } from "./arena.js";
import { encodePixelBins } from "./encode-pixel-bins.js";
import { encodeRuns } from "./encode-runs.js";
import { encodeTrios, fitsTrios } from "./encode-trios.js";
import * as at from "./parameters.js";
import { placeTables } from "./tables.js";
import { canShare, newTeam } from "./team.js";
import { wasmEngine } from "./wasm-engine.js";

/** So many pairs take some milliseconds a frame: rounding their weights would gain nothing. */
export const FEW_PAIRS: number = 2 ** 20;

/**
 * The fast engine for a plan that JavaScript made, with its weights as they are, in pairs, or rounded to
 * 16 bits where that is faster.
 */
export async function wasmEngineOfData(
  data: PlanData,
  settings: Settings,
  detector: Detector,
  weights: "pairs" | "rounded",
): Promise<Engine> {
  const { pixels, shape, mask, normalization } = data;
  const arena = new Arena(canShare());
  const tables = placeTables(arena, shape, mask);
  arena.float64(tables.normalization, normalization.length).set(normalization);
  if (weights === "pairs") encodePixelBins(arena, pixels, shape, tables);
  else if (fitsTrios(pixels)) encodeTrios(arena, pixels, shape, tables);
  else encodeRuns(arena, pixels, shape, tables);
  arena.setParameter(at.RADIAL_BINS, pixels.bins);
  const team = await newTeam(arena.memory);
  // A thread that takes the memory over while it grows may for ever see its old size.
  await team.run(() => ["startRows"]);
  const image = arena.allocate(8 * mask.length);
  const sums = new Accumulators(arena, team, pixels.bins);
  return wasmEngine(arena, team, sums, image, data, settings, detector);
}
