import type { Image } from "../../src/array.js";
import type { Detector } from "../../src/detector/detector.js";
import { dummyOf, isDummy } from "../../src/integrate/dummy.js";
import type { IntegrateOptions } from "../../src/integrate/options.js";
import { resolveSettings } from "../../src/integrate/settings.js";
import { staticMask } from "../../src/integrate/static-mask.js";

/** The options of `integrate2d` that do not change while a geometry is dragged: images and what is invalid in them. */
export type ImageOptions = Pick<
  IntegrateOptions,
  | "mask"
  | "dark"
  | "flat"
  | "variance"
  | "errorModel"
  | "dummy"
  | "deltaDummy"
  | "normalizationFactor"
>;

/** An image ready to be summed: dark subtracted, divided by the monitor, NaN where it does not count. */
export interface LiveImage {
  readonly shape: readonly [rows: number, columns: number];
  readonly values: Float32Array;
  /** The flat; `undefined` where there is none. */
  readonly weights: Float32Array | undefined;
}

/** @throws OptionError, ShapeError for corrections that do not fit the image. */
export function liveImage(image: Image, detector: Detector, options: ImageOptions): LiveImage {
  const { shape, data } = image;
  const settings = resolveSettings(shape, 1, 1, options);
  const { mask } = staticMask(detector, shape, settings);
  const dummy = dummyOf(data, detector, settings);
  const isInvalid = dummy === undefined ? () => false : isDummy(dummy);
  const flatDummy = { value: settings.dummy ?? 0, delta: settings.deltaDummy ?? 0 };
  const isUnusable = isDummy(settings.dummy === undefined ? { value: 0, delta: 0 } : flatDummy);
  const { dark, flat, normalizationFactor } = settings;
  const values = new Float32Array(data.length);
  for (let i = 0; i < values.length; i++) {
    const raw = data[i]!;
    const weight = flat === undefined ? 1 : flat.data[i]!;
    const counts =
      mask[i] === 0 &&
      Number.isFinite(raw) &&
      !isInvalid(raw) &&
      (flat === undefined || (Number.isFinite(weight) && weight !== 0 && !isUnusable(weight)));
    values[i] = counts ? (raw - (dark?.data[i] ?? 0)) / normalizationFactor : Number.NaN;
  }
  const weights = flat && Float32Array.from(flat.data);
  return { shape: [shape[0], shape[1]], values, weights };
}
