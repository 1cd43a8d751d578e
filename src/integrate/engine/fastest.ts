import type { Image } from "../../array.js";
import { detector } from "../../detector/detector-factory.js";
import { reportNotice } from "../../notice.js";
import type { EngineName } from "../options.js";
import { resolveSettings } from "../settings.js";
import type { Engine } from "./engine.js";
import { mayHaveWebGpu } from "./gpu/node-webgpu.js";
import { prepareWith } from "./prepare-with.js";

/** Whether an engine works on this machine, and how fast. */
export interface EngineReport {
  readonly name: EngineName;
  /** What it uses, such as `"stream, 2 threads"`; `undefined` where it does not work. */
  readonly mode: string | undefined;
  /** Time of a frame, for each million pixels; `undefined` where it does not work. */
  readonly millisecondsPerMegapixel: number | undefined;
  /** Why it does not work. */
  readonly reason: string | undefined;
}

/** Rows and columns of the image that engines are measured with. */
const SIDE = 400;
/** Of the one with which the fastest is found: a script's first call waits for it. */
const SMALL_SIDE = 100;
const FRAMES = 5;
const AGREEMENT = 1e-4;

/** Measures engines on a small integration, whose result must be that of the plain engine. */
export async function measureEngines(
  names: readonly EngineName[],
  side: number = SIDE,
): Promise<EngineReport[]> {
  const shape: [number, number] = [side, side];
  const image = {
    data: Uint16Array.from({ length: side * side }, (_, i) => 1000 + ((i * 7919) % 101)),
    shape,
  };
  const plain = await newEngine("js", shape);
  const expected = (await plain.integrate(image)).signal;
  const reports: EngineReport[] = [];
  for (const name of names) {
    try {
      const engine = name === "js" ? plain : await newEngine(name, shape);
      const { signal } = await engine.integrate(image);
      const off = expected.findIndex((sum, bin) => Math.abs(sum - signal[bin]!) > AGREEMENT * sum);
      if (engine.info.name !== name) throw new Error(`${engine.info.name} took its place`);
      if (off >= 0) throw new Error(`bin ${off} is ${signal[off]}, not ${expected[off]}`);
      const milliseconds = await frameTime(engine, image);
      reports.push({
        name,
        mode: engine.info.mode,
        millisecondsPerMegapixel: (milliseconds * 1e6) / (side * side),
        reason: undefined,
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      reports.push({ name, mode: undefined, millisecondsPerMegapixel: undefined, reason });
    }
  }
  return reports;
}

function newEngine(name: EngineName, shape: readonly [number, number]): Promise<Engine> {
  const setup = {
    geometry: { dist: 0.1, poni1: 0.02, poni2: 0.03, rot1: 0, rot2: 0, rot3: 0 },
    detector: detector({ pixel1: 1e-4 }),
    wavelength: undefined,
  };
  // Of the encoding that images have which take long.
  const method = { engine: name, split: "no", algorithm: "csr-compact" } as const;
  const options = { unit: "2th_deg", method } as const;
  const settings = resolveSettings(shape, 500, undefined, options);
  return prepareWith(name, setup, shape, settings).then(({ engine }) => engine);
}

async function frameTime(engine: Engine, image: Image): Promise<number> {
  let shortest = Infinity;
  for (let frame = 0; frame < FRAMES; frame++) {
    const start = performance.now();
    await engine.integrate(image);
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}

let fastest: Promise<EngineName> | undefined;

/** The engine that is fastest on this machine, measured with the first call of a process. */
export function fastestEngine(): Promise<EngineName> {
  fastest ??= findFastest();
  return fastest;
}

async function findFastest(): Promise<EngineName> {
  // Without a GPU, gpu.js is never the fastest, and takes long to begin.
  const names = (await mayHaveWebGpu()) ? ["js", "wasm", "gpu"] : ["js", "wasm"];
  const reports = await measureEngines(names as EngineName[], SMALL_SIDE);
  const { reason } = reports[1]!;
  if (reason !== undefined) reportNotice(`the wasm engine does not work here (${reason})`);
  return reports.reduce((a, b) => (timeOf(b) < timeOf(a) ? b : a)).name;
}

/** A small image on a busy machine may make threads look slow, where on a large one they never are. */
const HANDICAP = { js: 3, wasm: 1, gpu: 1 };

function timeOf({ name, millisecondsPerMegapixel }: EngineReport): number {
  return millisecondsPerMegapixel === undefined
    ? Infinity
    : HANDICAP[name] * millisecondsPerMegapixel;
}
