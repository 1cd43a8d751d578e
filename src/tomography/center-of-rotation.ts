import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { solveCholesky } from "../fit/cholesky.js";
import { checkOptionNames } from "../option-names.js";
import { fillGaps } from "./fill-gaps.js";
import { backProject } from "./filtered-back-projection.js";
import { filterRows } from "./ramp-filter.js";
import { type SliceOptions, type Slicing, slicingOf } from "./slice-options.js";

/** So many angles tell which column it is. */
const ROUGH_ROWS = 60;
/** How far from the centres of mass the axis is looked for, in columns. */
const REACH = 4;
const PRECISION = 0.02;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Finds where the axis of rotation is in a sinogram, in columns from 0: first by the centres of mass of
 * its rows, which follow a sine around it; then it is the place, near there, around which a
 * reconstruction has the least below zero.
 *
 * @throws OptionError for a sinogram without intensity, or of too few angles; ShapeError
 * @see Donath et al. 2006, doi:10.1364/JOSAA.23.001048
 */
export function centerOfRotation(
  sinogram: Image,
  options: Pick<SliceOptions, "angles"> = {},
): number {
  checkOptionNames(options, ["angles"]);
  const slicing = slicingOf(sinogram, options);
  const values = fillGaps(sinogram);
  const start = massCenter(values, slicing);
  const rough = belowZero(values, slicing, ROUGH_ROWS);
  const last = slicing.columns - 1;
  const places = Array.from({ length: 2 * REACH + 1 }, (_, i) => start + i - REACH)
    .filter((place) => place >= 0 && place <= last)
    .map((place) => ({ place, cost: rough(place) }));
  const best = places.reduce((a, b) => (b.cost < a.cost ? b : a)).place;
  const fine = belowZero(values, slicing, slicing.rows);
  return lowest(fine, Math.max(0, best - 1), Math.min(last, best + 1));
}

/** How much a reconstruction around a place has below zero, from no more than so many rows. */
function belowZero(
  values: Float64Array,
  slicing: Slicing,
  most: number,
): (center: number) => number {
  const half = halfTurn(values, slicing, most);
  const filtered = filterRows(half.values, [half.slicing.rows, slicing.columns], "hann");
  return (center) => {
    let sum = 0;
    for (const value of backProject(filtered, { ...half.slicing, center })) {
      if (value < 0) sum -= value;
    }
    return sum;
  };
}

/**
 * The rows of the first half turn. Opposite ones together would blur a slice around a wrong axis to
 * rings, which are not below zero.
 */
function halfTurn(
  values: Float64Array,
  slicing: Slicing,
  most: number,
): { values: Float64Array; slicing: Slicing } {
  const { angles, columns } = slicing;
  const end = Math.min(...angles) + Math.PI - 1e-9;
  const all = Array.from(angles.keys()).filter((row) => angles[row]! < end);
  const step = Math.ceil(all.length / most);
  const rows = all.filter((_, i) => i % step === 0);
  const taken = new Float64Array(rows.length * columns);
  for (const [i, row] of rows.entries()) {
    taken.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  }
  return {
    values: taken,
    slicing: {
      ...slicing,
      rows: rows.length,
      angles: Float64Array.from(rows, (row) => angles[row]!),
    },
  };
}

/** By golden section, between two places. */
function lowest(cost: (place: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [leftCost, rightCost] = [cost(left), cost(right)];
  while (high - low > PRECISION) {
    if (leftCost < rightCost) {
      [high, right, rightCost] = [right, left, leftCost];
      left = high - GOLDEN * (high - low);
      leftCost = cost(left);
    } else {
      [low, left, leftCost] = [left, right, rightCost];
      right = low + GOLDEN * (high - low);
      rightCost = cost(right);
    }
  }
  return (low + high) / 2;
}

/** The middle of the sine that the rows' centres of mass follow. */
function massCenter(values: Float64Array, { rows, columns, angles }: Slicing): number {
  const sorted = Float64Array.from(values).sort();
  // A background all over would draw every centre of mass to the middle of the scan.
  const floor = sorted[Math.floor(sorted.length / 20)]!;
  const normal = new Float64Array(9);
  const right = new Float64Array(3);
  for (let row = 0; row < rows; row++) {
    let [mass, moment] = [0, 0];
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column]! - floor;
      mass += value;
      moment += value * column;
    }
    if (!(mass > 0)) continue;
    const terms = [1, Math.cos(angles[row]!), Math.sin(angles[row]!)];
    for (const [i, a] of terms.entries()) {
      right[i]! += a * (moment / mass);
      for (const [j, b] of terms.entries()) normal[3 * i + j]! += a * b;
    }
  }
  const center = solveCholesky(normal, right, 3) ? right[0]! : Number.NaN;
  if (Number.isFinite(center) && center >= 0 && center <= columns - 1) return center;
  throw new OptionError(
    "sinogram",
    undefined,
    "its rows do not tell where the axis is: their centres of mass follow no sine; give the center, or more angles and a range in which the sample is seen",
  );
}
