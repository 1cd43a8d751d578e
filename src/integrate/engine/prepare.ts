import { isCakelabError } from "../../errors.js";
import { reportNotice } from "../../notice.js";
import type { PacerOptions } from "../pacer.js";
import type { Setup } from "../plan-data.js";
import type { Settings } from "../settings.js";
import { fastestEngine } from "./fastest.js";
import { type Prepared, prepareWith } from "./prepare-with.js";

/**
 * Builds a plan and makes the engine ready that the method names, for `"auto"` the fastest one; if that
 * one fails, the plain engine takes its place, and a notice says so.
 *
 * @throws EngineError where an engine that was named does not work; the signal's reason when it aborts.
 */
export async function prepare(
  setup: Setup,
  shape: readonly [number, number],
  settings: Settings,
  options: PacerOptions = {},
): Promise<Prepared> {
  const { engine } = settings.method;
  if (engine !== "auto") return prepareWith(engine, setup, shape, settings, options);
  const fastest = await fastestEngine();
  try {
    return await prepareWith(fastest, setup, shape, settings, options);
  } catch (error) {
    if (fastest === "js" || !isCakelabError(error, "engine")) throw error;
    reportNotice(`${error.message}; the js engine takes its place`);
    return prepareWith("js", setup, shape, settings, options);
  }
}
