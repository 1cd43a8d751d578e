import { PARAMETERS, SIZE } from "../../src/calibrate/parameters.js";
import type { CalibrationResult } from "../../src/calibrate/result.js";
import { parameterRows } from "../../src/calibrate/summary.js";
import type { CalibrationSummary } from "../../src/calibration-messages.js";

/** Correlations that are worth telling, and how many of them. */
const STRONG = 0.5;
const MOST = 4;

/** A result as it is shown on the page. */
export function calibrationSummary(result: CalibrationResult): CalibrationSummary {
  const { ai, rings, residual, points, fwhm, warnings } = result;
  return {
    values: PARAMETERS.map((name) => ai[name]!),
    parameters: parameterRows(result),
    rings: rings.map(({ d: _spacing, ...row }) => row),
    correlations: strongest(result),
    text:
      `${points.row.length} pieces of ${rings.length} rings; misfit ${residual.median.toFixed(4)} px ` +
      `(median), ${residual.heldOutMedian.toFixed(4)} px on rings that are left out; ` +
      `rings ${fwhm.toFixed(2)} px wide`,
    warnings,
  };
}

function strongest({ correlations: { names, values } }: CalibrationResult): string[] {
  const pairs: { readonly text: string; readonly size: number }[] = [];
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j < i; j++) {
      const value = values[i * SIZE + j]!;
      const text = `${names[j]} and ${names[i]} ${value.toFixed(4).replace("-", "−")}`;
      if (Math.abs(value) >= STRONG) pairs.push({ text, size: Math.abs(value) });
    }
  }
  return pairs
    .sort((a, b) => b.size - a.size)
    .slice(0, MOST)
    .map(({ text }) => text);
}
