import type { Detector } from "../../../src/detector/detector.js";
import { detectorPlane } from "../detector-plane.js";
import { plainScatter } from "./plain-scatter.js";
import type { Band, Scatter } from "./scatter.js";
import { wasmScatter } from "./wasm-scatter.js";

/** The fastest scatter for a detector here: WebAssembly for flat grids, else plain JavaScript. */
export async function openScatter(
  band: Band,
  detector: Detector,
  plain: boolean,
): Promise<{ scatter: Scatter; mode: "webasm" | "js" }> {
  const shape = detector.shape!;
  const layout = detector.layout(shape);
  const slow = plainScatter(band, detector);
  if (plain || layout.kind !== "grid" || typeof WebAssembly === "undefined") {
    return { scatter: slow, mode: "js" };
  }
  const fast = await wasmScatter(band, layout);
  return {
    // Where a detector along the beam meets it, no limits of sectors begin.
    scatter: (job) => (detectorPlane(job.geometry).meetsBeam ? fast(job) : slow(job)),
    mode: "webasm",
  };
}
