import { OptionError } from "../../errors.js";
import type { PacerOptions } from "../pacer.js";
import { buildPlanData, type PlanLayout, type Setup } from "../plan-data.js";
import type { Settings } from "../settings.js";
import type { Engine } from "./engine.js";
import { gpuEngine } from "./gpu/gpu-engine.js";
import { jsEngine } from "./js/js-engine.js";

/** An engine ready for the images of a plan, and what the plan was laid out on. */
export interface Prepared {
  readonly layout: PlanLayout;
  readonly engine: Engine;
}

/**
 * Builds a plan and makes an engine ready for it.
 *
 * @throws OptionError for an engine that is not here; the signal's reason when it aborts.
 */
export async function prepare(
  setup: Setup,
  shape: readonly [number, number],
  settings: Settings,
  options: PacerOptions = {},
): Promise<Prepared> {
  const { engine } = settings.method;
  if (engine === "wasm") {
    throw new OptionError(
      "engine",
      engine,
      `the ${engine} engine is not part of this version; choose js or auto`,
    );
  }
  const data = await buildPlanData(setup, shape, settings, options);
  if (engine === "gpu")
    return { layout: data, engine: await gpuEngine(data, settings, setup.detector) };
  return { layout: data, engine: jsEngine(data, settings, setup.detector) };
}
