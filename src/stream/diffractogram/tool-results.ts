import type { DiffractogramPattern } from "./diffractogram-pattern.js";
import type { DiffractogramPeak } from "./diffractogram-peaks.js";
import type { DiffractogramUnit } from "./unit.js";

type Numbers = readonly number[];
type Limits = readonly [low: number, high: number] | null;

/**
 * What LaVue's diffractogram tool tells of an image, with its own keys. Of diffractogram i, from 1, there
 * are `diff_i` (`[[x…], [y…]]`; a bin without a pixel is 0, as pyFAI gives it to LaVue), `radial_range_i`
 * in the unit and `azimuth_range_i` in degrees, `null` without limits, `peaks_i` (`[[x…], [y…]]`, the
 * highest first) and `peaks_i_error`, the largest step of the radial axis.
 */
export interface ToolResults {
  readonly tool: "diffractogram";
  readonly imagename: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly nrdiffs: number;
  /** Path of the calibration. */
  readonly calibration: string;
  readonly unit: DiffractogramUnit;
  readonly [diff: `diff_${number}`]: readonly [x: Numbers, y: Numbers];
  readonly [radialRange: `radial_range_${number}`]: Limits;
  readonly [azimuthRange: `azimuth_range_${number}`]: Limits;
  readonly [peaks: `peaks_${number}`]: readonly [x: Numbers, y: Numbers];
  readonly [peaksError: `peaks_${number}_error`]: number;
}

/** What results are made from. */
export interface ToolResultsOf {
  readonly imageName: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly calibration: string | undefined;
  readonly unit: DiffractogramUnit;
  readonly patterns: readonly DiffractogramPattern[];
  /** Of each pattern. */
  readonly peaks: readonly (readonly DiffractogramPeak[])[];
}

/** The results of an image in LaVue's form. */
export function toolResults(of: ToolResultsOf): ToolResults {
  const { imageName, timestamp, calibration = "", unit, patterns, peaks } = of;
  const diffs = patterns.flatMap(({ radial, intensity, radialRange, azimuthRange }, at) => {
    const i = at + 1;
    const found = peaks[at] ?? [];
    return [
      [`radial_range_${i}`, radialRange ?? null],
      [`azimuth_range_${i}`, azimuthRange ?? null],
      // JSON has no NaN.
      [`diff_${i}`, [[...radial], Array.from(intensity, (y) => (Number.isFinite(y) ? y : 0))]],
      [`peaks_${i}`, [found.map(({ position }) => position), found.map(({ value }) => value)]],
      [`peaks_${i}_error`, largestStep(radial)],
    ];
  });
  return {
    tool: "diffractogram",
    imagename: imageName,
    timestamp,
    nrdiffs: patterns.length,
    calibration,
    ...Object.fromEntries(diffs),
    unit,
  };
}

function largestStep(radial: Float64Array): number {
  let largest = 0;
  for (let i = 1; i < radial.length; i++) largest = Math.max(largest, radial[i]! - radial[i - 1]!);
  return largest;
}
