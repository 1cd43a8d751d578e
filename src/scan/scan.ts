import type { Image } from "../array.js";

/** One of the two motors that a scan moves. */
export interface ScanAxis {
  /** Of the motor: `"sx"`; `"slow"` or `"fast"` where it is not known. */
  readonly name: string;
  /** As the file that has the positions says it: `"mm"`. */
  readonly unit?: string;
  /** Position of each point; 0, 1, 2 … where it is not known. */
  readonly positions: Float64Array;
}

/** A frame that a scan has no pattern of. */
export interface FailedFrame {
  /** Its place in the series of frames, from 0. */
  readonly index: number;
  /** Says which file, why, and what to do. */
  readonly message: string;
}

/** What is new in a scan since it last told. */
export interface ScanUpdate {
  readonly framesDone: number;
  /** Points (`slow * shape[1] + fast`) whose pattern has come. */
  readonly points: readonly number[];
  /** Whether more is to come. */
  readonly isRunning: boolean;
}

/**
 * A diffraction pattern for each point of a two-dimensional scan: one that was read from a file, or
 * one that fills up while it runs. Point `[slow, fast]` is `slow * shape[1] + fast`.
 */
export interface Scan {
  readonly title: string;
  /** Points of the slow and of the fast motor. */
  readonly shape: readonly [slow: number, fast: number];
  readonly slow: ScanAxis;
  readonly fast: ScanAxis;
  /** Bin centres, in `unit`. */
  readonly radial: Float64Array;
  /** pyFAI's name of the radial unit: `"2th_deg"`. */
  readonly unit: string;
  /** Centres of the azimuthal bins in degrees, where each point has a cake and not a profile. */
  readonly azimuthal?: Float64Array;
  /** `[slow][fast][radial]`, or `[slow][fast][azimuthal][radial]`; NaN where no frame is yet. */
  readonly intensity: Float32Array;
  /** Standard errors, in the same places. */
  readonly sigma?: Float32Array;
  /** Index of the frame of each point; −1 where there is none. diff_map's `map_ptr`. */
  readonly pointer: Int32Array;
  /** Frames that a full map needs. */
  readonly frames: number;
  /** Frames that are in it. */
  readonly framesDone: number;
  /** Whether it still fills up. */
  readonly isRunning: boolean;
  readonly failed: readonly FailedFrame[];
  /**
   * Reads the detector image of a frame, where its file is known.
   *
   * @throws FileAccessError where it is not there any more; FileFormatError; OptionError for an index
   * that is none.
   */
  frame?(index: number): Promise<Image>;
  /**
   * Tells of new patterns, a few times a second, and once when the scan ends, until the function that
   * it returns is called.
   */
  onUpdate?(callback: (update: ScanUpdate) => void): () => void;
}
