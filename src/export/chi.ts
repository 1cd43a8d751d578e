import { writeAtomic } from "../host/write-atomic.js";
import type { Integrate1dResult } from "../integrate/result.js";
import { exponent } from "./exponent.js";
import { filledBins } from "./rows.js";

/**
 * The text of Fit2D's `.chi`: four lines (title, name of each axis, number of points), then bin
 * centre and intensity; bins without a pixel are left out.
 *
 * @param title the first line; the file's name as a rule
 */
export function formatChi(result: Integrate1dResult, title: string): string {
  const bins = filledBins(result);
  const rows = bins.map(
    (bin) =>
      ` ${exponent(result.radial[bin]!, 14, 7)} ${exponent(result.intensity[bin]!, 14, 7)}\n`,
  );
  const header = [
    title.replace(/[\r\n]+/g, " "),
    result.unit,
    "Intensity",
    `${bins.length}`.padStart(12),
  ];
  return `${header.join("\n")}\n${rows.join("")}`;
}

/** Writes a `.chi` file; see `formatChi`. Throws an OutputError where it cannot be written. */
export async function writeChi(path: string, result: Integrate1dResult): Promise<void> {
  await writeAtomic(path, formatChi(result, path.split(/[/\\]/).at(-1) ?? path));
}
