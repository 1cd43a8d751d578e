import { OptionError, ShapeError } from "../errors.js";
import type { PeakPattern } from "./options.js";

/** @throws ShapeError where the arrays differ in length; OptionError for bins that do not ascend. */
export function checkPattern({ radial, intensity, sigma }: PeakPattern): void {
  for (const [what, array] of [
    ["intensity", intensity],
    ["sigma", sigma],
  ] as const) {
    if (array === undefined || array.length === radial.length) continue;
    throw new ShapeError(what, [radial.length], [array.length], "give one value for each bin");
  }
  checkRadial(radial);
}

/** @throws OptionError for bins that do not ascend. */
export function checkRadial(radial: ArrayLike<number>): void {
  for (let i = 0; i < radial.length; i++) {
    const [before, value] = [radial[i - 1] ?? Number.NEGATIVE_INFINITY, radial[i]!];
    if (Number.isFinite(value) && value > before) continue;
    throw new OptionError(
      "radial",
      value,
      `bin ${i} is at ${value}, after ${before}; bin centres are to ascend`,
    );
  }
}
