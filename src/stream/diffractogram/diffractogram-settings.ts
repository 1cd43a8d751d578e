import type { Image } from "../../array.js";
import { OptionError } from "../../errors.js";
import { checkIsImage } from "../../integrate/check-image.js";
import type { IntegrateOptions } from "../../integrate/options.js";
import { checkOptionNames } from "../../option-names.js";
import { PEAK_LIMIT } from "./diffractogram-peaks.js";
import { PatternBuffer } from "./pattern-buffer.js";
import { type DiffractogramRange, sectorOf, WHOLE } from "./sector.js";
import { type DiffractogramUnit, diffractogramUnit } from "./unit.js";

/** What of a diffractogram tool can be set; each may be changed at any time. */
export interface DiffractogramSettings {
  /** A diffractogram for each. Default one without limits. */
  readonly ranges: readonly DiffractogramRange[];
  /** pyFAI's name or LaVue's. Default `"q_nm^-1"`. */
  readonly unit: DiffractogramUnit;
  /** Radial bins. Default 1000. */
  readonly points: number;
  /** Default `true`. */
  readonly correctSolidAngle: boolean;
  /** Non-zero = masked; in addition to the detector's own mask. */
  readonly mask: Image | undefined;
  /** Pixels above it do not count. */
  readonly maskAbove: number | undefined;
  readonly dark: Image | undefined;
  readonly flat: Image | undefined;
  readonly method: IntegrateOptions["method"] | undefined;
  /** CSS colours, one after the other and over again; the view's own where there is none. */
  readonly colors: readonly string[];
  /** Patterns that a buffer keeps. Default 1024. */
  readonly bufferSize: number;
  /** Whether the controls of the buffers are shown. */
  readonly isBuffering: boolean;
  /** 0: the image; otherwise the number of a buffer, from 1. */
  readonly mainPlot: number;
  /** The most peaks of each diffractogram. Default 20. */
  readonly peakLimit: number;
}

/** Changes of settings; units also by LaVue's names. */
export type DiffractogramChanges = {
  readonly [Name in keyof DiffractogramSettings]?: Name extends "unit"
    ? string
    : DiffractogramSettings[Name];
};

export const DEFAULT_SETTINGS: DiffractogramSettings = {
  ranges: [WHOLE],
  unit: "q_nm^-1",
  points: 1000,
  correctSolidAngle: true,
  mask: undefined,
  maskAbove: undefined,
  dark: undefined,
  flat: undefined,
  method: undefined,
  colors: [],
  bufferSize: 1024,
  isBuffering: false,
  mainPlot: 0,
  peakLimit: PEAK_LIMIT,
};

/** Settings that are images. */
export const IMAGE_SETTINGS = ["mask", "dark", "flat"] as const;

/** Settings that change a diffractogram. */
const INTEGRATION_SETTINGS: readonly (keyof DiffractogramSettings)[] = [
  "ranges",
  "unit",
  "points",
  "correctSolidAngle",
  ...IMAGE_SETTINGS,
  "maskAbove",
  "method",
];

/** Settings whose change empties the buffers, as in LaVue. */
const BUFFER_SETTINGS: readonly (keyof DiffractogramSettings)[] = ["ranges", "unit", "bufferSize"];

/**
 * Settings with some of them changed.
 *
 * @throws OptionError for one that does not exist or cannot be.
 */
export function changedSettings(
  settings: DiffractogramSettings,
  changes: DiffractogramChanges,
): DiffractogramSettings {
  checkOptionNames(changes, Object.keys(DEFAULT_SETTINGS));
  const unit = changes.unit === undefined ? settings.unit : diffractogramUnit(changes.unit);
  const ranges = checkedRanges(changes.ranges ?? settings.ranges);
  const changed = { ...settings, ...changes, unit, ranges };
  const { points, bufferSize, mainPlot, maskAbove, colors, peakLimit } = changed;
  checkWhole("points", points, 1);
  checkWhole("mainPlot", mainPlot, 0);
  checkWhole("peakLimit", peakLimit, 0);
  new PatternBuffer(bufferSize);
  for (const name of ["correctSolidAngle", "isBuffering"] as const) {
    if (typeof changed[name] === "boolean") continue;
    throw new OptionError(name, changed[name], "give true or false");
  }
  for (const name of IMAGE_SETTINGS) {
    if (changed[name] !== undefined) checkIsImage(name, changed[name]);
  }
  if (maskAbove !== undefined && (typeof maskAbove !== "number" || Number.isNaN(maskAbove))) {
    throw new OptionError("maskAbove", maskAbove, "it is the number above which pixels are masked");
  }
  if (!Array.isArray(colors) || !colors.every((color) => typeof color === "string")) {
    throw new OptionError("colors", colors, 'give a list of CSS colours, ["#0b5fa5", "red"]');
  }
  if (mainPlot <= ranges.length) return changed;
  if (changes.mainPlot === undefined) return { ...changed, mainPlot: 0 };
  const most = ranges.length;
  throw new OptionError(
    "mainPlot",
    mainPlot,
    `there is no buffer ${mainPlot}: there ${most === 1 ? "is 1 range" : `are ${most} ranges`}`,
  );
}

/** What follows from a change of settings: other patterns, other peaks, buffers that begin anew. */
export function differences(
  before: DiffractogramSettings,
  after: DiffractogramSettings,
): { readonly patterns: boolean; readonly peakLimit: boolean; readonly buffers: boolean } {
  const isOther = (name: keyof DiffractogramSettings): boolean =>
    name === "ranges"
      ? JSON.stringify(before.ranges) !== JSON.stringify(after.ranges)
      : before[name] !== after[name];
  return {
    patterns: INTEGRATION_SETTINGS.some(isOther),
    peakLimit: isOther("peakLimit"),
    buffers: BUFFER_SETTINGS.some(isOther),
  };
}

/** Ranges, at most. */
export const MOST_RANGES = 1024;

/** A copy, which its giver cannot change. */
function checkedRanges(ranges: unknown): DiffractogramRange[] {
  if (!Array.isArray(ranges) || ranges.length > MOST_RANGES) {
    throw new OptionError(
      "ranges",
      ranges,
      `give a list of [azimuth start, azimuth end, 2θ start, 2θ end], ${MOST_RANGES} at most`,
    );
  }
  return ranges.map((range, i) => {
    sectorOf(range, `range ${i + 1}`);
    return [range[0], range[1], range[2], range[3]];
  });
}

function checkWhole(name: string, value: unknown, least: number): void {
  if (Number.isInteger(value) && (value as number) >= least) return;
  throw new OptionError(
    name,
    value,
    `${String(value)} cannot be; give a whole number from ${least}`,
  );
}
