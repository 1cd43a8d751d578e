import type { Image } from "../../src/array.js";
import type { Detector } from "../../src/detector/detector.js";
import { isCakelabError } from "../../src/errors.js";
import { prepareWith } from "../../src/integrate/engine/prepare-with.js";
import { Plan } from "../../src/integrate/plan.js";
import type { Integrate2dResult } from "../../src/integrate/result.js";
import { resolveSettings } from "../../src/integrate/settings.js";
import type { ImageOptions } from "./live-image.js";
import type { LiveSettings } from "./live-settings.js";

/**
 * What `integrate2d` gives, through a plan that is given up at once: the next geometry is another, and
 * a page should not collect plans.
 *
 * WebAssembly computes it, in one thread, whatever engine a method names for the kernel.
 *
 * @throws OptionError, ShapeError; the signal's reason when it aborts.
 */
export async function exactCake(
  image: Image,
  detector: Detector,
  { geometry, wavelength, nptRad, nptAzim, options }: LiveSettings,
  imageOptions: ImageOptions,
  signal?: AbortSignal,
): Promise<Integrate2dResult> {
  const settings = resolveSettings(image.shape, nptRad, nptAzim, { ...imageOptions, ...options });
  const setup = { geometry, detector, wavelength };
  const prepare = (engine: "wasm" | "js") =>
    prepareWith(engine, setup, image.shape, settings, { signal });
  const prepared = await prepare("wasm").catch((error: unknown) => {
    if (!isCakelabError(error, "engine")) throw error;
    return prepare("js");
  });
  const plan = new Plan(setup, settings, prepared);
  try {
    return (await plan.integrate(image, signal)) as Integrate2dResult;
  } finally {
    plan.release();
  }
}
