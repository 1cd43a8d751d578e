import type { Image } from "../../array.js";
import type { MidasParameters } from "../../config/midas/parameters.js";
import type { MidasMap } from "../../integrate/midas/map.js";
import { midasPlan } from "../../integrate/midas/midas-plan.js";
import { readMidasDark } from "./read-dark.js";
import type { MidasEngine, MidasRunOptions } from "./run-options.js";

/** What a map is made with. */
export interface EngineOptions extends Pick<MidasRunOptions, "onProgress" | "signal"> {
  /** Subtracted from each image: an image file, a raw one of int64 frames, or an image. */
  readonly dark?: string | Image;
  /** The detector's map, or the folder of its Map.bin. Default: it is built from the parameters. */
  readonly map?: MidasMap | string | undefined;
  /** Whether MaskFile and FlatFile lie as the detector writes its images; see `midasPlan`. */
  readonly rawMask?: boolean;
}

/** Makes a detector's map ready. @throws as `midasPlan` */
export async function openMidasEngine(
  parameters: MidasParameters,
  { dark, map, rawMask = false, onProgress, signal }: EngineOptions = {},
): Promise<MidasEngine> {
  const image = typeof dark === "string" ? await readMidasDark(dark, parameters) : dark;
  const plan = await midasPlan(parameters, {
    ...(image && { dark: image }),
    ...(map && { map }),
    rawMask,
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  const maps = plan.geometryMaps;
  const [radial, azimuthal] = maps.shape;
  return { grid: { radial, azimuthal, maps }, caker: plan, release: () => plan.release() };
}
