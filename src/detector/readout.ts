import { OptionError, ShapeError } from "../errors.js";
import type { Model } from "./catalogue/model.js";
import type { Shape } from "./detector.js";

/** One way of reading a detector out: the image's shape and the size of its pixels in metres. */
export interface Readout {
  readonly shape: Shape;
  readonly pixel1: number;
  readonly pixel2: number;
  /** How many of the detector's pixels one of the image joins, along both axes. */
  readonly binning: Shape;
}

/** A pixel size counts as one that the makers list when it is this near to it. */
const TOLERANCE = 0.01;

/**
 * The readout that a detector of the catalogue has by default, or that pixel sizes tell: joined
 * pixels make the image smaller.
 *
 * @throws OptionError for a pixel size that the detector cannot have.
 */
export function nominalReadout(
  model: Model,
  maxShape: Shape,
  pixel1: number,
  pixel2: number,
): Readout {
  if (model.widths !== undefined) {
    const widths = Object.keys(model.widths).map(Number);
    const fitting = widths.filter((width) => isNear(pixel1, model.widths![width]!));
    if (fitting.length === 0) throw unknownPixel(model, pixel1, Object.values(model.widths));
    const width = Math.max(...fitting);
    return { shape: [width, width], pixel1, pixel2, binning: [1, 1] };
  }
  const binning: Shape = [joined(model, 0, pixel1), joined(model, 1, pixel2)];
  return { shape: binnedShape(maxShape, binning), pixel1, pixel2, binning };
}

/**
 * The readout that an image of a shape comes from: the nominal one, or another that the makers list.
 *
 * @throws ShapeError where none has this shape.
 */
export function readoutOf(model: Model, maxShape: Shape, nominal: Readout, shape: Shape): Readout {
  if (sameShape(shape, nominal.shape)) return nominal;
  const listed = listedReadouts(model, maxShape);
  const fitting = listed.find((readout) => fits(shape, readout, maxShape));
  if (fitting !== undefined) return { ...fitting, shape };
  const square = listed.filter(({ binning }) => binning[0] === binning[1]);
  const others = square.map((readout) => readout.shape.join(" × "));
  const also = others.length > 1 ? `; it also reads out ${others.join(", ")}` : "";
  throw new ShapeError(
    `image of detector ${model.name}`,
    nominal.shape,
    shape,
    `check that the calibration belongs to this image${also}`,
  );
}

function listedReadouts(model: Model, maxShape: Shape): Readout[] {
  if (model.widths !== undefined) {
    return Object.entries(model.widths).map(([width, pixel]) => ({
      shape: [Number(width), Number(width)],
      pixel1: pixel,
      pixel2: pixel,
      binning: [1, 1],
    }));
  }
  const binnings = Object.entries(model.binnings ?? {});
  return binnings.flatMap(([binning1, pixel1]) =>
    binnings.map(([binning2, pixel2]) => {
      const binning: Shape = [Number(binning1), Number(binning2)];
      return { shape: binnedShape(maxShape, binning), pixel1, pixel2, binning };
    }),
  );
}

/** Where pixels are joined and one is left over, cameras drop it, or one more (SX165 binned 3 × 3: 1364). */
function fits(shape: Shape, readout: Readout, maxShape: Shape): boolean {
  return shape.every((size, axis) => {
    const whole = readout.shape[axis]!;
    return size === whole || (size === whole - 1 && maxShape[axis]! % readout.binning[axis]! !== 0);
  });
}

function joined(model: Model, axis: 0 | 1, pixel: number): number {
  if (model.binnings === undefined) return Math.max(1, Math.round(pixel / model.pixel[axis]));
  const found = Object.entries(model.binnings).find(([, size]) => isNear(pixel, size));
  if (found === undefined) throw unknownPixel(model, pixel, Object.values(model.binnings));
  return Number(found[0]);
}

function unknownPixel(model: Model, pixel: number, sizes: readonly number[]): OptionError {
  const listed = [...new Set(sizes)].map((size) => `${size}`).join(", ");
  const message = `${pixel} m is no pixel size of ${model.name}, whose sizes are ${listed} m`;
  return new OptionError("pixel size", pixel, message);
}

function binnedShape(shape: Shape, binning: Shape): Shape {
  return [Math.floor(shape[0] / binning[0]), Math.floor(shape[1] / binning[1])];
}

function isNear(value: number, size: number): boolean {
  return Math.abs(value / size - 1) < TOLERANCE;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
