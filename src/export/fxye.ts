import { OptionError } from "../errors.js";
import { writeAtomic } from "../host/write-atomic.js";
import type { Integrate1dResult } from "../integrate/result.js";
import { exponent } from "./exponent.js";
import { exactFixed } from "./fixed.js";
import { sigmaOf } from "./rows.js";

const CENTIDEGREES: Readonly<Record<string, number>> = {
  "2th_deg": 100,
  "2th_rad": (100 * 180) / Math.PI,
};

/**
 * The text of GSAS's `.fxye`: a title of 80 characters, comments, the `BANK` line, then 2θ in
 * centidegrees, intensity and standard error.
 *
 * The steps of a bank are constant, so bins without a pixel stay, with intensity and standard error
 * 0: GSAS-II gives those no weight. Comments come before `BANK`, because GSAS-II stops reading at
 * one that comes after it.
 *
 * @param title cut at 80 characters
 * @throws OptionError where the unit is not 2θ or the result has no standard errors.
 */
export function formatFxye(result: Integrate1dResult, title: string): string {
  const scale = CENTIDEGREES[result.unit];
  if (scale === undefined) {
    throw new OptionError(
      "unit",
      result.unit,
      `.fxye needs 2θ, and this result is in ${result.unit}; integrate with unit "2th_deg"`,
    );
  }
  const sigma = sigmaOf(result, ".fxye");
  const { radial, intensity } = result;
  const count = radial.length;
  const first = radial[0]! * scale;
  const step = count > 1 ? (radial[count - 1]! * scale - first) / (count - 1) : 0;
  const lines = [
    title
      .replace(/[\r\n]+/g, " ")
      .slice(0, 80)
      .padEnd(80),
    `# ${result.provenance.software}`,
    `BANK 1 ${count} ${count} CONS ${exactFixed(first, 6)} ${exactFixed(step, 6)} 0 0 FXYE`,
  ];
  for (const [bin, center] of radial.entries()) {
    const filled = Number.isFinite(intensity[bin]!);
    const value = filled ? intensity[bin]! : 0;
    const error = filled ? sigma[bin]! : 0;
    lines.push(
      `${exactFixed(center * scale, 6).padStart(15)} ${exponent(value, 15, 8)} ${exponent(error, 15, 8)}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Writes an `.fxye` file; see `formatFxye`. Throws an OutputError where it cannot be written. */
export async function writeFxye(path: string, result: Integrate1dResult): Promise<void> {
  await writeAtomic(path, formatFxye(result, path.split(/[/\\]/).at(-1) ?? path));
}
