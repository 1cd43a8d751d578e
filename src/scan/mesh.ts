import { OptionError } from "../errors.js";

/** How the frames of a scan follow each other: line by line. */
export interface Mesh {
  /** Points of the motor that moves with every frame: of a line. */
  readonly fast: number;
  /** Points of the motor that moves from line to line. */
  readonly slow: number;
  /** Frames before the first point. Default 0. */
  readonly offset?: number;
  /** Whether every other line runs back. Default `false`. */
  readonly zigzag?: boolean;
}

/** @throws OptionError for a number of points or frames that is none. */
export function checkMesh({ fast, slow, offset = 0 }: Mesh): void {
  for (const [name, value, least] of [
    ["fast", fast, 1],
    ["slow", slow, 1],
    ["offset", offset, 0],
  ] as const) {
    if (Number.isInteger(value) && value >= least) continue;
    throw new OptionError(name, value, `is to be a whole number from ${least}, not ${value}`);
  }
}

/** The point of a frame, `line * fast + column`; −1 for one before or after the scan. */
export function meshPoint({ fast, slow, offset = 0, zigzag = false }: Mesh, index: number): number {
  const place = index - offset;
  if (place < 0 || place >= slow * fast) return -1;
  const line = Math.floor(place / fast);
  const column = place - line * fast;
  return line * fast + (zigzag && line % 2 === 1 ? fast - 1 - column : column);
}
