import type { TrackedPeak } from "../../src/diffractogram-messages.js";
import { OptionError } from "../../src/errors.js";
import type { PaintOptions } from "../../src/figure/paint.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import {
  changedSettings,
  DEFAULT_SETTINGS,
  type DiffractogramChanges,
  type DiffractogramSettings,
} from "../../src/stream/diffractogram/diffractogram-settings.js";
import type { DiffractogramTool } from "../../src/stream/diffractogram/diffractogram-tool.js";
import type { ToolConfiguration } from "../../src/stream/diffractogram/tool-configuration.js";
import type { OpenStreamOptions } from "../../src/stream/open-stream.js";
import type { FigureOptions } from "../show/figure.js";
import { colorState, colorTraits } from "./color-view.js";
import type { WatchedFrame } from "./frame-watch.js";
import { poniText } from "./poni-text.js";
import { sameValue } from "./same-value.js";
import type { TraitTable } from "./trait-spec.js";
import type { State } from "./widget.js";

/** Where frames come from: an address for `openStream`, a stream, or any frames one after the other. */
export type FrameSource =
  | string
  | readonly string[]
  | AsyncIterable<WatchedFrame>
  | Iterable<WatchedFrame>;

/** What is integrated, and how it looks. */
export interface DiffractogramOptions
  extends FigureOptions,
    Omit<PaintOptions, "mask">,
    Pick<
      DiffractogramChanges,
      | "ranges"
      | "unit"
      | "correctSolidAngle"
      | "mask"
      | "maskAbove"
      | "dark"
      | "flat"
      | "method"
      | "bufferSize"
      | "colors"
    > {
  /** Needed, unless a configuration names a calibration. */
  readonly ai?: AzimuthalIntegrator;
  /** Radial bins. Default 1000. */
  readonly npt?: number;
  /** Whether the buffers in time are there. Default: where `collect` is on. */
  readonly buffering?: boolean;
  /** Whether diffractograms go into the buffers. Default `false`. */
  readonly collect?: boolean;
  /** Whether frames are integrated from the beginning on. Default `true`. */
  readonly show?: boolean;
  /** Peaks to fit in each frame, by their places in the unit. */
  readonly peaks?: readonly (number | TrackedPeak)[];
  /** LaVue's configuration, its text or object: what it says goes before the other options. */
  readonly configuration?: string | ToolConfiguration;
  /** For an address, what `openStream` takes: `shape` for a socket, `keep: "latest"` … */
  readonly stream?: Omit<OpenStreamOptions, "signal">;
}

/** What the kernel and the page share of diffractograms. */
export const diffractogramTraits: TraitTable = {
  ...colorTraits,
  width: { type: "number", default: 1200 },
  height: { type: "number", default: 400 },
  poni: { type: "string", nullable: true },
  ranges: { type: "any", default: [] },
  unit: { type: "string", default: "q_nm^-1" },
  npt: { type: "integer", default: 1000 },
  correct_solid_angle: { type: "boolean", default: true },
  colors: { type: "list", of: { type: "string" }, default: [] },
  buffering: { type: "boolean", default: false },
  buffer_size: { type: "integer", default: 1024 },
  collect: { type: "boolean", default: false },
  main_plot: { type: "integer", default: 0 },
  is_running: { type: "boolean", default: false },
  is_ended: { type: "boolean", default: false },
  trouble: { type: "string", default: "" },
  moves: { type: "integer", default: 0 },
  tracked: { type: "any", default: [] },
  reference_unit: { type: "string", default: "2th_deg" },
  references: { type: "list", of: { type: "string" }, default: [] },
  hidden: { type: "list", of: { type: "integer" }, default: [] },
  // What a page has no use for is not sent there with each image.
  configuration: { type: "any", nullable: true, local: true },
  results: { type: "any", nullable: true, local: true },
};

/** Traits that are settings of the tool, by the names of their properties. */
export const SETTING_TRAITS = [
  "ranges",
  "unit",
  "npt",
  "correctSolidAngle",
  "colors",
  "buffering",
  "bufferSize",
  "mainPlot",
] as const;

/** The tool's settings of traits; `read` gives one by its name on the wire. */
export function settingsOf(read: (name: string) => unknown): DiffractogramChanges {
  return {
    ranges: read("ranges") as DiffractogramSettings["ranges"],
    unit: read("unit") as string,
    points: read("npt") as number,
    correctSolidAngle: read("correct_solid_angle") as boolean,
    colors: read("colors") as string[],
    isBuffering: read("buffering") as boolean,
    bufferSize: read("buffer_size") as number,
    mainPlot: read("main_plot") as number,
  };
}

/** Whether the tool has these settings already. */
export function sameSettings(
  changes: DiffractogramChanges,
  settings: DiffractogramSettings,
): boolean {
  return Object.entries(changes).every(([name, value]) =>
    sameValue(value, settings[name as keyof DiffractogramSettings]),
  );
}

/** The traits of the tool's settings, by their names on the wire. */
export function traitsOf(settings: DiffractogramSettings): State {
  return {
    ranges: settings.ranges,
    unit: settings.unit,
    npt: settings.points,
    correct_solid_angle: settings.correctSolidAngle,
    colors: settings.colors,
    buffering: settings.isBuffering,
    buffer_size: settings.bufferSize,
    main_plot: settings.mainPlot,
  };
}

/** The traits that a view begins with. */
export function firstTraits(options: DiffractogramOptions, tool: DiffractogramTool): State {
  const { title = "", width = 1200, height = 400, ai, collect = false, peaks = [] } = options;
  const { mask: _mask, ...look } = options;
  const sectors = tool.settings.ranges.length;
  return {
    ...colorState(look),
    ...{ title, width, height, collect, tracked: trackedOf(peaks) },
    ...traitsOf(tool.settings),
    configuration: tool.configuration,
    poni: ai === undefined ? null : poniText(ai),
    description: `${title || "Diffractograms"}: live image, ${sectors} sectors and their profiles.`,
  };
}

/** The settings of a view's options; those that are not given are left out. */
export function givenSettings(options: DiffractogramOptions): DiffractogramChanges {
  const { ranges, unit, npt, correctSolidAngle, mask, maskAbove, dark, flat } = options;
  const { method, bufferSize, colors, buffering, collect } = options;
  const isBuffering = buffering ?? (collect === true ? true : undefined);
  const given = {
    ...{ ranges, unit, points: npt, correctSolidAngle, mask, maskAbove, dark, flat },
    ...{ method, bufferSize, colors, isBuffering },
  };
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as DiffractogramChanges;
}

/**
 * Checks traits together, in the words of the tool.
 *
 * @throws OptionError for settings that cannot be.
 */
export function checkedTraits(state: State): void {
  const settings = changedSettings(
    DEFAULT_SETTINGS,
    settingsOf((name) => state[name]),
  );
  Object.assign(state, traitsOf(settings));
  checkTracked(state.tracked);
}

/** Peaks as they are given: by a place alone, too. */
function trackedOf(peaks: readonly (number | TrackedPeak)[]): TrackedPeak[] {
  return peaks.map((peak) => (typeof peak === "number" ? { position: peak, d0: null } : peak));
}

function checkTracked(tracked: unknown): void {
  const isGood = (peak: Partial<TrackedPeak> | null): boolean =>
    Number.isFinite(peak?.position) && (peak?.d0 === null || (peak?.d0 ?? 0) > 0);
  if (Array.isArray(tracked) && tracked.every(isGood)) return;
  throw new OptionError(
    "tracked",
    tracked,
    "give a list of { position, d0 }: in the unit of the diffractograms, and in Å or null",
  );
}
