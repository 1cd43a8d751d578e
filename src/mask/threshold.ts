import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import type { Mask } from "./mask.js";

/** Masks values below a limit. */
export function maskBelow(image: Image, limit: number): Mask {
  requireNumber("below", limit);
  return where(image, (value) => value < limit);
}

/** Masks values above a limit. */
export function maskAbove(image: Image, limit: number): Mask {
  requireNumber("above", limit);
  return where(image, (value) => value > limit);
}

/** Masks values from `low` to `high`, both included. */
export function maskBetween(image: Image, low: number, high: number): Mask {
  requireNumber("between", low);
  requireNumber("between", high);
  return where(image, (value) => value >= low && value <= high);
}

/** Masks NaN and infinite values. */
export function maskNotFinite(image: Image): Mask {
  return where(image, (value) => !Number.isFinite(value));
}

function where({ data, shape }: Image, isMasked: (value: number) => boolean): Mask {
  return { data: Uint8Array.from(data, (value) => (isMasked(value) ? 1 : 0)), shape: [...shape] };
}

function requireNumber(name: string, value: number): void {
  if (Number.isNaN(value)) throw new OptionError(name, value, "give a number, not NaN");
}
