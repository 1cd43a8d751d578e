import { OptionError } from "../errors.js";
import { checkOptionNames } from "../option-names.js";
import { type FoundPeak, findPeaks } from "./find-peaks.js";
import {
  FIT_OPTION_NAMES,
  type FitPeaksOptions,
  type PeakPattern,
  type PeakPlace,
  type PeakWeights,
} from "./options.js";
import type { PeakWindow, WindowPeak } from "./peak-window.js";

/** A background of a higher order would follow the peaks. */
const HIGHEST_ORDER = 10;

/** Peaks that are fitted together, by their places in the list of peaks. */
export interface JoinedWindow extends PeakWindow {
  readonly places: readonly number[];
}

/** How a pattern's peaks are fitted, after defaults; windows that overlap are one. */
export interface WindowPlan {
  readonly windows: readonly JoinedWindow[];
  readonly weights: PeakWeights;
}

/**
 * @param pattern in which peaks are measured that have a centre only.
 * @throws OptionError
 */
export function planWindows(
  pattern: PeakPattern,
  places: readonly PeakPlace[],
  options: FitPeaksOptions,
): WindowPlan {
  checkOptionNames(options, FIT_OPTION_NAMES);
  const { profile = "pseudo-voigt", background = 1, reach = 3, snr = 4 } = options;
  const { maxIterations = 100 } = options;
  const weights = weightsOf(pattern, options.weights);
  if (profile !== "pseudo-voigt" && profile !== "tch") {
    throw new OptionError("profile", profile, `choose "pseudo-voigt" or "tch", not "${profile}"`);
  }
  checkNumber("background", background, Number.isInteger(background) && background >= 0, "0");
  if (background > HIGHEST_ORDER) {
    throw new OptionError("background", background, `is to be ${HIGHEST_ORDER} at most`);
  }
  checkNumber("maxIterations", maxIterations, maxIterations >= 1, "1");
  checkNumber("reach", reach, reach >= 0.5, "0.5");
  checkNumber("snr", snr, snr >= 0, "0");
  const found = lazily(() => findPeaks(pattern, { prominence: 0, reach }));
  const usual = lazily(() => usualWidth(pattern, found()));
  const peaks = places.map((place, i) => windowPeak(place, i, reach, found, usual));
  const shared = {
    order: background,
    profile,
    isPoisson: weights === "poisson",
    isScaled: weights === "unit",
    snr,
    maxIterations,
  };
  const windows = joined(peaks).map((window) => ({ ...window, ...shared }));
  return { windows, weights };
}

function weightsOf({ sigma }: PeakPattern, asked: PeakWeights | undefined): PeakWeights {
  const weights = asked ?? (sigma === undefined ? "unit" : "sigma");
  if (!["sigma", "poisson", "unit"].includes(weights)) {
    const message = `choose "sigma", "poisson" or "unit", not "${weights}"`;
    throw new OptionError("weights", weights, message);
  }
  if (weights === "sigma" && sigma === undefined) {
    const message = 'the pattern has no sigma; integrate with an errorModel, or choose "poisson"';
    throw new OptionError("weights", weights, message);
  }
  return weights;
}

function checkNumber(option: string, value: number, isValid: boolean, least: string): void {
  if (isValid) return;
  throw new OptionError(option, value, `is to be a number from ${least}, not ${value}`);
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function windowPeak(
  place: PeakPlace,
  index: number,
  reach: number,
  found: () => readonly FoundPeak[],
  usual: () => number,
): WindowPeak {
  if (!("center" in place)) return { eta: 0.5, range: checkedRange(place, index) };
  const { center, fwhm, eta = 0.5 } = place;
  const refuse = (name: string, value: number, limits: string): never => {
    throw new OptionError(`peaks[${index}].${name}`, value, `is to be ${limits}, not ${value}`);
  };
  if (!Number.isFinite(center)) refuse("center", center, "a number");
  if (!(eta >= 0 && eta <= 1)) refuse("eta", eta, "from 0 to 1");
  if (fwhm !== undefined && !(fwhm > 0 && fwhm < Infinity)) refuse("fwhm", fwhm, "above 0");
  const known = { center, eta, ...(fwhm === undefined ? {} : { fwhm }) };
  if (place.range !== undefined) return { ...known, range: checkedRange(place.range, index) };
  if (fwhm !== undefined) {
    return { ...known, range: [center - reach * fwhm, center + reach * fwhm] };
  }
  const near = found()
    .filter(({ range: [low, high] }) => low <= center && center <= high)
    .sort((a, b) => Math.abs(a.center - center) - Math.abs(b.center - center))[0];
  if (near !== undefined) return { center: near.center, fwhm: near.fwhm, eta, range: near.range };
  const half = reach * usual();
  return { center, eta, range: [center - half, center + half] };
}

/** Of the pattern's peaks; else one that a window of a twentieth of it suits. */
function usualWidth({ radial }: PeakPattern, found: readonly FoundPeak[]): number {
  const widths = found.map(({ fwhm }) => fwhm).sort((a, b) => a - b);
  const span = radial.length > 0 ? radial[radial.length - 1]! - radial[0]! : 0;
  return widths[widths.length >> 1] ?? (span || 1) / 120;
}

function checkedRange(range: readonly [number, number], index: number): readonly [number, number] {
  const [low, high] = range;
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return [low, high];
  throw new OptionError(
    `peaks[${index}]`,
    range,
    `its range is to be [low, high], low below high, not [${low}, ${high}]`,
  );
}

type Joined = Pick<JoinedWindow, "range" | "peaks" | "places">;

function joined(peaks: readonly WindowPeak[]): Joined[] {
  const order = Array.from(peaks.keys()).sort((a, b) => peaks[a]!.range[0] - peaks[b]!.range[0]);
  const windows: { range: [number, number]; peaks: WindowPeak[]; places: number[] }[] = [];
  for (const place of order) {
    const peak = peaks[place]!;
    const last = windows.at(-1);
    if (last !== undefined && peak.range[0] < last.range[1]) {
      last.range[1] = Math.max(last.range[1], peak.range[1]);
      last.peaks.push(peak);
      last.places.push(place);
    } else {
      windows.push({ range: [...peak.range], peaks: [peak], places: [place] });
    }
  }
  return windows;
}
