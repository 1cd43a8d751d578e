import { ShapeError } from "../errors.js";
import type { Detector, Shape } from "./detector.js";
import { gridLayout, uniformEdges } from "./grid.js";
import { sameShape } from "./readout.js";
import type { PixelDetectorSpec } from "./spec.js";

/** A detector of equal rectangular pixels, of one shape or of any. */
export function pixelDetector(spec: PixelDetectorSpec): Detector {
  const { pixel1, pixel2 = pixel1, shape: only, orientation = 3, sensor } = spec;
  const check = (shape: Shape): void => {
    if (only === undefined || sameShape(shape, only)) return;
    const remedy = "check that the calibration belongs to this image, or leave the shape out";
    throw new ShapeError("image", only, shape, remedy);
  };
  return {
    name: "Detector",
    pixel1,
    pixel2,
    shape: only && [...only],
    orientation,
    flat: true,
    config: {
      pixel1,
      pixel2,
      max_shape: only === undefined ? null : [...only],
      orientation,
      ...(sensor === undefined ? {} : { sensor: { ...sensor } }),
    },
    layout: (shape) => {
      check(shape);
      const rows = uniformEdges(shape[0], pixel1);
      return gridLayout(rows, uniformEdges(shape[1], pixel2), orientation);
    },
    mask: (shape) => {
      check(shape);
      return undefined;
    },
  };
}
