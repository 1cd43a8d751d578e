import { plainNumber } from "./plain-number.js";

/** A value with its standard error to two digits of that: `3.4952 ± 0.0012`; a dash for none. */
export function withError(value: number, sigma: number | null): string {
  if (!Number.isFinite(value)) return "–";
  if (sigma === null || !Number.isFinite(sigma) || sigma <= 0) return plainNumber(value, 5);
  const digits = Math.max(0, 1 - Math.floor(Math.log10(sigma)));
  if (digits > 9 || Math.abs(value) >= 1e7) {
    return `${plainNumber(value, 5)} ± ${plainNumber(sigma, 2)}`;
  }
  return `${value.toFixed(digits).replace("-", "−")} ± ${sigma.toFixed(digits)}`;
}
