import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { checkOptionNames } from "../option-names.js";
import { centerOfRotation } from "./center-of-rotation.js";
import { type BackProjectionOptions, filteredBackProjection } from "./filtered-back-projection.js";
import { type IterativeOptions, iterativeReconstruction } from "./iterative-reconstruction.js";
import { type SinogramOptions, sinogram, type TomographicScan } from "./sinogram.js";

/** Which slices are reconstructed of a scan, and how. */
export interface TomogramOptions
  extends Omit<SinogramOptions, "radialRange">,
    Omit<BackProjectionOptions & IterativeOptions, "method"> {
  /** Radial ranges, of which each gives a slice. */
  readonly ranges: readonly (readonly [low: number, high: number])[];
  /** `"fbp"` is filtered back projection, the others iterate. Default `"fbp"`. */
  readonly method?: "fbp" | "sirt" | "mlem";
}

/** Slices through a sample, one for each radial range. */
export interface Tomogram {
  readonly slices: readonly Image<Float32Array>[];
  readonly sinograms: readonly Image<Float64Array>[];
  /** Degrees, of each row of the sinograms. */
  readonly angles: Float64Array;
  /** Column of the axis of rotation. */
  readonly center: number;
}

/**
 * Reconstructs where in a slice of the sample each radial range diffracts, from a scan whose slow motor
 * rotates the sample and whose fast one moves it across the beam. The axis of rotation is found in the
 * sum of the ranges where it is not given.
 *
 * Angles are the positions of the slow motor in degrees; where the scan does not know them (it is called
 * `"slow"`), even steps over 180°.
 *
 * @throws OptionError, ShapeError
 * @example const { slices } = tomogram(scan, { ranges: [[3.6, 3.8], [4.2, 4.4]], background: [[3.9, 4.1]] });
 */
export function tomogram(scan: TomographicScan, options: TomogramOptions): Tomogram {
  const names: (keyof TomogramOptions)[] = ["ranges", "background", "method", "angles", "center"];
  checkOptionNames(options, [...names, "size", "filter", "iterations", "subset"]);
  const { ranges, background, method = "fbp", filter, iterations, subset, size } = options;
  if (ranges.length === 0)
    throw new OptionError("ranges", ranges, "give one radial range at least");
  const sinograms = ranges.map((radialRange) =>
    sinogram(scan, { radialRange, ...(background && { background }) }),
  );
  const angles = Float64Array.from(options.angles ?? anglesOf(scan));
  const center = options.center ?? centerOfRotation(sumOf(sinograms), { angles });
  const slicing = { angles, center, ...(size === undefined ? {} : { size }) };
  const slices = sinograms.map((one) =>
    method === "fbp"
      ? filteredBackProjection(one, { ...slicing, ...(filter && { filter }) })
      : iterativeReconstruction(one, {
          ...slicing,
          method,
          ...(iterations === undefined ? {} : { iterations }),
          ...(subset === undefined ? {} : { subset }),
        }),
  );
  return { slices, sinograms, angles, center };
}

function anglesOf({ slow, shape: [lines] }: TomographicScan): Float64Array {
  if (slow.name !== "slow") return slow.positions;
  return Float64Array.from({ length: lines }, (_, line) => (180 * line) / lines);
}

function sumOf([first, ...others]: readonly Image<Float64Array>[]): Image<Float64Array> {
  const data = first!.data.map((value, i) =>
    others.reduce((sum, one) => sum + one.data[i]!, value),
  );
  return { data, shape: first!.shape };
}
