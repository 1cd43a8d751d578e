import type { Image } from "../array.js";
import { checkOptionNames } from "../option-names.js";
import { discOf, lineOf, spread } from "./disc.js";
import { fillGaps } from "./fill-gaps.js";
import { filterRows, type ProjectionFilter } from "./ramp-filter.js";
import { type SliceOptions, type Slicing, slicingOf } from "./slice-options.js";

/** How a slice is reconstructed by filtered back projection. */
export interface BackProjectionOptions extends SliceOptions {
  /** Default `"ramp"`. */
  readonly filter?: ProjectionFilter;
}

/**
 * Reconstructs a slice from its sinogram, `[angles, positions]`, by filtered back projection. Values are
 * per column: the sum along a line of the slice is the sinogram's value. Points of the sinogram that are
 * NaN are filled from other angles; angles may be uneven, beyond 180° too.
 *
 * @returns a square, 0 beyond the circle that touches its edges.
 * @throws OptionError, ShapeError
 * @see Kak & Slaney 1988, Principles of Computerized Tomographic Imaging, chapter 3
 * @example const slice = filteredBackProjection(sinogram, { center: centerOfRotation(sinogram) });
 */
export function filteredBackProjection(
  sinogram: Image,
  options: BackProjectionOptions = {},
): Image<Float32Array> {
  checkOptionNames(options, ["angles", "center", "size", "filter"]);
  const slicing = slicingOf(sinogram, options);
  const filtered = filterRows(fillGaps(sinogram), sinogram.shape, options.filter ?? "ramp");
  const slice = backProject(filtered, slicing);
  return { data: Float32Array.from(slice), shape: [slicing.size, slicing.size] };
}

/** Spreads rows over a slice, each by the angle that it stands for. */
export function backProject(filtered: Float64Array, slicing: Slicing): Float64Array {
  const { columns, size } = slicing;
  const disc = discOf(slicing);
  const line = lineOf(slicing);
  const weights = angleWeights(slicing.angles);
  const slice = new Float64Array(size * size);
  for (const [row, angle] of slicing.angles.entries()) {
    for (let i = 0; i < columns; i++) {
      line.values[line.start + i] = filtered[row * columns + i]! * weights[row]!;
    }
    spread(line, angle, disc, slice);
  }
  return slice;
}

/**
 * The part of the half turn that each angle stands for: half of the way to its neighbours on both
 * sides, where an angle and the opposite one are the same. At a gap, no more than twice the usual part.
 */
function angleWeights(angles: Float64Array): Float64Array {
  const turned = angles.map((angle) => angle - Math.PI * Math.floor(angle / Math.PI));
  const order = Array.from(turned, (_, i) => i).sort((a, b) => turned[a]! - turned[b]!);
  const count = order.length;
  const step = (i: number): number => {
    const [from, to] = [order[i]!, order[(i + 1) % count]!];
    return turned[to]! - turned[from]! + (i + 1 === count ? Math.PI : 0);
  };
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    weights[order[i]!] = (step((i + count - 1) % count) + step(i)) / 2;
  }
  const usual = Float64Array.from(weights).sort()[count >> 1]!;
  return weights.map((weight) => Math.min(weight, 2 * usual));
}
