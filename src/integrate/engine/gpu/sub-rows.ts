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
  const counts = new Int32Array(bands * bins);
  forEachEntry(pixels, (pixel, bin) => {
    counts[bandOf(pixel) * bins + bin]!++;
  });
  const length = bestLength(counts);
  const perPart = Math.max(1, Math.floor(limits.entries / length));
  const parts: SubRows[] = [];
  // The first part of each band, and the first sub-row of each of its bins.
  const firstPart = new Int32Array(bands);
  const firstRow = new Int32Array(bands * bins);
  for (let band = 0; band < bands; band++) {
    firstPart[band] = parts.length;
    const rowBins = rowsOf(counts, firstRow, band * bins, bins, length);
    const from = band * limits.pixels;
    const to = Math.min(pixelCount, from + limits.pixels);
    for (let row = 0; row < rowBins.length; row += perPart) {
      const bin = rowBins.slice(row, row + perPart);
      const pixel = new Float32Array(bin.length * length);
      parts.push({ from, to, length, rows: bin.length, bin, pixel, weight: pixel.slice() });
    }
  }
  const place = (band: number, bin: number, entry: number, pixel: number, weight: number): void => {
    const row = firstRow[band * bins + bin]! + Math.floor(entry / length);
    const part = parts[firstPart[band]! + Math.floor(row / perPart)]!;
    const [s, k] = [row % perPart, entry % length];
    const at = transposed ? s + k * part.rows : s * length + k;
    part.pixel[at] = pixel;
    part.weight[at] = weight;
  };
  const placed = new Int32Array(bands * bins);
  const last = new Int32Array(bands * bins);
  forEachEntry(pixels, (pixel, bin, weight) => {
    const band = bandOf(pixel);
    const index = band * bins + bin;
    last[index] = pixel - band * limits.pixels;
    place(band, bin, placed[index]!++, last[index]!, weight);
  });
  // What is left of a bin's last sub-row reads a pixel that counts: 0 times a masked NaN is NaN.
  for (let index = 0; index < placed.length; index++) {
    for (let entry = placed[index]!; entry % length !== 0; entry++) {
      place(Math.floor(index / bins), index % bins, entry, last[index]!, 0);
    }
  }
  return parts;

  function bandOf(pixel: number): number {
    return bands === 1 ? 0 : Math.floor(pixel / limits.pixels);
  }
}

function forEachEntry(
  { bins, pixel, bin, weight, nextWeight }: PixelBins,
  visit: (pixel: number, bin: number, weight: number) => void,
): void {
  for (let pair = 0; pair < pixel.length; pair++) {
    const b = bin[pair]!;
    if (weight[pair] !== 0) visit(pixel[pair]!, b, weight[pair]!);
    if (nextWeight[pair] !== 0 && b + 1 < bins) visit(pixel[pair]!, b + 1, nextWeight[pair]!);
  }
}

/** The length with the least padding and the fewest sub-rows. */
function bestLength(counts: Int32Array): number {
  const cost = (length: number): number => {
    const rows = counts.reduce((sum, count) => sum + Math.ceil(count / length), 0);
    return rows * (length + ROW_COST);
  };
  return LENGTHS.reduce((best, length) => (cost(length) < cost(best) ? length : best));
}

/** The bin of each sub-row of a band; writes where each bin's begin. */
function rowsOf(
  counts: Int32Array,
  firstRow: Int32Array,
  offset: number,
  bins: number,
  length: number,
): Int32Array {
  let rows = 0;
  for (let bin = 0; bin < bins; bin++) {
    firstRow[offset + bin] = rows;
    rows += Math.ceil(counts[offset + bin]! / length);
  }
  const rowBins = new Int32Array(rows);
  for (let bin = 0; bin < bins; bin++) {
    rowBins.fill(bin, firstRow[offset + bin], bin + 1 < bins ? firstRow[offset + bin + 1] : rows);
  }
  return rowBins;
}
