import { tickText } from "../../src/figure/ticks.js";

/** A number with so many digits at most. */
export function plainNumber(value: number, digits: number): string {
  return tickText(Number(value.toPrecision(digits)));
}
