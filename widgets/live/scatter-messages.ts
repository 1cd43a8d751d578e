import type { DetectorData } from "../../src/detector/detector-data.js";
import type { FrameJob } from "./frame-job.js";
import type { Band } from "./scatter/scatter.js";

/** What a page tells a scatter worker: first its band, then a job at a time. */
export type ScatterRequest =
  | {
      readonly kind: "band";
      readonly band: Band;
      readonly detector: DetectorData;
      /** Whether to go without WebAssembly. */
      readonly plain: boolean;
    }
  | { readonly kind: "values"; readonly values: Float32Array }
  | { readonly kind: "frame"; readonly job: FrameJob };

/** … and what it answers, one for each request. */
export type ScatterReply =
  | { readonly kind: "ready"; readonly mode: "webasm" | "js" }
  | { readonly kind: "sums"; readonly sums: Float32Array }
  | { readonly kind: "failed"; readonly message: string };
