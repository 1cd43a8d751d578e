import { stabilized } from "../mask/defects.js";
import type { Counts } from "./counts.js";
import { smooth } from "./smooth.js";

/** Crests of an image: points on its rings, and much else. Positions in pixels, 0 = first centre. */
export interface Ridges {
  readonly count: number;
  readonly row: Float64Array;
  readonly column: Float64Array;
  /** Unit vector across the crest, in pixels. */
  readonly acrossRow: Float64Array;
  readonly acrossColumn: Float64Array;
  /** Curvature across the crest, in standard errors of noise. */
  readonly strength: Float32Array;
  /** Number of the arc that a point belongs to, from 0; −1 for those of short arcs. */
  readonly arc: Int32Array;
  readonly arcs: number;
}

/** Pixels. As wide as rings usually are, the best filter to find them in noise. */
const SIGMA = 2;
/** Standard error of the second derivative of unit noise blurred by `SIGMA` (central differences). */
const NOISE = 0.0265;
/** Crests below this many standard errors are left out. */
const LEAST = 4.5;
/** A crest this near to pixels that cannot be used is bent by them, in pixels. */
const MARGIN = 3;
/** Points of an arc at least. */
const SHORTEST = 12;

/**
 * The crests of an image with sub-pixel positions: where, across the direction of strongest downward
 * curvature, the slope is zero (Steger 1998, doi:10.1109/34.659930), after stabilising the variance.
 */
export function findRidges(counts: Counts): Ridges {
  const { shape, valid } = counts;
  const [rows, columns] = shape;
  const blurred = blur(counts);
  const scale = 1 / (NOISE * noiseOf(counts));
  const label = new Int32Array(rows * columns).fill(-1);
  const found: number[] = [];
  const near = nearInvalid(valid, shape);
  for (let row = 1; row < rows - 1; row++) {
    for (let i = row * columns + 1; i < (row + 1) * columns - 1; i++) {
      if (near[i] !== 0) continue;
      const middle = blurred[i]!;
      const [north, south] = [blurred[i - columns]!, blurred[i + columns]!];
      const [west, east] = [blurred[i - 1]!, blurred[i + 1]!];
      const yy = north + south - 2 * middle;
      const xx = west + east - 2 * middle;
      if (yy >= 0 && xx >= 0) continue;
      const xy =
        (blurred[i - columns - 1]! +
          blurred[i + columns + 1]! -
          blurred[i - columns + 1]! -
          blurred[i + columns - 1]!) /
        4;
      const half = (yy + xx) / 2;
      const spread = Math.sqrt(((yy - xx) / 2) ** 2 + xy * xy);
      const curvature = half - spread;
      const strength = -curvature * scale;
      if (strength < LEAST) continue;
      // Eigenvector of the most negative curvature.
      let ny = yy <= xx ? curvature - xx : xy;
      let nx = yy <= xx ? xy : curvature - yy;
      const length = Math.hypot(ny, nx);
      if (length === 0) continue;
      ny /= length;
      nx /= length;
      const slope = ((south - north) / 2) * ny + ((east - west) / 2) * nx;
      const shift = -slope / curvature;
      if (Math.abs(shift * ny) > 0.5 || Math.abs(shift * nx) > 0.5) continue;
      label[i] = found.length / 5;
      const column = i - row * columns;
      found.push(row + shift * ny, column + shift * nx, ny, nx, strength);
    }
  }
  return collect(found, label, shape);
}

/** Blurred stabilised counts; pixels that cannot be used are filled from around them. */
function blur({ data, valid, shape }: Counts): Float32Array {
  const values = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) values[i] = valid[i] === 0 ? 0 : stabilized(data[i]!);
  const scratch = new Float32Array(data.length);
  const out = new Float32Array(data.length);
  smooth(values, shape, SIGMA, scratch, out);
  if (valid.includes(0)) {
    const weights = values;
    for (let i = 0; i < data.length; i++) weights[i] = valid[i]!;
    const covered = new Float32Array(data.length);
    smooth(weights, shape, SIGMA, scratch, covered);
    for (let i = 0; i < out.length; i++) out[i] = out[i]! / Math.max(covered[i]!, 1e-3);
  }
  return out;
}

