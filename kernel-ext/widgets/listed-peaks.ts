import type { ListedPeak } from "../../src/diffractogram-messages.js";
import type { DiffractogramPeak } from "../../src/stream/diffractogram/diffractogram-peaks.js";

/** Peaks as the page lists them; JSON has no NaN. */
export function listedPeaks(peaks: readonly DiffractogramPeak[]): ListedPeak[] {
  return peaks.map(({ position, value, width, sigma }) => ({
    position,
    value,
    width: finiteOr(width),
    sigma: finiteOr(sigma.position),
  }));
}

function finiteOr(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
