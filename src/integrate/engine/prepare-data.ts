import type { Detector } from "../../detector/detector.js";
import { isCakelabError } from "../../errors.js";
import { reportNotice } from "../../notice.js";
import type { EngineName } from "../options.js";
import type { PlanData } from "../plan-data.js";
import type { Settings } from "../settings.js";
import type { Engine } from "./engine.js";
import { fastestEngine } from "./fastest.js";
import { gpuEngine } from "./gpu/gpu-engine.js";
import { jsEngine } from "./js/js-engine.js";
import { FEW_PAIRS, wasmEngineOfData } from "./wasm/engine-of-data.js";

/**
 * Makes the engine that the method names ready for a plan whose bins come from elsewhere than from a
 * geometry; for `"auto"` the fastest one and, if that fails, the plain one.
 *
 * @throws EngineError where an engine that was named does not work.
 */
export async function prepareData(
  data: PlanData,
  settings: Settings,
  detector: Detector,
): Promise<Engine> {
  const { engine } = settings.method;
  if (engine !== "auto") return engineOf(engine, data, settings, detector);
  const fastest = await fastestEngine();
  try {
    return await engineOf(fastest, data, settings, detector);
  } catch (error) {
    if (fastest === "js" || !isCakelabError(error, "engine")) throw error;
    reportNotice(`${error.message}; the js engine takes its place`);
    return jsEngine(data, settings, detector);
  }
}

async function engineOf(
  name: EngineName,
  data: PlanData,
  settings: Settings,
  detector: Detector,
): Promise<Engine> {
  if (name === "js") return jsEngine(data, settings, detector);
  const { algorithm } = settings.method;
  const areFew = algorithm === "csr" && data.pixels.pixel.length <= FEW_PAIRS;
  const weights = algorithm === "csr-exact" || areFew ? "pairs" : "rounded";
  const wasm = (): Promise<Engine> => wasmEngineOfData(data, settings, detector, weights);
  return name === "wasm" ? wasm() : gpuEngine(data, settings, detector, { next: wasm });
}
