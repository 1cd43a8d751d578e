import type { Image } from "../../src/array.js";
import { residualMap } from "../../src/calibrate/residual-map.js";
import type { CalibrationResult } from "../../src/calibrate/result.js";
import type { CalibrationMessageToPage } from "../../src/calibration-messages.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";

/** A message with the numbers that it is about. */
export type Shown = readonly [message: CalibrationMessageToPage, ...numbers: Float32Array[]];

/** Bins of the small cake: as many as its place on the page has room for. */
const [RADIAL, AZIMUTHAL] = [700, 180];

/** A small cake of an image, in which rings are straight lines where the geometry is right. */
export async function smallCake(
  ai: AzimuthalIntegrator,
  image: Image,
  mask: Image | undefined,
): Promise<Shown> {
  const { dist, poni1, poni2, rot1, rot2, rot3 } = ai;
  const geometry = { dist, poni1, poni2, rot1, rot2, rot3 };
  const { radial, azimuthal, intensity, shape } = await ai.integrate2d(image, RADIAL, AZIMUTHAL, {
    unit: "2th_deg",
    // Quicker than the exact overlap, for a geometry that is there for a moment.
    method: { split: "bbox" },
    ...(mask === undefined ? {} : { mask }),
  });
  return [
    { do: "cake", shape, radial: ends(radial), azimuth: ends(azimuthal), geometry },
    Float32Array.from(intensity),
  ];
}

/** The map of what is left between rings and image. */
export function residualsOf(
  { points }: CalibrationResult,
  shape: readonly [number, number],
): Shown {
  const { data, shape: cells, cell, limit } = residualMap(points, shape);
  return [{ do: "residual", shape: [cells[0], cells[1]], cell, limit }, Float32Array.from(data)];
}

/** From the lower edge of the first bin to the upper one of the last. */
function ends(centers: Float64Array): [first: number, last: number] {
  const half = (centers[1]! - centers[0]!) / 2;
  return [centers[0]! - half, centers.at(-1)! + half];
}
