import type { PixelBins } from "../../pixel-bins.js";

/** How much one kernel can hold. */
export interface SubRowLimits {
  /** Pixels of an image: shaders count in float32, which is exact up to 2²⁴. */
  readonly pixels: number;
  /** Fractions of pixels in one array. */
  readonly entries: number;
}

/**
 * Bins cut into sub-rows of equal length, so that thousands of threads have equal work.
 *
 * Sub-row s adds the entries `[s * length, (s + 1) * length)`, or with `transposed`, where
 * neighbouring threads read neighbouring values, `[s + k * rows]` for k from 0 to `length`.
 */
export interface SubRows {
  /** The run of pixels that these sub-rows read; `pixel` counts from its start. */
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly rows: number;
  /** The bin that each sub-row is a part of. */
  readonly bin: Int32Array;
  readonly pixel: Float32Array;
  readonly weight: Float32Array;
}

/** Float32 sums of so few terms keep six digits. */
const LENGTHS = [8, 16, 32, 64] as const;
/** What a sub-row costs besides its entries, in entries: its result is read back and added up. */
const ROW_COST = 16;

/**
 * Turns entries by pixel into sub-rows by bin, in as many parts as the limits ask for: mostly one.
 *
 * @param pixelCount pixels of an image.
 */
export function subRows(
  pixels: PixelBins,
  pixelCount: number,
  limits: SubRowLimits,
  transposed: boolean,
): SubRows[] {
  const { bins } = pixels;
  const bands = Math.ceil(pixelCount / limits.pixels);
  const counts = entryCounts(pixels, bands, limits.pixels);
  const length = bestLength(counts);
  // The first sub-row of each bin of each band.
  const firstRow = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) {
    firstRow[i + 1] = firstRow[i]! + Math.ceil(counts[i]! / length);
  }
  const bin = new Int32Array(firstRow[counts.length]!);
  for (let i = 0; i < counts.length; i++) bin.fill(i % bins, firstRow[i], firstRow[i + 1]);
  const { pixel, weight } = placedEntries(pixels, limits.pixels, firstRow, length);
  const most = Math.max(1, Math.floor(limits.entries / length));
  const parts: SubRows[] = [];
  for (let band = 0; band < bands; band++) {
    const end = firstRow[(band + 1) * bins]!;
    for (let row = firstRow[band * bins]!; row < end; row += most) {
      const rows = Math.min(most, end - row);
      const part = (values: Float32Array): Float32Array => {
        const own = values.subarray(row * length, (row + rows) * length);
        return transposed ? transpose(own, rows, length) : own;
      };
      parts.push({
        from: band * limits.pixels,
        to: Math.min(pixelCount, (band + 1) * limits.pixels),
        length,
        rows,
        bin: bin.subarray(row, row + rows),
        pixel: part(pixel),
        weight: part(weight),
      });
    }
  }
  return parts;
}

/** Entries in each bin of each band of pixels. */
function entryCounts(
  { bins, pixel, bin, weight, nextWeight }: PixelBins,
  bands: number,
  bandPixels: number,
): Int32Array {
  const counts = new Int32Array(bands * bins);
  for (let pair = 0; pair < pixel.length; pair++) {
    const at = Math.floor(pixel[pair]! / bandPixels) * bins + bin[pair]!;
    if (weight[pair] !== 0) counts[at]!++;
    if (nextWeight[pair] !== 0) counts[at + 1]!++;
  }
  return counts;
}

/** The length with the least padding and the fewest sub-rows. */
function bestLength(counts: Int32Array): number {
  const cost = (length: number): number => {
    let rows = 0;
    for (const count of counts) rows += Math.ceil(count / length);
    return rows * (length + ROW_COST);
  };
  return LENGTHS.reduce((best, length) => (cost(length) < cost(best) ? length : best));
}

/** All entries, sub-row after sub-row; pixels are counted from the start of their band. */
function placedEntries(
  { bins, pixel, bin, weight, nextWeight }: PixelBins,
  bandPixels: number,
  firstRow: Uint32Array,
  length: number,
): { pixel: Float32Array; weight: Float32Array } {
  const places = firstRow[firstRow.length - 1]! * length;
  const placedPixel = new Float32Array(places);
  const placedWeight = new Float32Array(places);
  const next = firstRow.map((row) => row * length);
  for (let pair = 0; pair < pixel.length; pair++) {
    const band = Math.floor(pixel[pair]! / bandPixels);
    const inBand = pixel[pair]! - band * bandPixels;
    const index = band * bins + bin[pair]!;
    if (weight[pair] !== 0) {
      const at = next[index]!++;
      placedPixel[at] = inBand;
      placedWeight[at] = weight[pair]!;
    }
    if (nextWeight[pair] !== 0) {
      const at = next[index + 1]!++;
      placedPixel[at] = inBand;
      placedWeight[at] = nextWeight[pair]!;
    }
  }
  // What is left of a bin's last sub-row reads a pixel that counts: 0 times a masked NaN is NaN.
  for (let i = 0; i + 1 < firstRow.length; i++) {
    const at = next[i]!;
    const end = firstRow[i + 1]! * length;
    if (at < end) placedPixel.fill(placedPixel[at - 1]!, at, end);
  }
  return { pixel: placedPixel, weight: placedWeight };
}

function transpose(values: Float32Array, rows: number, length: number): Float32Array {
  const transposed = new Float32Array(values.length);
  for (let k = 0; k < length; k++) {
    for (let row = 0, at = k * rows; row < rows; row++)
      transposed[at++] = values[row * length + k]!;
  }
  return transposed;
}
