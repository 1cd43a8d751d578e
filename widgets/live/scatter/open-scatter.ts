import type { Detector } from "../../../src/detector/detector.js";
import { detectorPlane } from "../detector-plane.js";
import { plainScatter } from "./plain-scatter.js";
import type { Band, OpenScatter } from "./scatter.js";
import { wasmScatter } from "./wasm-scatter.js";

/** The fastest scatter for a detector here: WebAssembly for flat grids, else plain JavaScript. */
export async function openScatter(
  band: Band,
  detector: Detector,
  plain: boolean,
): Promise<OpenScatter> {
  const layout = detector.layout(detector.shape!);
  const slow = plainScatter(band, detector);
  const setSlow = (values: Float32Array): void => band.values.set(values);
  if (plain || layout.kind !== "grid" || typeof WebAssembly === "undefined") {
    return { mode: "js", scatter: slow, setValues: setSlow };
  }
  const fast = await wasmScatter(band, layout);
  return {
    mode: "webasm",
    // Where a detector along the beam meets it, no limits of sectors begin.
    scatter: (job) => (detectorPlane(job.geometry).meetsBeam ? fast.scatter(job) : slow(job)),
    setValues: (values) => {
      setSlow(values);
      fast.setValues(values);
    },
  };
}