/** Standard error of stabilised counts: 1 for single photons, more where a count is several digits. */
function noiseOf({ data, valid, shape }: Counts): number {
  const [rows, columns] = shape;
  const differences: number[] = [];
  const stride = Math.max(1, Math.floor(data.length / 40000));
  for (let i = columns + 1; i < (rows - 1) * columns - 1; i += stride) {
    if (!(valid[i - 1]! & valid[i]! & valid[i + 1]!)) continue;
    const bent = stabilized(data[i - 1]!) + stabilized(data[i + 1]!) - 2 * stabilized(data[i]!);
    differences.push(Math.abs(bent));
  }
  const sorted = Float64Array.from(differences).sort();
  const median = sorted[sorted.length >> 1] ?? 0;
  return Math.max((1.4826 * median) / Math.sqrt(6), 1e-3);
}

/** 1 where the detector's edge or a run of unusable pixels is near; single ones are filled well. */
function nearInvalid(valid: Uint8Array, [rows, columns]: readonly [number, number]): Uint8Array {
  const near = new Uint8Array(valid.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column;
      if (valid[i] !== 0) continue;
      const inRun =
        (column > 0 && valid[i - 1] === 0) ||
        (column + 1 < columns && valid[i + 1] === 0) ||
        (row > 0 && valid[i - columns] === 0) ||
        (row + 1 < rows && valid[i + columns] === 0);
      const margin = inRun ? MARGIN : 1;
      const [top, bottom] = [Math.max(row - margin, 0), Math.min(row + margin, rows - 1)];
      const [left, right] = [Math.max(column - margin, 0), Math.min(column + margin, columns - 1)];
      // Inside a gap the neighbours to the left have done most of it.
      const from = column > 0 && valid[i - 1] === 0 && inRun ? right : left;
      for (let y = top; y <= bottom; y++) near.fill(1, y * columns + from, y * columns + right + 1);
    }
  }
  const edge = 2;
  for (let row = 0; row < rows; row++) {
    if (row < edge || row >= rows - edge) near.fill(1, row * columns, (row + 1) * columns);
    near.fill(1, row * columns, row * columns + edge);
    near.fill(1, (row + 1) * columns - edge, (row + 1) * columns);
  }
  return near;
}

/** Joins neighbouring points whose crests run alike into arcs. */
function collect(
  found: readonly number[],
  label: Int32Array,
  [, columns]: readonly [number, number],
): Ridges {
  const count = found.length / 5;
  const [row, column] = [new Float64Array(count), new Float64Array(count)];
  const [acrossRow, acrossColumn] = [new Float64Array(count), new Float64Array(count)];
  const strength = new Float32Array(count);
  for (let k = 0; k < count; k++) {
    row[k] = found[5 * k]!;
    column[k] = found[5 * k + 1]!;
    acrossRow[k] = found[5 * k + 2]!;
    acrossColumn[k] = found[5 * k + 3]!;
    strength[k] = found[5 * k + 4]!;
  }
  const parent = Int32Array.from({ length: count }, (_, k) => k);
  const root = (k: number): number => {
    let top = k;
    while (parent[top] !== top) {
      parent[top] = parent[parent[top]!]!;
      top = parent[top]!;
    }
    return top;
  };
  const join = (k: number, other: number): void => {
    if (other < 0) return;
    const along = acrossRow[k]! * acrossRow[other]! + acrossColumn[k]! * acrossColumn[other]!;
    if (Math.abs(along) < 0.94) return;
    const [a, b] = [root(k), root(other)];
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  };
  for (let i = columns + 1; i < label.length; i++) {
    const k = label[i]!;
    if (k < 0) continue;
    join(k, label[i - 1]!);
    join(k, label[i - columns - 1]!);
    join(k, label[i - columns]!);
    join(k, label[i - columns + 1]!);
  }
  const sizes = new Int32Array(count);
  for (let k = 0; k < count; k++) sizes[root(k)]!++;
  const numbers = new Int32Array(count).fill(-1);
  let arcs = 0;
  const arc = Int32Array.from({ length: count }, (_, k) => {
    const top = root(k);
    if (sizes[top]! < SHORTEST) return -1;
    if (numbers[top] === -1) numbers[top] = arcs++;
    return numbers[top]!;
  });
  return { count, row, column, acrossRow, acrossColumn, strength, arc, arcs };
}
