import { type PeakWindow, sizeOf, type WindowPeak } from "./peak-window.js";
import type { Profile } from "./profile.js";
import { highestPoint, startLine, startValues } from "./start-values.js";
import { PEAK_SIZE, subtractPeak, type WindowPoints } from "./window-model.js";

/**
 * Parameters that a fit of a window begins with: the highest peak first; those beside it are looked for
 * in what it leaves.
 */
export function estimate(
  points: WindowPoints,
  window: PeakWindow,
  peaks: readonly WindowPeak[],
  profile: Profile,
): Float64Array {
  const { range, order } = window;
  const start = new Float64Array(sizeOf(window, peaks.length));
  const line = startLine(points);
  start[0] = line((range[0] + range[1]) / 2);
  if (order > 0) start[1] = line(range[1]) - start[0];
  const rest = { ...points, y: points.y.slice() };
  const waiting = new Set(peaks.keys());
  while (waiting.size > 0) {
    const candidates = Array.from(waiting, (index) => {
      const { center, range, limits = range } = peaks[index]!;
      const at =
        center === undefined ? highestPoint(rest, limits, line) : closestPoint(rest, center);
      return { index, at, height: rest.y[at]! - line(rest.x[at]!) };
    });
    const { index, at } = candidates.reduce((a, b) => (b.height > a.height ? b : a));
    const { fwhm: known, eta, center: place } = peaks[index]!;
    const found = startValues(rest, at, line);
    const [center, fwhm] = [place ?? found.center, known ?? found.fwhm];
    const area = (found.area / found.fwhm) * fwhm;
    start.set([area, center, ...profile.parameters(fwhm, eta)], order + 1 + PEAK_SIZE * index);
    if (waiting.size > 1) subtractPeak(rest, area, center, fwhm, eta);
    waiting.delete(index);
  }
  return start;
}

function closestPoint({ count, x }: WindowPoints, place: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) {
    if (Math.abs(x[i]! - place) < Math.abs(x[best]! - place)) best = i;
  }
  return best;
}
