import type { Detector } from "../detector/detector.js";
import type { Geometry } from "../geometry/geometry.js";
import { polarRows } from "../geometry/polar-rows.js";
import { radialFunction } from "../geometry/units.js";
import { normalizationArray } from "./normalization.js";
import { Pacer, type PacerOptions } from "./pacer.js";
import { type PixelBins, PixelBinsBuilder } from "./pixel-bins.js";
import { type Coverage, planAxes } from "./ranges.js";
import type { Settings } from "./settings.js";
import { bboxSplitter } from "./split/bbox.js";
import { fullSplitter } from "./split/full.js";
import { noSplitter } from "./split/no.js";
import type { Extent, SplitAxes, SplitInput, Splitter } from "./split/splitter.js";
import { staticMask } from "./static-mask.js";

/** A geometry with what else a plan needs of an experiment. */
export interface Setup {
  readonly geometry: Geometry;
  readonly detector: Detector;
  /** Metres; only units of q, d and the like need it. */
  readonly wavelength: number | undefined;
}

/** What an integration is laid out on: its images, its bins, and how many pixels never count. */
export interface PlanLayout {
  readonly shape: readonly [rows: number, columns: number];
  readonly axes: SplitAxes;
  readonly hasDetectorMask: boolean;
  readonly maskedPixels: number;
}

/**
 * Everything about an integration that does not change from frame to frame: which pixels go to which
 * bins, and what their signal is divided by.
 */
export interface PlanData extends PlanLayout {
  readonly pixels: PixelBins;
  /** 1 = never counts: the detector's mask, the user's, unusable flat or dark values. */
  readonly mask: Uint8Array;
  /** Normalization of each pixel, 0 where masked. */
  readonly normalization: Float64Array;
}

const SPLITTERS = { no: noSplitter, bbox: bboxSplitter, full: fullSplitter } as const;

/**
 * Builds a plan's data for images of a shape.
 *
 * @throws the signal's reason when it aborts.
 */
export async function buildPlanData(
  setup: Setup,
  shape: readonly [number, number],
  settings: Settings,
  options: PacerOptions = {},
): Promise<PlanData> {
  const pacer = new Pacer("planning the integration", options);
  const { geometry, detector } = setup;
  const [rows, columns] = shape;
  const { mask, hasDetectorMask } = staticMask(detector, shape, settings);
  const normalization = normalizationArray({ ...settings, geometry, detector, shape, mask });
  const splitter = newSplitter(setup, shape, settings);
  const axes = await planAxes(settings, () => coverage(splitter, shape, mask, pacer));
  const builder = new PixelBinsBuilder(
    rows * columns,
    axes.radial.bins * (axes.azimuth?.bins ?? 1),
  );
  for (let row = 0; row < rows; row++) {
    if (pacer.isDue) await pacer.pause(row, rows);
    splitter.divide(
      { row, masked: mask.subarray(row * columns, (row + 1) * columns) },
      axes,
      builder,
    );
  }
  pacer.finish(rows);
  return {
    shape,
    axes,
    pixels: builder.finish(),
    mask,
    normalization,
    hasDetectorMask,
    maskedPixels: mask.reduce((sum, masked) => sum + masked, 0),
  };
}

async function coverage(
  splitter: Splitter,
  [rows, columns]: readonly [number, number],
  mask: Uint8Array,
  pacer: Pacer,
): Promise<Coverage> {
  const radial: Extent = { low: Infinity, high: -Infinity };
  const azimuth: Extent = { low: Infinity, high: -Infinity };
  let straddles = false;
  for (let row = 0; row < rows; row++) {
    if (pacer.isDue) await pacer.pause(0, rows);
    const masked = mask.subarray(row * columns, (row + 1) * columns);
    straddles = splitter.extend({ row, masked }, radial, azimuth) || straddles;
  }
  return { radial, azimuth, straddles };
}

function newSplitter(
  { geometry, detector, wavelength }: Setup,
  shape: readonly [number, number],
  settings: Settings,
): Splitter {
  const radialOf = radialFunction(settings.unit, wavelength);
  const input: SplitInput = {
    rows: polarRows(geometry, detector, shape, radialOf),
    beam: [radialOf(0, 1), radialOf(0, -1)],
    positive: settings.unit.positive,
  };
  return SPLITTERS[settings.method.split](input);
}
