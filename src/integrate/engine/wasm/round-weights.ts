import type { PixelBins } from "../../pixel-bins.js";
import { LARGEST_WEIGHT } from "./parameters.js";

/**
 * Pixels that a bin has to hold for rounded weights: from 16 on, half a unit is no more than what float32
 * allows. Where too many pixels would be slow ones, fewer have to do.
 */
const FEW_PIXELS = [16, 2] as const;
/** Most of the pixels that may be slow ones. */
const SLOW = 0.05;
/** So many of the pixels have weights that fit; the others' stay in pairs. */
const FITTING = 0.98;
const SAMPLES = 4096;

/** How weights become whole numbers of 16 bits. */
export interface Rounding {
  /** How many make a pixel. */
  readonly unit: number;
  /** 1 for the bins that hold too little for rounded weights. */
  readonly small: Uint8Array;
  fits(weight: number): boolean;
  /** What rounding takes from a bin, its next weight is given: its weights add up to what they should. */
  round(bin: number, weight: number): number;
}

/** The rounding that suits a plan's weights. */
export function roundingOf(pixels: PixelBins): Rounding {
  const unit = Math.floor(LARGEST_WEIGHT / mostlyLargest(pixels));
  const owed = new Float64Array(pixels.bins + 1);
  return {
    unit,
    small: smallBins(pixels),
    fits: (weight) => weight * unit + 0.5 < LARGEST_WEIGHT,
    round(bin, weight) {
      const wanted = weight * unit + owed[bin]!;
      const whole = Math.min(Math.max(Math.round(wanted), 0), LARGEST_WEIGHT);
      owed[bin] = wanted - whole;
      return whole;
    },
  };
}

/** A weight that the largest ones of most pixels do not exceed. */
function mostlyLargest({ pixel, weight, nextWeight }: PixelBins): number {
  const largest: number[] = [];
  const stride = Math.max(1, Math.floor(pixel.length / SAMPLES));
  for (let pair = 0; pair < pixel.length; pair += stride) {
    largest.push(Math.max(weight[pair]!, nextWeight[pair]!));
  }
  largest.sort((a, b) => a - b);
  return Math.max(largest[Math.floor(FITTING * largest.length)] ?? 1, 2 ** -12);
}

/** 1 for the bins that hold too little for rounded weights. */
function smallBins({ bins, bin, weight, nextWeight }: PixelBins): Uint8Array {
  const held = new Float64Array(bins + 1);
  for (let pair = 0; pair < bin.length; pair++) {
    held[bin[pair]!]! += weight[pair]!;
    held[bin[pair]! + 1]! += nextWeight[pair]!;
  }
  const all = held.reduce((sum, pixels) => sum + pixels, 0);
  const share = (few: number): number => {
    return held.reduce((sum, pixels) => sum + (pixels < few ? pixels : 0), 0) / all;
  };
  const few = share(FEW_PIXELS[0]) <= SLOW ? FEW_PIXELS[0] : FEW_PIXELS[1];
  return Uint8Array.from(held, (pixels) => (pixels < few ? 1 : 0));
}
