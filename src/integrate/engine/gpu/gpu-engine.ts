import type { Detector } from "../../../detector/detector.js";
import { EngineError } from "../../../errors.js";
import { reportNotice } from "../../../notice.js";
import type { PlanData } from "../../plan-data.js";
import type { Settings } from "../../settings.js";
import type { Engine } from "../engine.js";
import { frameSums, type Summation } from "../frame-sums.js";
import { inTurn } from "../in-turn.js";
import { jsEngine } from "../js/js-engine.js";
import { binSquareSums, binSums } from "../js/sums.js";
import { firstMode, reasonOf } from "./first-mode.js";
import { type Gather, gather } from "./gather.js";
import { GPU_MODES, type Gpu, type GpuMode } from "./gpu-js.js";
import type { SubRowLimits } from "./sub-rows.js";

/** How a GPU engine is looked for. */
export interface GpuEngineOptions {
  /** Modes of gpu.js to try, in this order. Default: all, the fastest first. */
  readonly modes?: readonly GpuMode[];
  /** Lower than what the GPU has, to divide a plan into more parts. */
  readonly limits?: Partial<SubRowLimits>;
  /** The engine to go on with where no GPU works, or no more. Default: the plain engine. */
  readonly next?: () => Engine | Promise<Engine>;
}

/** Half a unit in the last place of a float32 between ½ and 1. */
const FLOAT32_ERROR = 2 ** -25;
/** Largest relative error of sums in float32: a mode that exceeds it on a test image is not taken. */
const AGREEMENT = 1e-5;

// An engine has no end that would say so: a dropped plan's threads, textures and contexts go with it.
const dropped = new FinalizationRegistry<Gpu>((gpu) => {
  gpu.close().catch(() => undefined);
});

/**
 * Integrates with gpu.js: WebGPU or WebGL where there is a GPU, else its WebAssembly.
 *
 * Every kernel has to agree with the plain engine on a test image before its mode is taken. Where
 * none does, and where a device is lost later, the next engine goes on, and a notice says so once.
 */
export async function gpuEngine(
  plan: PlanData,
  settings: Settings,
  detector: Detector,
  options: GpuEngineOptions = {},
): Promise<Engine> {
  const next = options.next ?? (() => jsEngine(plan, settings, detector));
  const test = testSums(plan);
  const found = await firstMode(options.modes ?? GPU_MODES, async (gpu) => {
    const made = gather(gpu, plan.pixels, plan.mask, lower(gpu.limits, options.limits));
    await test(made);
    return made;
  });
  if (typeof found === "string") return instead(next, found);
  const { gpu, made: gathered } = found;
  const summation: Summation = {
    sums: (values) => gathered.sums(values, 1),
    squareSums: (values) => gathered.sums(values, 2),
  };
  const sumsOf = frameSums(plan, settings, detector);
  let successor: Engine | undefined;
  const engine: Engine = {
    get info() {
      return successor?.info ?? { name: "gpu", mode: gpu.mode };
    },
    get encoding() {
      const { entries, bytes } = gathered;
      const errors = { weightError: FLOAT32_ERROR, intensityError: AGREEMENT };
      return successor?.encoding ?? { name: "sub-rows", entries, bytes, ...errors };
    },
    integrate: inTurn(async (image, signal) => {
      if (successor !== undefined) return successor.integrate(image, signal);
      let reason = `the device of mode ${gpu.mode} was lost`;
      try {
        const sums = await sumsOf(image, summation, signal);
        if (!gpu.isLost()) return sums;
      } catch (error) {
        signal?.throwIfAborted();
        reason = `mode ${gpu.mode} failed: ${reasonOf(error)}`;
      }
      successor = await instead(next, reason);
      gpu.close().catch(() => undefined);
      return successor.integrate(image, signal);
    }),
  };
  dropped.register(engine, gpu);
  return engine;
}

async function instead(next: () => Engine | Promise<Engine>, reason: string): Promise<Engine> {
  const engine = await next();
  reportNotice(`The gpu engine gave way to ${engine.info.name}: ${reason}.`);
  return engine;
}

function lower(limits: SubRowLimits, given: Partial<SubRowLimits> = {}): SubRowLimits {
  return {
    pixels: Math.min(limits.pixels, given.pixels ?? limits.pixels),
    entries: Math.min(limits.entries, given.entries ?? limits.entries),
  };
}

/** Holds a GPU's sums of an image without symmetry against the plain engine's. */
function testSums({ pixels, mask }: PlanData): (gathered: Gather) => Promise<void> {
  const image = new Float64Array(mask.length).map((_, pixel) => 1 + ((pixel * 7919) % 1021));
  const expected = [binSums(pixels, image), binSquareSums(pixels, image)] as const;
  return async (gathered) => {
    for (const power of [1, 2] as const) {
      const sums = await gathered.sums(image, power);
      const wrong = expected[power - 1]!.findIndex(
        // Fractions of a pixel below 1e-12 are rounding, and their squares beyond float32.
        (sum, bin) => !(Math.abs(sums[bin]! - sum) <= AGREEMENT * sum + 1e-12),
      );
      if (wrong >= 0) throw new EngineError("gpu", "its sums of a test image are wrong");
    }
  };
}
