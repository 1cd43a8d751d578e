import type { PixelBins } from "../../pixel-bins.js";
import type { SummedArray } from "../js/sums.js";
import type { Gpu, Kernel } from "./gpu-js.js";
import { type SubRowLimits, type SubRows, subRows } from "./sub-rows.js";

/** Sums of pixels in bins, on a GPU. */
export interface Gather {
  /** Fractions of pixels held, padding included, and their memory. */
  readonly entries: number;
  readonly bytes: number;
  /** Σ c·value of each bin, or Σ c²·value. */
  sums(values: SummedArray, power: 1 | 2): Promise<Float64Array>;
}

interface Part {
  readonly rows: SubRows;
  readonly kernel: Kernel;
}

/** Sums below this lose digits: float32 ends at 1e-38, and GPUs round what is near to 0. */
const SMALLEST = 1e-25;

/**
 * Lays a plan out for a GPU: one thread for each sub-row, whose sums are added up in float64.
 *
 * @param mask pixels that never count, whose values say nothing about the size of the others.
 */
export function gather(
  gpu: Gpu,
  pixels: PixelBins,
  mask: Uint8Array,
  limits: SubRowLimits,
): Gather {
  // Threads of a GPU run side by side and read best side by side; a CPU's run one after another:
  // there, whole sub-rows are up to twice as fast (2048², 1000 and 36 × 1000 bins).
  const transposed = gpu.mode !== "webasm";
  const parts = subRows(pixels, mask.length, limits, transposed).map(
    (rows): Part => ({ rows, kernel: gatherKernel(gpu, rows, transposed) }),
  );
  const run = async (values: SummedArray, power: 1 | 2): Promise<Float64Array> => {
    const sums = new Float64Array(pixels.bins);
    for (const { rows, kernel } of parts) {
      const band = values.subarray(rows.from, rows.to);
      const of = (await kernel(
        gpu.input(band, [band.length]),
        2 - power,
        power - 1,
      )) as Float32Array;
      for (let row = 0; row < rows.rows; row++) sums[rows.bin[row]!]! += of[row]!;
    }
    return sums;
  };
  const entries = parts.reduce((sum, { rows }) => sum + rows.pixel.length, 0);
  return {
    entries,
    bytes: 2 * Float32Array.BYTES_PER_ELEMENT * entries,
    sums: async (values, power) => {
      const sums = await run(values, power);
      if (isInRange(sums)) return sums;
      const scale = scaleOf(values, mask);
      if (scale === 1) return sums;
      const scaled = await run(
        new Float64Array(values).map((value) => value * scale),
        power,
      );
      return scaled.map((sum) => sum / scale);
    },
  };
}

function gatherKernel(gpu: Gpu, rows: SubRows, transposed: boolean): Kernel {
  const at = transposed ? "[k][this.thread.x]" : "[this.thread.x][k]";
  const size = transposed ? [rows.rows, rows.length] : [rows.length, rows.rows];
  // The loop's end is written out: WebGL 1 has no other loops, and gpu.js makes invalid WGSL of some.
  // Two factors choose c or c²: 1 − squared in place of the first takes WebAssembly thrice as long.
  const source = `function (values, linear, squared) {
    let sum = 0;
    for (let k = 0; k < ${rows.length}; k++) {
      const weight = this.constants.weight${at};
      const value = values[this.constants.pixel${at}];
      sum += weight * (linear + squared * weight) * value;
    }
    return sum;
  }`;
  return gpu.kernel(source, [rows.rows], {
    pixel: gpu.input(rows.pixel, size),
    weight: gpu.input(rows.weight, size),
  });
}

function isInRange(sums: Float64Array): boolean {
  let largest = 0;
  for (const sum of sums) {
    if (!Number.isFinite(sum)) return false;
    largest = Math.max(largest, Math.abs(sum));
  }
  return largest > SMALLEST;
}

/** The power of two that brings the largest value near 1. */
function scaleOf(values: SummedArray, mask: Uint8Array): number {
  let largest = 0;
  for (let pixel = 0; pixel < values.length; pixel++) {
    if (mask[pixel] === 0) largest = Math.max(largest, Math.abs(values[pixel]!));
  }
  // Beyond 2^±1000 the scale itself would not be a number.
  const exponent = Math.max(-1000, Math.min(1000, Math.floor(Math.log2(largest))));
  return largest === 0 ? 1 : 2 ** -exponent;
}
