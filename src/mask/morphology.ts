import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { invertMask, type Mask, toMask } from "./mask.js";

/** Masks the eight neighbours of masked pixels too, `steps` times. */
export function growMask(mask: Image, steps = 1): Mask {
  if (!(Number.isInteger(steps) && steps >= 0)) {
    throw new OptionError("steps", steps, `${steps} is no whole number of 0 or more`);
  }
  let grown = toMask(mask);
  for (let step = 0; step < steps; step++) grown = growOnce(grown);
  return grown;
}

/** Unmasks pixels that touch one that is not masked, `steps` times. */
export function shrinkMask(mask: Image, steps = 1): Mask {
  return invertMask(growMask(invertMask(mask), steps));
}

/** Along rows, then along columns: a square is a line of lines. */
function growOnce({ data, shape }: Mask): Mask {
  const [rows, columns] = shape;
  const wide = data.slice();
  for (let row = 0; row < rows; row++) {
    for (let i = row * columns; i < (row + 1) * columns; i++) {
      if (data[i] === 0) continue;
      if (i > row * columns) wide[i - 1] = 1;
      if (i + 1 < (row + 1) * columns) wide[i + 1] = 1;
    }
  }
  const grown = wide.slice();
  for (let i = 0; i < wide.length; i++) {
    if (wide[i] === 0) continue;
    if (i >= columns) grown[i - columns] = 1;
    if (i + columns < wide.length) grown[i + columns] = 1;
  }
  return { data: grown, shape: [rows, columns] };
}
