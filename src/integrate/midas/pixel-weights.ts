import { OptionError } from "../../errors.js";
import { type PixelBins, PixelBinsBuilder } from "../pixel-bins.js";
import type { MidasBins } from "./bins.js";
import type { MidasMap } from "./map.js";

/**
 * Where a record's intensity is taken: `"floor"` from its pixel, `"bilinear"` between the four pixels
 * around its place, `"gradient"` likewise where the bin's middle radius is.
 */
export type MidasMode = "floor" | "bilinear" | "gradient";

/** `"area"`: a pixel counts by its area in the bin; `"fraction"`: all pixels count alike, as in pyFAI. */
export type MidasPixelWeights = "area" | "fraction";

/** A map as what every pixel of an image is weighted by in the bins. */
export interface MidasWeights {
  /** Bins are counted R by R, then η by η, so that neighbours follow each other. */
  readonly pixels: PixelBins;
  /** Σ areaWeight of each bin, in the same order. */
  readonly area: Float64Array;
  /** For each pixel, its area in all bins over the weights of its intensity; 0 where it has none. */
  readonly normalization: Float64Array;
  /** 1 for pixels that are in no bin. */
  readonly unused: Uint8Array;
}

/** Areas below this count as none. */
const SMALLEST_AREA = 1e-9;

/**
 * The weights of a map's records, for images of a shape; a pixel's records in a bin become one.
 *
 * @param center where the beam meets the detector, for `"gradient"`
 */
export function midasWeights(
  map: MidasMap,
  bins: MidasBins,
  [rows, columns]: readonly [number, number],
  mode: MidasMode,
  pixelWeights: MidasPixelWeights,
  center: readonly [y: number, z: number],
): MidasWeights {
  const { radial, azimuthal } = bins;
  const count = rows * columns;
  const parent = parents(map, [rows, columns]);
  const scale = pixelWeights === "area" ? undefined : equalizing(map, parent, count);
  const sampler = samplerOf(map, mode, [rows, columns], center, parent);
  const { pixels: sampled, shares, samples } = sampler;

  // Sorted by pixel, each one's bins in ascending order: how many, where, and then the records.
  const starts = new Int32Array(count + 1);
  for (let record = 0; record < parent.length; record++) {
    if (parent[record]! < 0) continue;
    sampler.take(record);
    for (let k = 0; k < samples; k++) starts[sampled[k]! + 1]!++;
  }
  for (let pixel = 0; pixel < count; pixel++) starts[pixel + 1]! += starts[pixel]!;
  const next = starts.slice(0, count);
  const binOf = new Int32Array(starts[count]!);
  const weightOf = new Float64Array(starts[count]!);
  const area = new Float64Array(radial * azimuthal);
  const areaOfPixel = new Float64Array(count);
  const weightOfPixel = new Float64Array(count);
  const { offsets, counts, frac, areaWeight } = map;
  for (let bin = 0; bin < area.length; bin++) {
    // Here η by η, in the map R by R.
    const place = (bin % radial) * azimuthal + Math.floor(bin / radial);
    const from = offsets[place]!;
    const to = from + counts[place]!;
    for (let record = from; record < to; record++) {
      if (parent[record]! < 0) continue;
      const by = scale === undefined ? 1 : scale[record]!;
      const recordArea = areaWeight[record]! * by;
      const recordWeight = frac[record]! * by;
      area[bin]! += recordArea;
      sampler.take(record);
      for (let k = 0; k < samples; k++) {
        const pixel = sampled[k]!;
        const share = shares[k]!;
        const at = next[pixel]!++;
        binOf[at] = bin;
        weightOf[at] = share * recordWeight;
        areaOfPixel[pixel]! += share * recordArea;
        weightOfPixel[pixel]! += share * recordWeight;
      }
    }
  }
  return {
    pixels: joined(starts, binOf, weightOf, radial * azimuthal),
    area,
    normalization: areaOfPixel.map((sum, pixel) => {
      return weightOfPixel[pixel]! > 0 ? sum / weightOfPixel[pixel]! : 0;
    }),
    unused: Uint8Array.from(weightOfPixel, (sum) => (sum > 0 ? 0 : 1)),
  };
}

