import type { Slicing } from "./slice-options.js";

/**
 * The pixels of a slice in the circle that touches its edges, line by line. What is scanned lies in it:
 * at some angle, a corner of the square is beyond the ends of the sinogram.
 */
export interface Disc {
  readonly size: number;
  /** For each row, its first pixel in the circle, and the one after its last. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  /** x of column 0, and y of row 0. */
  readonly left: number;
  readonly top: number;
}

export function discOf({ size }: Slicing): Disc {
  const middle = (size - 1) / 2;
  const first = new Int32Array(size);
  const end = new Int32Array(size);
  for (let row = 0; row < size; row++) {
    const half = Math.sqrt(Math.max(0, (size / 2) ** 2 - (row - middle) ** 2));
    first[row] = Math.ceil(middle - half);
    end[row] = Math.floor(middle + half) + 1;
  }
  return { size, first, end, left: -middle, top: middle };
}

/**
 * Room for one projection with zeros around it, in which every pixel of a disc finds its two neighbours:
 * beyond the ends of a scan there is air.
 */
export interface Line {
  readonly values: Float64Array;
  /** Place of the sinogram's column 0. */
  readonly start: number;
  /** Place of the axis of rotation. */
  readonly axis: number;
}

export function lineOf({ columns, center, size }: Slicing): Line {
  const start = Math.max(0, Math.ceil(size / 2 - center)) + 2;
  const after = Math.max(0, Math.ceil(size / 2 + center - columns)) + 4;
  return { values: new Float64Array(start + columns + after), start, axis: start + center };
}

/** Adds to each pixel of the disc what the line has at its place, between two columns linearly. */
export function spread(line: Line, angle: number, disc: Disc, slice: Float64Array): void {
  const { values, axis } = line;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let row = 0; row < disc.size; row++) {
    const first = disc.first[row]!;
    let place = axis + (disc.left + first) * cos + (disc.top - row) * sin;
    const end = row * disc.size + disc.end[row]!;
    for (let i = row * disc.size + first; i < end; i++, place += cos) {
      const column = place | 0;
      const before = values[column]!;
      slice[i]! += before + (place - column) * (values[column + 1]! - before);
    }
  }
}

/** Adds to the line what the pixels of the disc have: the transpose of `spread`. */
export function collect(line: Line, angle: number, disc: Disc, slice: Float64Array): void {
  const { values, axis } = line;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let row = 0; row < disc.size; row++) {
    const first = disc.first[row]!;
    let place = axis + (disc.left + first) * cos + (disc.top - row) * sin;
    const end = row * disc.size + disc.end[row]!;
    for (let i = row * disc.size + first; i < end; i++, place += cos) {
      const value = slice[i]!;
      // Around a sample there is much that is empty.
      if (value === 0) continue;
      const column = place | 0;
      const after = (place - column) * value;
      values[column]! += value - after;
      values[column + 1]! += after;
    }
  }
}
