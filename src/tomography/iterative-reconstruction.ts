import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { checkOptionNames } from "../option-names.js";
import { collect, type Disc, discOf, type Line, lineOf, spread } from "./disc.js";
import { fillGaps } from "./fill-gaps.js";
import { type SliceOptions, type Slicing, slicingOf } from "./slice-options.js";

/** How a slice is reconstructed by improving it again and again. */
export interface IterativeOptions extends SliceOptions {
  /**
   * `"sirt"` brings the lines of the slice closer to the sinogram by differences, `"mlem"` by ratios, as
   * the likelihood of counts has it. Default `"sirt"`.
   */
  readonly method?: "sirt" | "mlem";
  /** How often all angles are gone through. More is sharper and noisier. Default 3. */
  readonly iterations?: number;
  /**
   * Angles after which the slice is improved; fewer converge faster. Default 4, of `"mlem"`, which
   * gets noisy sooner, 8.
   */
  readonly subset?: number;
}

/** A line of less than half a pixel says little of the slice. */
const SHORTEST = 0.5;

/**
 * Reconstructs a slice that has no negative value from its sinogram by iterations over subsets of its
 * angles: with few or uneven angles, or little intensity, there are fewer streaks than after filtered
 * back projection. Everything else is as there.
 *
 * @throws OptionError, ShapeError; OptionError for `"mlem"` where the sinogram is nowhere above 0.
 * @see Gilbert 1972, doi:10.1016/0022-5193(72)90180-4 (SIRT); Hudson & Larkin 1994,
 * doi:10.1109/42.363108 (MLEM with ordered subsets)
 */
export function iterativeReconstruction(
  sinogram: Image,
  options: IterativeOptions = {},
): Image<Float32Array> {
  checkOptionNames(options, ["angles", "center", "size", "method", "iterations", "subset"]);
  const { method = "sirt", iterations = 3 } = options;
  if (method !== "sirt" && method !== "mlem") {
    throw new OptionError("method", method, `there is no method "${method}"; choose sirt or mlem`);
  }
  const subset = options.subset ?? (method === "sirt" ? 4 : 8);
  for (const [name, value] of Object.entries({ iterations, subset })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new OptionError(name, value, "is to be a whole number from 1");
  }
  const slicing = slicingOf(sinogram, options);
  const disc = discOf(slicing);
  const work: Work = {
    slicing,
    disc,
    line: lineOf(slicing),
    measured: fillGaps(sinogram),
    lengths: rayLengths(slicing, disc),
    slice: new Float64Array(slicing.size ** 2),
  };
  if (method === "mlem") work.slice.fill(meanOf(work));
  const subsets = orderedSubsets(slicing.rows, subset);
  const change = new Float64Array(work.slice.length);
  for (let i = 0; i < iterations; i++) {
    for (const rows of subsets) improve(work, rows, change, method);
  }
  const data = new Float32Array(change.length);
  for (let row = 0; row < disc.size; row++) {
    const [from, end] = [disc.first[row]!, disc.end[row]!].map((i) => row * disc.size + i);
    data.set(work.slice.subarray(from, end), from);
  }
  return { data, shape: [slicing.size, slicing.size] };
}

interface Work {
  readonly slicing: Slicing;
  readonly disc: Disc;
  readonly line: Line;
  readonly measured: Float64Array;
  /** Of each line of the sinogram in the disc, in pixels. */
  readonly lengths: Float64Array;
  readonly slice: Float64Array;
}

/** Changes the slice by what the rows of a subset have too much or too little. */
function improve(
  { slicing, disc, line, measured, lengths, slice }: Work,
  rows: readonly number[],
  change: Float64Array,
  method: "sirt" | "mlem",
): void {
  const { columns, angles } = slicing;
  const isRatio = method === "mlem";
  change.fill(0);
  for (const row of rows) {
    line.values.fill(0);
    collect(line, angles[row]!, disc, slice);
    for (let column = 0, at = line.start; column < columns; column++, at++) {
      const [value, ray] = [measured[row * columns + column]!, lengths[row * columns + column]!];
      const has = line.values[at]!;
      if (isRatio) line.values[at] = has > 0 ? Math.max(0, value) / has : 0;
      else line.values[at] = ray < SHORTEST ? 0 : (value - has) / ray;
    }
    // Beyond the ends of the scan there is air: a factor of 0 says so, a difference of 0 nothing.
    line.values.fill(0, 0, line.start);
    line.values.fill(0, line.start + columns);
    spread(line, angles[row]!, disc, change);
  }
  // Each pixel is shared out whole at every angle.
  const share = 1 / rows.length;
  for (let i = 0; i < slice.length; i++) {
    const next = isRatio ? slice[i]! * change[i]! * share : slice[i]! + change[i]! * share;
    slice[i] = next > 0 ? next : 0;
  }
}

function rayLengths(slicing: Slicing, disc: Disc): Float64Array {
  const { rows, columns, angles, size } = slicing;
  const lengths = new Float64Array(rows * columns);
  const line = lineOf(slicing);
  const ones = new Float64Array(size * size).fill(1);
  for (let row = 0; row < rows; row++) {
    line.values.fill(0);
    collect(line, angles[row]!, disc, ones);
    lengths.set(line.values.subarray(line.start, line.start + columns), row * columns);
  }
  return lengths;
}

/** The value that, all over the disc, gives the sinogram's sum. */
function meanOf({ measured, lengths }: Work): number {
  let [sum, length] = [0, 0];
  for (const [i, value] of measured.entries()) {
    sum += Math.max(0, value);
    length += lengths[i]!;
  }
  if (sum > 0) return sum / length;
  throw new OptionError("sinogram", undefined, "is nowhere above 0, of which mlem makes nothing");
}

/** Rows in groups of about `size`, each spread over all angles, neighbours far from each other. */
function orderedSubsets(rows: number, size: number): number[][] {
  const count = Math.max(1, Math.round(rows / size));
  const groups = Array.from({ length: count }, (_, first) =>
    Array.from({ length: Math.ceil((rows - first) / count) }, (_, i) => first + i * count),
  );
  // Steps of the golden section leave no two groups near each other for long.
  const places = groups.map((_, i) => (i * 0.618_033_988_749_895) % 1);
  return groups
    .map((_, i) => i)
    .sort((a, b) => places[a]! - places[b]!)
    .map((i) => groups[i]!);
}
