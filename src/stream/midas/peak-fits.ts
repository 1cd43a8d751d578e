import type { MidasParameters } from "../../config/midas/parameters.js";
import type { Integrate2dResult } from "../../integrate/result.js";
import type { TrackPeaksOptions } from "../peaks/options.js";
import { PeakTracker } from "../peaks/peak-tracker.js";
import { type FitCurve, PEAK_COLUMNS, type TrackedPeaks } from "../peaks/tracked-peaks.js";
import type { FrameRecord } from "../record/frame-record.js";
import type { RecordArrays, RecordLayout } from "../record/record-layout.js";
import { etasOf, LEAST_AREA, type MidasGrid, radiiOf } from "./midas-grid.js";
import type { PeakUpdate } from "./peak-exchange.js";

/** Values of a peak in MIDAS' files, in their order. */
export const FIT_COLUMNS = ["Area", "Center", "sig", "gam", "FWHM", "eta", "ChiSq"] as const;

const COLUMNS = FIT_COLUMNS.length;
/** Full width of a Gaussian at half maximum, in its standard deviations. */
const WIDTH = Math.sqrt(8 * Math.LN2);

const EMPTY = new Float64Array(0);
const MODES: readonly PeakUpdate["mode"][] = ["replace", "append"];
/** The frames from which peaks are followed again after an interruption. */
const FOLLOWED = 100;

/** What the fits of a frame are recorded as; the number of peaks may change while frames come. */
export function fitLayout(azimuthal: number | undefined): RecordLayout {
  return {
    fit: { type: "float64", shape: ["varies", COLUMNS] },
    fit_sigma: { type: "float64", shape: ["varies", COLUMNS] },
    fit_status: { type: "float64", shape: ["varies"] },
    fit_location: { type: "float64", shape: ["varies"] },
    // What was asked for before the frame; the file does without.
    peak_update: { type: "float64", shape: ["varies"] },
    ...(azimuthal !== undefined && {
      fit_cakes: { type: "float64", shape: ["varies", azimuthal, COLUMNS] },
      fit_cakes_sigma: { type: "float64", shape: ["varies", azimuthal, COLUMNS] },
    }),
  };
}

/** The fits of a frame, and the curves of its profile. */
export interface FittedFrame {
  readonly arrays: RecordArrays;
  readonly curves: readonly FitCurve[];
}

/** Fits the peaks of frame after frame, as a parameter file asks for it. */
export class MidasPeakFits {
  readonly #grid: MidasGrid;
  readonly #radial: Float64Array;
  readonly #azimuthal: Float64Array;
  readonly #isCovered: readonly boolean[];
  readonly #profile: PeakTracker;
  readonly #cakes: PeakTracker | undefined;
  /** What is asked for before the next frame. */
  #update: Float64Array = EMPTY;

