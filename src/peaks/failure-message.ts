import type { PeakFailure } from "./result.js";

interface Circumstances {
  readonly range: readonly [low: number, high: number];
  /** Points of the window. */
  readonly count: number;
  /** Values that were to be fitted. */
  readonly size: number;
}

const MESSAGES: Readonly<Record<PeakFailure, (of: Circumstances) => string>> = {
  "no-points": ({ count, size }) =>
    `its window has ${count} ${count === 1 ? "point" : "points"}, which cannot determine ${size} values; widen the range or take more bins`,
  edge: () => "its centre is at the end of the range or of the points; move or widen the range",
  "no-peak": () => "nothing there rises above the noise; choose another range, or a lower snr",
  width: () =>
    "it is narrower than the bins, or as wide as its window; take more bins or a wider range",
  "not-converged": () =>
    "the fit did not come to an end; give a better start or more maxIterations",
  "not-determined": () =>
    "the points do not determine it; leave out a peak beside it or lower the order of the background",
};

/** Says why a peak could not be fitted, and what may help. */
export function failureMessage(reason: PeakFailure, of: Circumstances): string {
  const [low, high] = of.range.map((value) => Number(value.toPrecision(6)));
  return `peak in ${low} to ${high}: ${MESSAGES[reason](of)}`;
}
