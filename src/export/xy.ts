import { writeAtomic } from "../host/write-atomic.js";
import type { Integrate1dResult } from "../integrate/result.js";
import { exponent } from "./exponent.js";
import { filledBins, sigmaOf } from "./rows.js";

/**
 * The text of an `.xy` file as TOPAS, GSAS-II and most others read it: bin centre and intensity, no
 * header; bins without a pixel are left out.
 */
export function formatXy(result: Integrate1dResult): string {
  return filledBins(result)
    .map((bin) => `${number(result.radial[bin]!)} ${number(result.intensity[bin]!)}\n`)
    .join("");
}

/**
 * The text of an `.xye` file: bin centre, intensity and its standard error (not the variance), no
 * header; bins without a pixel are left out.
 *
 * @throws OptionError where the result has no standard errors.
 */
export function formatXye(result: Integrate1dResult): string {
  const sigma = sigmaOf(result, ".xye");
  return filledBins(result)
    .map(
      (bin) =>
        `${number(result.radial[bin]!)} ${number(result.intensity[bin]!)} ${number(sigma[bin]!)}\n`,
    )
    .join("");
}

/** Writes an `.xy` file; see `formatXy`. Throws an OutputError where it cannot be written. */
export async function writeXy(path: string, result: Integrate1dResult): Promise<void> {
  await writeAtomic(path, formatXy(result));
}

/** Writes an `.xye` file; see `formatXye`. Throws an OutputError where it cannot be written. */
export async function writeXye(path: string, result: Integrate1dResult): Promise<void> {
  await writeAtomic(path, formatXye(result));
}

function number(value: number): string {
  return exponent(value, 15, 8);
}
