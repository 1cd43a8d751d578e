import type { FrameJob } from "./frame-job.js";
import type { LiveImage } from "./live-image.js";

/** What computes a frame: the user's GPU by gpu.js, or their processor in WebAssembly or JavaScript. */
export const LIVE_MODES = ["webgpu", "webgl2", "webasm", "js"] as const;
export type LiveMode = (typeof LIVE_MODES)[number];

/** One way of summing an image's pixels in bins, for one geometry after another. */
export interface Summing {
  readonly mode: LiveMode;
  /** The mean of each bin, `[azimuthal][radial]`, NaN where no pixel is. */
  intensities(job: FrameJob): Promise<Float32Array>;
  /** Takes other pixels to be masked; where it is not there, another way is to be opened. */
  setImage?(image: LiveImage): Promise<void>;
  close(): void;
}
