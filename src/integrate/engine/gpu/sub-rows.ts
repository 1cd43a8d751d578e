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
    const order = byFirstPixel(pixel, length, firstRow[band * bins]!, firstRow[(band + 1) * bins]!);
    for (let row = 0; row < order.length; row += most) {
      const own = order.subarray(row, row + most);
      parts.push({
        from: band * limits.pixels,
        to: Math.min(pixelCount, (band + 1) * limits.pixels),
        length,
        rows: own.length,
        bin: Int32Array.from(own, (of) => bin[of]!),
        pixel: inOrder(pixel, own, length, transposed),
        weight: inOrder(weight, own, length, transposed),
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

/**
 * Sub-rows from one to before another in the order of the image: what runs at the same time then
 * reads the same part of it, and not a ring all round it.
 */
function byFirstPixel(pixel: Float32Array, length: number, from: number, to: number): Uint32Array {
  // One number holds the pixel and the sub-row, because sorting numbers takes no comparison of ours.
  const keys = new Float64Array(to - from);
  for (let i = 0; i < keys.length; i++) keys[i] = pixel[(from + i) * length]! * 2 ** 28 + i;
  return Uint32Array.from(keys.sort(), (key) => from + (key % 2 ** 28));
}

function inOrder(
  values: Float32Array,
  order: Uint32Array,
  length: number,
  transposed: boolean,
): Float32Array {
  const rows = order.length;
  const ordered = new Float32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const from = order[row]! * length;
    if (!transposed) ordered.set(values.subarray(from, from + length), row * length);
    else for (let k = 0; k < length; k++) ordered[row + k * rows] = values[from + k]!;
  }
  return ordered;
}
