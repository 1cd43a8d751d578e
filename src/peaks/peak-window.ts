import type { PeakProfile } from "./options.js";
import { PEAK_SIZE } from "./window-model.js";

/** A peak of a window; what is not known of it is measured. */
export interface WindowPeak {
  readonly center?: number;
  readonly fwhm?: number;
  readonly eta: number;
  readonly range: readonly [low: number, high: number];
  /** Where its centre may be, within the range. Default all of it. */
  readonly limits?: readonly [low: number, high: number];
}

/** Peaks that are fitted together, and how. */
export interface PeakWindow {
  readonly range: readonly [low: number, high: number];
  readonly peaks: readonly WindowPeak[];
  readonly order: number;
  readonly profile: PeakProfile;
  /** Whether weights are those of counts that the model expects. */
  readonly isPoisson: boolean;
  /** Whether standard errors are those that the scatter tells. */
  readonly isScaled: boolean;
  readonly snr: number;
  readonly maxIterations: number;
}

/** Parameters of a fit of some peaks of a window. */
export function sizeOf({ order }: PeakWindow, peaks: number): number {
  return order + 1 + PEAK_SIZE * peaks;
}
