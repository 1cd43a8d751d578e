import type { EngineName } from "../options.js";
import type { PacerOptions } from "../pacer.js";
import { buildPlanData, type PlanLayout, type Setup } from "../plan-data.js";
import type { Settings } from "../settings.js";
import type { Engine } from "./engine.js";
import { gpuEngine } from "./gpu/gpu-engine.js";
import { jsEngine } from "./js/js-engine.js";
import { prepareWasm } from "./wasm/prepare-wasm.js";

/** An engine ready for the images of a plan, and what the plan was laid out on. */
export interface Prepared {
  readonly layout: PlanLayout;
  readonly engine: Engine;
}

/**
 * Builds a plan and makes an engine of a name ready for it.
 *
 * @throws EngineError where that engine does not work; the signal's reason when it aborts.
 */
export async function prepareWith(
  name: EngineName,
  setup: Setup,
  shape: readonly [number, number],
  settings: Settings,
  options: PacerOptions = {},
): Promise<Prepared> {
  if (name === "wasm") return prepareWasm(setup, shape, settings, options);
  const data = await buildPlanData(setup, shape, settings, options);
  if (name === "js") return { layout: data, engine: jsEngine(data, settings, setup.detector) };
  // A device may be lost long after the call that the options came with, and was perhaps aborted.
  const next = async (): Promise<Engine> => (await prepareWasm(setup, shape, settings, {})).engine;
  return { layout: data, engine: await gpuEngine(data, settings, setup.detector, { next }) };
}
