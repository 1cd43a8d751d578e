import type { Comb } from "./comb.js";
import type { Counts } from "./counts.js";
import { beamCenter, DIST, PONI1, PONI2, ROT1, ROT2 } from "./parameters.js";
import type { Plane } from "./plane.js";

/** The pixels on and beside rings, sorted by the segments of rings that they belong to. */
export interface RingPixels {
  /** Index of each pixel in the image. */
  readonly index: Int32Array;
  /** How far outside its ring it lies, in `ringUnits`: about pixels. */
  readonly offset: Float32Array;
  /** Where the pixels of each segment begin; one more at the end. */
  readonly first: Int32Array;
  /** Ring of each segment. */
  readonly ring: Int16Array;
}

export interface RingPixelOptions {
  /** Largest distance from a ring in pixels, for each ring; 0 leaves it out. */
  readonly reach: Float64Array;
  /** Number of segments that each ring is divided into. */
  readonly segments: Int32Array;
  /** Part of each segment that is used, from its beginning. Default 1. */
  readonly share?: number;
}

/**
 * Radians of 2θ that are a pixel at each ring, on a detector without tilt: the unit of offsets. One for
 * all of a ring, because a unit that changes across it would skew its profile.
 */
export function ringUnits(p: ArrayLike<number>, comb: Comb, plane: Plane): Float64Array {
  const direct = p[DIST]! / (Math.cos(p[ROT1]!) * Math.cos(p[ROT2]!));
  return comb.twoTheta.map((angle) => (Math.cos(angle) ** 2 * plane.pixel) / direct);
}

/** Finds the pixels within `reach` of the rings in a geometry, each with the ring nearest to it. */
export function ringPixels(
  counts: Counts,
  plane: Plane,
  p: ArrayLike<number>,
  comb: Comb,
  { reach, segments, share = 1 }: RingPixelOptions,
): RingPixels {
  const [rows, columns] = counts.shape;
  const unit = ringUnits(p, comb, plane);
  const { valid } = counts;
  const start = new Int32Array(segments.length + 1);
  for (let k = 0; k < segments.length; k++) start[k + 1] = start[k]! + segments[k]!;
  const total = start[segments.length]!;
  const dist = p[DIST]!;
  const [c1, c2] = [Math.cos(p[ROT1]!), Math.cos(p[ROT2]!)];
  const ny = Math.sin(p[ROT2]!);
  const nx = -c2 * Math.sin(p[ROT1]!);
  const nz = c1 * c2;
  const [centerY, centerX] = beamCenter(p);
  const indices = new Int32Array(valid.length);
  const offsets = new Float32Array(valid.length);
  const owners = new Int32Array(valid.length);
  const first = new Int32Array(total + 1);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const a = plane.rows[row]! - p[PONI1]!;
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column;
      if (valid[i] === 0) continue;
      const b = plane.columns[column]! - p[PONI2]!;
      const t3 = a * ny + b * nx + dist * nz;
      const cy = b * nz - dist * nx;
      const cx = dist * ny - a * nz;
      const cz = a * nx - b * ny;
      const across = Math.sqrt(cy * cy + cx * cx + cz * cz);
      const angle = Math.atan2(across, t3);
      const k = comb.nearest(angle);
      if (k < 0 || reach[k] === 0) continue;
      const offset = (angle - comb.twoTheta[k]!) / unit[k]!;
      if (Math.abs(offset) > reach[k]!) continue;
      const turn = Math.atan2(a + p[PONI1]! - centerY, b + p[PONI2]! - centerX) / (2 * Math.PI);
      const along = (turn + 0.5) * segments[k]!;
      const segment = Math.min(Math.floor(along), segments[k]! - 1);
      if (along - segment > share) continue;
      const owner = start[k]! + segment;
      indices[count] = i;
      offsets[count] = offset;
      owners[count] = owner;
      count++;
      first[owner + 1]!++;
    }
  }
  for (let s = 0; s < total; s++) first[s + 1]! += first[s]!;
  const next = first.slice(0, total);
  const index = new Int32Array(count);
  const offset = new Float32Array(count);
  for (let n = 0; n < count; n++) {
    const place = next[owners[n]!]!++;
    index[place] = indices[n]!;
    offset[place] = offsets[n]!;
  }
  const ring = new Int16Array(total);
  for (let k = 0; k < segments.length; k++) ring.fill(k, start[k]!, start[k + 1]!);
  return { index, offset, first, ring };
}