/** The pixel that each record is of; −1 outside the image. */
function parents({ y, z }: MidasMap, [rows, columns]: readonly [number, number]): Int32Array {
  const pixels = new Int32Array(y.length);
  for (let record = 0; record < pixels.length; record++) {
    // Parts of a pixel lie off its middle by less than a half, so none is rounded to its neighbour.
    const column = Math.round(y[record]!);
    const row = Math.round(z[record]!);
    const isInside = column >= 0 && column < columns && row >= 0 && row < rows;
    pixels[record] = isInside ? row * columns + column : -1;
  }
  return pixels;
}

/** What makes the areas of each pixel add up to 1. */
function equalizing({ areaWeight }: MidasMap, parent: Int32Array, pixels: number): Float64Array {
  const whole = new Float64Array(pixels);
  for (let record = 0; record < parent.length; record++) {
    if (parent[record]! >= 0) whole[parent[record]!]! += areaWeight[record]!;
  }
  const scale = new Float64Array(parent.length);
  for (let record = 0; record < parent.length; record++) {
    const pixel = parent[record]!;
    scale[record] = pixel < 0 ? 1 : 1 / Math.max(whole[pixel]!, SMALLEST_AREA);
  }
  return scale;
}

interface Sampler {
  readonly samples: number;
  /** Of the record taken last: pixels, and what share each has. */
  readonly pixels: Int32Array;
  readonly shares: Float64Array;
  take(record: number): void;
}

function samplerOf(
  { y, z, deltaR }: MidasMap,
  mode: MidasMode,
  [rows, columns]: readonly [number, number],
  [centerY, centerZ]: readonly [number, number],
  parent: Int32Array,
): Sampler {
  const pixels = new Int32Array(4);
  const shares = new Float64Array(4);
  if (mode === "floor") {
    shares[0] = 1;
    return {
      samples: 1,
      pixels,
      shares,
      take(record) {
        pixels[0] = parent[record]!;
      },
    };
  }
  if (mode !== "bilinear" && mode !== "gradient") {
    throw new OptionError("mode", mode, `"${mode}" is none; choose floor, bilinear or gradient`);
  }
  if (rows < 2 || columns < 2) {
    throw new OptionError("mode", mode, "it needs images of two rows and columns; choose floor");
  }
  return {
    samples: 4,
    pixels,
    shares,
    take(record) {
      let atY = y[record]!;
      let atZ = z[record]!;
      if (mode === "gradient") {
        const dy = atY - centerY;
        const dz = atZ - centerZ;
        const radius = Math.sqrt(dy * dy + dz * dz);
        const back = radius > 1 ? deltaR[record]! / radius : 0;
        atY -= back * dy;
        atZ -= back * dz;
      }
      const column = Math.min(Math.max(Math.floor(atY), 0), columns - 2);
      const row = Math.min(Math.max(Math.floor(atZ), 0), rows - 2);
      const fy = Math.min(Math.max(atY - column, 0), 1);
      const fz = Math.min(Math.max(atZ - row, 0), 1);
      const first = row * columns + column;
      pixels[0] = first;
      pixels[1] = first + 1;
      pixels[2] = first + columns;
      pixels[3] = first + columns + 1;
      shares[0] = (1 - fy) * (1 - fz);
      shares[1] = fy * (1 - fz);
      shares[2] = (1 - fy) * fz;
      shares[3] = fy * fz;
    },
  };
}

/** The weights of each pixel, those of a bin added up. */
function joined(
  starts: Int32Array,
  binOf: Int32Array,
  weightOf: Float64Array,
  bins: number,
): PixelBins {
  const builder = new PixelBinsBuilder(starts.length - 1, bins);
  for (let pixel = 0; pixel + 1 < starts.length; pixel++) {
    const end = starts[pixel + 1]!;
    for (let i = starts[pixel]!; i < end; ) {
      const bin = binOf[i]!;
      let weight = 0;
      for (; i < end && binOf[i] === bin; i++) weight += weightOf[i]!;
      if (weight > 0) builder.add(bin, weight);
    }
    builder.next();
  }
  return builder.finish();
}