  /** @param options.cakes also fits the peaks at each azimuth */
  constructor(
    parameters: MidasParameters,
    grid: MidasGrid,
    { cakes = false }: { readonly cakes?: boolean } = {},
  ) {
    this.#grid = grid;
    this.#radial = radiiOf(grid);
    this.#azimuthal = etasOf(grid);
    this.#isCovered = covered(grid);
    const places = parameters.PeakLocation.map((center) => ({ center }));
    const { search, ...options } = trackOptions(parameters);
    this.#profile = new PeakTracker(places, {
      ...options,
      ...(search && { search }),
      curves: true,
    });
    if (cakes) this.#cakes = new PeakTracker(places, options);
  }

  /** Radii of the peaks that are fitted, in pixels. */
  get radii(): readonly number[] {
    return this.#profile.peaks.map(({ center }) => center);
  }

  /** Does what a viewer asks for, from the next frame on. */
  update(update: PeakUpdate): void {
    const { mode, radii } = update;
    this.#update = Float64Array.from([MODES.indexOf(mode), ...radii]);
    const places = radii.map((center) => ({ center }));
    this.#profile[mode](places);
    this.#cakes?.[mode](places);
  }

  /**
   * Takes up where an earlier run has ended: a peak is fitted where the frames that brought it had it, and
   * followed from the last ones.
   */
  takeUp(record: FrameRecord): void {
    let peaks = -1;
    for (let index = 0; index < record.frames; index++) {
      const [mode, ...radii] = record.values(index, "peak_update");
      const count = record.values(index, "fit_location").length;
      if (mode !== undefined) this.update({ mode: MODES[mode]!, radii });
      if (mode !== undefined || count !== peaks || index >= record.frames - FOLLOWED) {
        const lineout = record.values(index, "lineout") as Float64Array;
        const cake = this.#cakes && (record.values(index, "cake") as Float64Array);
        this.fit(lineout, cake);
      }
      peaks = count;
    }
  }

  /**
   * Fits a frame.
   *
   * @param cake `[radial][azimuthal]`; only needed where the peaks at each azimuth are fitted
   */
  fit(lineout: Float64Array, cake?: Float64Array): FittedFrame {
    const update = this.#update;
    this.#update = EMPTY;
    const intensity = lineout.map((value, r) => (this.#isCovered[r] ? value : Number.NaN));
    const tracked = this.#profile.track({ radial: this.#radial, intensity });
    return {
      arrays: {
        fit: midasValues(tracked),
        fit_sigma: midasErrors(tracked),
        fit_status: Float64Array.from(tracked.status),
        fit_location: Float64Array.from(tracked.peaks, ({ center }) => center),
        peak_update: update,
        ...(this.#cakes && cake && this.#fitCakes(this.#cakes, cake)),
      },
      curves: tracked.curves ?? [],
    };
  }

  #fitCakes(tracker: PeakTracker, cake: Float64Array): RecordArrays {
    const { radial, azimuthal, maps } = this.#grid;
    if (tracker.peaks.length === 0) tracker.append(this.radii.map((center) => ({ center })));
    const intensity = new Float64Array(cake.length).fill(Number.NaN);
    for (let r = 0; r < radial; r++) {
      for (let a = 0; a < azimuthal; a++) {
        const at = r * azimuthal + a;
        if (maps.Area[at]! > LEAST_AREA) intensity[a * radial + r] = cake[at]!;
      }
    }
    const tracked = tracker.track({
      radial: this.#radial,
      azimuthal: this.#azimuthal,
      shape: [azimuthal, radial],
      intensity,
    } as Integrate2dResult);
    const peaks = tracked.peaks.length;
    return {
      fit_cakes: byPeak(midasValues(tracked), azimuthal, peaks),
      fit_cakes_sigma: byPeak(midasErrors(tracked), azimuthal, peaks),
    };
  }
}

function trackOptions(parameters: MidasParameters): TrackPeaksOptions {
  const { AutoDetectPeaks, FitROIAuto, FitROIPadding, MultiplePeaks, PeakLocation } = parameters;
  const limit =
    AutoDetectPeaks > 0 ? { limit: AutoDetectPeaks } : MultiplePeaks ? {} : { limit: 1 };
  return {
    ...(!FitROIAuto && { padding: FitROIPadding }),
    // MIDAS finds peaks where none are named.
    ...(PeakLocation.length === 0 && {
      search: { ...limit, iterations: parameters.SNIPIterations },
    }),
  };
}

/** Widths of the parts become MIDAS' sig (a variance) and gam, both of hundredths of the radial unit. */
function midasValues({ values }: TrackedPeaks): Float64Array {
  const result = values.slice();
  for (let at = 0; at < result.length; at += COLUMNS) {
    const [gauss, lorentz] = [values[at + GAUSS]!, values[at + LORENTZ]!];
    result[at + GAUSS] = ((100 * gauss) / WIDTH) ** 2;
    result[at + LORENTZ] = 100 * lorentz;
  }
  return result;
}

function midasErrors({ values, errors }: TrackedPeaks): Float64Array {
  const result = errors.slice();
  for (let at = 0; at < result.length; at += COLUMNS) {
    const slope = 2 * values[at + GAUSS]! * (100 / WIDTH) ** 2;
    result[at + GAUSS] = slope * errors[at + GAUSS]!;
    result[at + LORENTZ] = 100 * errors[at + LORENTZ]!;
  }
  return result;
}

const GAUSS = PEAK_COLUMNS.indexOf("gauss");
const LORENTZ = PEAK_COLUMNS.indexOf("lorentz");

/** `[azimuthal][peak]` as `[peak][azimuthal]`. */
function byPeak(values: Float64Array, azimuthal: number, peaks: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let a = 0; a < azimuthal; a++) {
    for (let peak = 0; peak < peaks; peak++) {
      const from = (a * peaks + peak) * COLUMNS;
      result.set(values.subarray(from, from + COLUMNS), (peak * azimuthal + a) * COLUMNS);
    }
  }
  return result;
}

/** Whether each radial bin has pixels at any azimuth. */
function covered({ radial, azimuthal, maps }: MidasGrid): readonly boolean[] {
  return Array.from({ length: radial }, (_, r) =>
    maps.Area.subarray(r * azimuthal, (r + 1) * azimuthal).some((area) => area > LEAST_AREA),
  );
}
