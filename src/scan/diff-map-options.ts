import type { Image } from "../array.js";
import type { Hdf5Compression } from "../hdf5/write-types.js";
import type { AzimuthalIntegrator } from "../integrate/azimuthal-integrator.js";
import type { IntegrateOptions } from "../integrate/options.js";
import type { ScanMotor } from "./axis.js";
import type { FailedFrame } from "./scan.js";

/**
 * What a scan is and how it is integrated. Those of `integrate1d` mean what they mean there, but `unit`
 * is `"2th_deg"` where it is left out, as in diff_map.
 */
export interface DiffMapOptions
  extends Omit<IntegrateOptions, "filename" | "mask" | "dark" | "flat"> {
  /** The images: paths, globs and folders, taken in natural order; all frames of each. */
  readonly files: string | readonly string[];
  /** The calibration, or the path of a PONI file. */
  readonly ai: AzimuthalIntegrator | string;
  /** The NeXus file; it grows while the scan runs, and is replaced where there is one. */
  readonly output: string;
  /** Radial bins. */
  readonly npt: number;
  /** Azimuthal bins, for a cake at each point. Default: a profile. */
  readonly nptAzim?: number;
  /** The motor that moves with every frame, or its number of points. */
  readonly fast: number | ScanMotor;
  /** The motor that moves from line to line, or its number of points. */
  readonly slow: number | ScanMotor;
  /** Frames before the first point. Default 0. */
  readonly offset?: number;
  /** Whether every other line runs back. Default `false`. */
  readonly zigzag?: boolean;
  /**
   * Whether frames belong to the points at which the motors stood, by the positions that the files have
   * under the names of the motors, instead of in turn. Default `false`.
   */
  readonly positions?: boolean;
  /** Non-zero = masked; an image, or the path of one. */
  readonly mask?: Image | string;
  /** An image, or paths of images, which are averaged. */
  readonly dark?: Image | string | readonly string[];
  readonly flat?: Image | string | readonly string[];
  /** Name of a counter in the frames' headers by which each is divided. Default: none. */
  readonly monitor?: string;
  /** Default `"Diffraction Mapping"`. */
  readonly title?: string;
  /** Whether the file has a transposed copy, an image for each radius, as its default plot. Default `true`. */
  readonly map?: boolean;
  /** Default `"gzip"`, which every program reads. */
  readonly compression?: Hdf5Compression;
  /**
   * Goes on with a scan that was interrupted, killed, or that has got more frames since. Default: begins
   * anew.
   */
  readonly resume?: boolean;
  /** Folders, besides the images' own, in which what HDF5 files link to may lie. Default none. */
  readonly trustedFolders?: readonly string[];
  /** Is told of each frame that could not be read; its point stays empty. */
  readonly onFailed?: (failed: FailedFrame) => void;
}

/** The options that are not passed on to the integration. */
export const SCAN_OPTIONS: readonly (keyof DiffMapOptions)[] = [
  "files",
  "ai",
  "output",
  "npt",
  "nptAzim",
  "fast",
  "slow",
  "offset",
  "zigzag",
  "positions",
  "mask",
  "dark",
  "flat",
  "monitor",
  "title",
  "map",
  "compression",
  "resume",
  "trustedFolders",
  "onFailed",
  "onProgress",
];
