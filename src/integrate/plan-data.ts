import type { Image } from "../array.js";
import type { Detector } from "../detector/detector.js";
import { OptionError } from "../errors.js";
import type { Geometry } from "../geometry/geometry.js";
import { polarRows } from "../geometry/polar-rows.js";
import { radialFunction } from "../geometry/units.js";
import { normalizationArray } from "./normalization.js";
import { Pacer, type PacerOptions } from "./pacer.js";
import { type PixelBins, PixelBinsBuilder } from "./pixel-bins.js";
import { planAxes } from "./ranges.js";
import type { Settings } from "./settings.js";
import { bboxSplitter } from "./split/bbox.js";
import { fullSplitter } from "./split/full.js";
import { noSplitter } from "./split/no.js";
import type { SplitAxes, SplitInput, Splitter } from "./split/splitter.js";

/** A geometry with what else a plan needs of an experiment. */
export interface Setup {
  readonly geometry: Geometry;
  readonly detector: Detector;
  /** Metres; only units of q, d and the like need it. */
  readonly wavelength: number | undefined;
}

/**
 * Everything about an integration that does not change from frame to frame: which pixels go to which
 * bins, and what their signal is divided by. Engines share it, each in an encoding of its own.
 */
export interface PlanData {
  readonly shape: readonly [rows: number, columns: number];
  readonly axes: SplitAxes;
  readonly pixels: PixelBins;
  /** 1 = never counts: the detector's mask, the user's, unusable flat or dark values. */
  readonly mask: Uint8Array;
  /** Normalization of each pixel, 0 where masked. */
  readonly normalization: Float64Array;
  readonly hasDetectorMask: boolean;
  readonly maskedPixels: number;
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
  const detectorMask = detector.mask(shape);
  const mask = combinedMask(rows * columns, [
    detectorMask,
    settings.mask,
    invalidIn(settings.dark),
    invalidIn(settings.variance),
  ]);
  checkVariance(settings.variance, mask);
  const normalization = normalizationArray({ ...settings, geometry, detector, shape, mask });
  const splitter = newSplitter(setup, shape, settings);
  const axes = await planAxes(splitter, settings, shape, mask, pacer);
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
    hasDetectorMask: detectorMask !== undefined,
    maskedPixels: mask.reduce((sum, masked) => sum + masked, 0),
  };
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

function combinedMask(
  pixels: number,
  masks: readonly (Image | Uint8Array | undefined)[],
): Uint8Array {
  const combined = new Uint8Array(pixels);
  for (const mask of masks) {
    if (mask === undefined) continue;
    const data = "shape" in mask ? mask.data : mask;
    for (let pixel = 0; pixel < pixels; pixel++) if (data[pixel] !== 0) combined[pixel] = 1;
  }
  return combined;
}

/** @throws OptionError for a variance below zero, whose square root would be NaN. */
function checkVariance(variance: Image | undefined, mask: Uint8Array): void {
  const pixel = variance?.data.findIndex((value, i) => value < 0 && mask[i] === 0) ?? -1;
  if (variance === undefined || pixel < 0) return;
  const [row, column] = [Math.floor(pixel / variance.shape[1]), pixel % variance.shape[1]];
  const value = variance.data[pixel];
  throw new OptionError(
    "variance",
    value,
    `it is ${value} at row ${row}, column ${column}; give variances of 0 or more, or mask the pixel`,
  );
}

/** 1 where a correction has no usable value. */
function invalidIn(image: Image | undefined): Uint8Array | undefined {
  if (
    image === undefined ||
    !(image.data instanceof Float32Array || image.data instanceof Float64Array)
  )
    return undefined;
  const { data } = image;
  const invalid = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i]!)) invalid[i] = 1;
  return invalid;
}
