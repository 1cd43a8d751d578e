import type { Image, TypedArray } from "../array.js";
import { OptionError } from "../errors.js";
import type { Region } from "../image/region.js";
import { checkImage } from "../integrate/check-image.js";

/** What is done to each frame of a map. Images are of the frames' shape. */
export interface FrameCorrections {
  /** Non-zero = masked. */
  readonly mask?: Image;
  /** Is subtracted. */
  readonly dark?: Image;
  /** What is left is divided by it. */
  readonly flat?: Image;
  /** An image of the beam without sample, corrected as frames are, and subtracted in the end. */
  readonly background?: Image;
  /** The value of masked pixels, and of those that are NaN or infinite. Default 0. */
  readonly dummy?: number;
}

/** The part of a frame that goes into a map. */
export interface Tile {
  readonly shape: readonly [rows: number, columns: number];
  /** Corrected values, `dummy` where there is none. */
  readonly values: Float64Array;
  /** 1 where a block has a pixel that counts. */
  readonly counts: Uint8Array;
}

/**
 * Prepares what turns the region of a frame into its tile: masked pixels become `dummy`, blocks of
 * `binning` × `binning` pixels their mean; then dark, flat and background, to which the same was done,
 * are applied. This is xrsmap's order. The tile is filled anew by each call.
 *
 * @throws ShapeError, OptionError for an image that does not fit.
 */
export function tileMaker(
  shape: readonly [number, number],
  region: Region,
  binning: number,
  { mask, dark, flat, background, dummy = 0 }: FrameCorrections,
): (data: TypedArray) => Tile {
  if (typeof dummy !== "number") throw new OptionError("dummy", dummy, "is to be a number");
  for (const [name, image] of Object.entries({ mask, dark, flat, background })) {
    if (image !== undefined) checkImage(name, image, shape);
  }
  const part = (image: Image): Float64Array => cut(image, region);
  const isMasked = mask === undefined ? undefined : part(mask);
  const blocks: Blocks = { region, binning, isMasked, dummy };
  const prepared = (image: Image | undefined): Float64Array | undefined =>
    image === undefined ? undefined : blockMeans(part(image), blocks).means;
  const [darks, flats] = [prepared(dark), prepared(flat)];
  const correct = (means: Float64Array, counts: Uint8Array, less?: Float64Array): void => {
    for (let i = 0; i < means.length; i++) {
      const value = (means[i]! - (darks?.[i] ?? 0)) / (flats?.[i] ?? 1) - (less?.[i] ?? 0);
      // A flat field of 0 says that the pixel sees nothing.
      if (!Number.isFinite(value)) counts[i] = 0;
      means[i] = counts[i] === 1 ? value : dummy;
    }
  };
  let less: Float64Array | undefined;
  if (background !== undefined) {
    const { means, counts } = blockMeans(part(background), blocks);
    correct(means, counts);
    less = means;
  }
  return (data) => {
    const { means, counts } = blockMeans(data, blocks);
    correct(means, counts, less);
    return {
      shape: [region.rows / binning, region.columns / binning],
      values: means,
      counts,
    };
  };
}

interface Blocks {
  readonly region: Region;
  readonly binning: number;
  readonly isMasked: Float64Array | undefined;
  readonly dummy: number;
}

function cut({ data, shape }: Image, { row, column, rows, columns }: Region): Float64Array {
  const part = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const from = (row + i) * shape[1] + column;
    part.set(data.subarray(from, from + columns), i * columns);
  }
  return part;
}

function blockMeans(
  data: TypedArray | Float64Array,
  { region: { rows, columns }, binning, isMasked, dummy }: Blocks,
): { means: Float64Array; counts: Uint8Array } {
  const [down, across] = [rows / binning, columns / binning];
  const means = new Float64Array(down * across);
  const counts = new Uint8Array(down * across);
  const share = 1 / (binning * binning);
  const blockOf = Int32Array.from({ length: columns }, (_, column) => Math.floor(column / binning));
  for (let row = 0, i = 0; row < rows; row++) {
    const line = Math.floor(row / binning) * across;
    for (let column = 0; column < columns; column++, i++) {
      const block = line + blockOf[column]!;
      const value = data[i]!;
      const isGood = (isMasked === undefined || isMasked[i] === 0) && Number.isFinite(value);
      if (isGood) counts[block] = 1;
      means[block]! += isGood ? value : dummy;
    }
  }
  for (let block = 0; block < means.length; block++) means[block]! *= share;
  return { means, counts };
}
