import type { Image } from "../array.js";

export type Split = "no" | "bbox" | "full";
export type EngineName = "js" | "wasm" | "gpu";
/**
 * `"csr"`: weights of float64 where an image or the bins are small, else of 16 bits, which is three times
 * as fast and changes an intensity by at most some 1e-5; `"csr-exact"`: float64 always; `"csr-compact"`:
 * 16 bits always.
 */
export type Algorithm = "csr" | "csr-exact" | "csr-compact";
export type ErrorModel = "poisson" | "azimuthal" | "hybrid";

/** How pixels are divided among bins and what computes it. */
export interface Method {
  /** `"no"`: all of a pixel to the bin of its centre; `"bbox"`: its bounding box; `"full"`: its exact outline. */
  readonly split?: Split;
  /** How the wasm engine keeps weights; the others do not care. */
  readonly algorithm?: Algorithm;
  readonly engine?: EngineName | "auto";
}

/** How a long call tells how far it is. */
export interface Progress {
  /** What is being done, in a few words. */
  readonly label: string;
  readonly done: number;
  /** `undefined` while it is not known. */
  readonly total: number | undefined;
}

/** Options of `integrate1d` and `integrate2d`, named and meant as pyFAI's. */
export interface IntegrateOptions {
  /** Radial unit by pyFAI's name. Default `"q_nm^-1"`. */
  readonly unit?: string;
  /** Lower and upper limit in the unit. Default: the data's own. */
  readonly radialRange?: readonly [low: number, high: number];
  /** Lower and upper limit in degrees; any range up to 360° wide, across ±180° too. Default: the data's own. */
  readonly azimuthRange?: readonly [low: number, high: number];
  /** Non-zero = masked; in addition to the detector's own mask. */
  readonly mask?: Image;
  readonly dark?: Image;
  readonly flat?: Image;
  /** Variance of each pixel; takes the place of an error model. */
  readonly variance?: Image;
  readonly errorModel?: ErrorModel;
  /** Degree of polarization in the horizontal plane, −1 to 1. Default, and `null`: no correction (which is not 0). */
  readonly polarizationFactor?: number | null | undefined;
  /** Default `true`. */
  readonly correctSolidAngle?: boolean;
  /** Divides every intensity: a monitor count. Default 1. */
  readonly normalizationFactor?: number;
  /** Value of invalid pixels. Default: what the detector is known to write. */
  readonly dummy?: number;
  /** Pixels closer to `dummy` than this are invalid. Default 0: only equal ones. */
  readonly deltaDummy?: number;
  /** Value of bins that no pixel reaches. Default `NaN`. */
  readonly empty?: number;
  /** Default: full splitting on the fastest engine here. pyFAI's `"full_csr"` or `["full", "csr", "cython"]` are understood. */
  readonly method?: Method | string | readonly string[];
  /** Also writes the result: a pyFAI-style `.dat`, or `.edf` in 2D. */
  readonly filename?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}
