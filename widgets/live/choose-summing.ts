import type { Detector } from "../../src/detector/detector.js";
import { EngineError } from "../../src/errors.js";
import type { FrameJob } from "./frame-job.js";
import { canGather, gpuGather } from "./gather.js";
import { hasHardwareGpu } from "./hardware-gpu.js";
import type { LiveImage } from "./live-image.js";
import { scatterTeam } from "./scatter-team.js";
import type { LiveMode, Summing } from "./summing.js";

const GPU_MODES = ["webgpu", "webgl2"] as const;
/** A GPU has to be faster by so much: it also draws the page. */
const WORTH_IT = 0.8;
/** Largest part by which a GPU's cake may differ from the processor's, as a whole. */
const AGREEMENT = 0.04;

/** Opens the way of summing that begins at once: by the processor, unless only GPUs are allowed. */
export function firstSumming(
  image: LiveImage,
  detector: Detector,
  modes: readonly LiveMode[],
): Promise<Summing> {
  if (modes.includes("webasm") || modes.includes("js")) {
    return scatterTeam(image, detector, !modes.includes("webasm"));
  }
  if (!canGather(detector, image.shape)) {
    const message = `the pixels of ${detector.name} are no even grid; use the mode webasm or js`;
    return Promise.reject(new EngineError("gpu", message));
  }
  return gpuGather(image, detector, gpuModes(modes));
}

/** A GPU's way of summing, where there is one that is faster than `current` and agrees with it. */
export async function fasterSumming(
  current: Summing,
  image: LiveImage,
  detector: Detector,
  modes: readonly LiveMode[],
  job: FrameJob,
): Promise<Summing | undefined> {
  const gpus = gpuModes(modes);
  const isCandidate = gpus.length > 0 && current.mode !== "webgpu" && current.mode !== "webgl2";
  if (!isCandidate || job.split !== "full" || !canGather(detector, image.shape)) return undefined;
  if (!hasHardwareGpu()) return undefined;
  const gpu = await gpuGather(image, detector, gpus).catch(() => undefined);
  if (gpu === undefined) return undefined;
  try {
    // The first frame waits for the compiler.
    const intensities = await gpu.intensities(job);
    const expected = await current.intensities(job);
    if (difference(intensities, expected) < AGREEMENT) {
      const [gpuTime, currentTime] = [await timeOf(gpu, job), await timeOf(current, job)];
      if (gpuTime < WORTH_IT * currentTime) return gpu;
    }
  } catch {
    // A GPU that fails is as good as none: what there is goes on.
  }
  gpu.close();
  return undefined;
}

function gpuModes(modes: readonly LiveMode[]): ("webgpu" | "webgl2")[] {
  return GPU_MODES.filter((mode) => modes.includes(mode));
}

async function timeOf(summing: Summing, job: FrameJob): Promise<number> {
  const start = performance.now();
  await summing.intensities(job);
  return performance.now() - start;
}

/** Root mean square of the difference, as a part of the expected cake's. */
function difference(cake: Float32Array, expected: Float32Array): number {
  let [squares, all] = [0, 0];
  for (let bin = 0; bin < cake.length; bin++) {
    const [a, b] = [cake[bin]!, expected[bin]!];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    squares += (a - b) ** 2;
    all += b * b;
  }
  return Math.sqrt(squares / all);
}
