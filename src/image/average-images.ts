import type { Image } from "../array.js";
import { ShapeError } from "../errors.js";
import { openSeries } from "./open-series.js";

/**
 * The mean of all frames of the files, pixel by pixel in float64.
 *
 * @throws ShapeError where a frame has another shape than the first; as `openSeries` for files.
 */
export async function averageImages(files: readonly string[]): Promise<Image<Float64Array>> {
  let sum: Image<Float64Array> | undefined;
  let frames = 0;
  for await (const { data, shape, source } of openSeries(files)) {
    sum ??= { data: new Float64Array(data.length), shape };
    if (sum.shape[0] !== shape[0] || sum.shape[1] !== shape[1]) {
      throw new ShapeError(source, sum.shape, shape, "average images of one detector only");
    }
    for (let i = 0; i < data.length; i++) {
      sum.data[i]! += data[i]!;
    }
    frames++;
  }
  // A series that names no file has thrown, and a file has one frame at least.
  const { data, shape } = sum!;
  for (let i = 0; i < data.length; i++) {
    data[i]! /= frames;
  }
  return { data, shape };
}
