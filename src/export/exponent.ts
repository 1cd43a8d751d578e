/**
 * A number as C's `printf("%<width>.<decimals>e")` writes it: correct to the last digit, exact ties
 * to even, an exponent of two digits at least; `nan`, `inf` and `-inf` as in Python.
 *
 * @param decimals 0 to 20
 */
export function exponent(value: number, width: number, decimals: number): string {
  return digits(value, decimals).padStart(width);
}

function digits(value: number, decimals: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }
  const [mantissa, power] = toEven(Math.abs(value), decimals).split("e") as [string, string];
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return `${sign}${mantissa}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

/** toExponential is exact but takes ties upwards; C takes them to the even digit. */
function toEven(magnitude: number, decimals: number): string {
  const rounded = magnitude.toExponential(decimals);
  const longer = magnitude.toExponential(decimals + 1);
  const [cut, power] = longer.split("e") as [string, string];
  if (!cut.endsWith("5") || /[13579]e/.test(rounded) === false) {
    return rounded;
  }
  // All digits that a tie could have: one more, then zeros only.
  const exact = magnitude.toExponential(100);
  const tie = exact.startsWith(cut) && /^0*e/.test(exact.slice(cut.length));
  if (!tie) {
    return rounded;
  }
  const even = decimals === 0 ? cut.slice(0, 1) : cut.slice(0, -1);
  return `${even}e${power}`;
}
