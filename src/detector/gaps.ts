import type { Shape } from "./detector.js";

/** Masked pixels along one axis that repeat with a period, ends exclusive. */
export interface PeriodicGaps {
  readonly period: number;
  readonly runs: readonly (readonly [first: number, end: number])[];
}

/** Which pixels of a detector never count. */
export type MaskRule =
  /** Whole rows and columns: gaps between modules, seams inside them, their borders. */
  | { readonly kind: "gaps"; readonly rows?: PeriodicGaps; readonly columns?: PeriodicGaps }
  /** What lies outside the circle in the image whose radius is half its height. */
  | { readonly kind: "circle" }
  /** What no chip covers; `origins` are row and column of each chip's first pixel, one after the other. */
  | { readonly kind: "chips"; readonly chip: Shape; readonly origins: readonly number[] };

/** Gaps of `gap` pixels after each module of `module` pixels along one axis. */
export function moduleGaps(module: number, gap: number): PeriodicGaps {
  return { period: module + gap, runs: [[module, module + gap]] };
}

/** The mask that a rule gives for an image in orientation 3: 1 = masked. */
export function maskOf(rule: MaskRule, shape: Shape): Uint8Array {
  if (rule.kind === "gaps") return gapMask(shape, rule.rows, rule.columns);
  if (rule.kind === "circle") return circleMask(shape);
  return chipMask(shape, rule.chip, rule.origins);
}

/** A mask of the image whose pixels are `binning` pixels each: masked where any of them is. */
export function binMask(mask: Uint8Array, shape: Shape, binning: Shape): Uint8Array {
  const [rows, columns] = [Math.floor(shape[0] / binning[0]), Math.floor(shape[1] / binning[1])];
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows * binning[0]; row++) {
    const start = Math.floor(row / binning[0]) * columns;
    for (let column = 0; column < columns * binning[1]; column++) {
      if (mask[row * shape[1] + column]) out[start + Math.floor(column / binning[1])] = 1;
    }
  }
  return out;
}

function gapMask(shape: Shape, byRow?: PeriodicGaps, byColumn?: PeriodicGaps): Uint8Array {
  const [rows, columns] = shape;
  const mask = new Uint8Array(rows * columns);
  const line = maskedLine(columns, byColumn);
  const masked = maskedLine(rows, byRow);
  for (let row = 0; row < rows; row++) {
    if (masked[row]) mask.fill(1, row * columns, (row + 1) * columns);
    else mask.set(line, row * columns);
  }
  return mask;
}

function chipMask(shape: Shape, chip: Shape, origins: readonly number[]): Uint8Array {
  const [rows, columns] = shape;
  const mask = new Uint8Array(rows * columns).fill(1);
  for (let i = 0; i < origins.length; i += 2) {
    const [top, left] = [origins[i]!, origins[i + 1]!];
    const right = Math.min(left + chip[1], columns);
    for (let row = top; row < Math.min(top + chip[0], rows); row++) {
      mask.fill(0, row * columns + left, row * columns + right);
    }
  }
  return mask;
}

function maskedLine(length: number, gaps: PeriodicGaps | undefined): Uint8Array {
  const line = new Uint8Array(length);
  if (gaps === undefined) return line;
  for (let start = 0; start < length; start += gaps.period) {
    for (const [first, end] of gaps.runs) line.fill(1, start + first, start + end);
  }
  return line;
}

/** pyFAI's circle: centre at half the shape, rounded down, radius half the height. */
function circleMask(shape: Shape): Uint8Array {
  const [rows, columns] = shape;
  const mask = new Uint8Array(rows * columns);
  const radius = Math.floor(rows / 2);
  const middle = Math.floor(columns / 2);
  for (let row = 0; row < rows; row++) {
    const y = row + 0.5 - radius;
    for (let column = 0; column < columns; column++) {
      const x = column + 0.5 - middle;
      if (y * y + x * x > radius * radius) mask[row * columns + column] = 1;
    }
  }
  return mask;
}
