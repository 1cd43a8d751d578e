// What the tests of the live engine run in a page.
import { createLiveEngine, type LiveEngine } from "../../../widgets/live/live-engine.js";
import type { LiveMode } from "../../../widgets/live/summing.js";
import { CASES } from "./cases.js";

/** How far a quick cake is from the exact one: root mean square, as a part of the exact one's. */
export function distanceOf(quick: ArrayLike<number>, exact: ArrayLike<number>): number {
  let [squares, all] = [0, 0];
  for (let bin = 0; bin < quick.length; bin++) {
    const [a, b] = [quick[bin]!, exact[bin]!];
    if (!Number.isFinite(a) || !Number.isFinite(b)) continue;
    squares += (a - b) ** 2;
    all += b * b;
  }
  return Math.sqrt(squares / all);
}

/** Both cakes of a case. */
export async function bothCakes(name: string, modes?: readonly LiveMode[]) {
  const { settings, ...made } = CASES[name]!();
  const engine = await createLiveEngine({ ...made, ...(modes === undefined ? {} : { modes }) });
  const quick = await engine.quick(settings);
  const exact = await engine.exact(settings);
  const { mode } = engine;
  engine.close();
  const finite = (values: ArrayLike<number>) =>
    Array.from(values).filter((value) => Number.isFinite(value)).length;
  return {
    mode,
    distance: distanceOf(quick.intensity, exact.intensity),
    compared: finite(exact.intensity),
    missing: finite(exact.intensity) - finite(quick.intensity),
    axes: {
      quick: [quick.radial[0], quick.radial.at(-1), quick.azimuthal[0], quick.azimuthal.at(-1)],
      exact: [exact.radial[0], exact.radial.at(-1), exact.azimuthal[0], exact.azimuthal.at(-1)],
    },
    shapes: [quick.shape, exact.shape],
    units: [quick.unit, exact.unit],
    intensity: Array.from(exact.intensity, (value) => (Number.isFinite(value) ? value : null)),
  };
}

/** A case's image, as base64: noise is not the same to the last count in every JavaScript. */
export async function imageOf(name: string): Promise<string> {
  const { data } = CASES[name]!().image;
  const url = new FileReader();
  url.readAsDataURL(new Blob([data as Uint16Array<ArrayBuffer>]));
  await new Promise((resolve) => {
    url.onload = resolve;
  });
  return String(url.result).split(",")[1]!;
}

/** Frames one after another while the detector moves; milliseconds for each. */
export async function drag(name: string, frames: number, modes?: readonly LiveMode[]) {
  const { settings, ...made } = CASES[name]!();
  const engine = await createLiveEngine({ ...made, ...(modes === undefined ? {} : { modes }) });
  const times: number[] = [];
  const sums = new Set<number>();
  for (let frame = -3; frame < frames; frame++) {
    const { geometry } = settings;
    const moved = { ...geometry, dist: geometry.dist * (1 + 1e-3 * frame), rot1: 1e-3 * frame };
    const start = performance.now();
    const { intensity } = await engine.quick({ ...settings, geometry: moved });
    if (frame < 0) continue;
    times.push(performance.now() - start);
    sums.add(intensity.reduce((sum, value) => (Number.isFinite(value) ? sum + value : sum), 0));
  }
  const exactTimes: number[] = [];
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    await engine.exact({ ...settings, geometry: { ...settings.geometry, rot2: 1e-3 * i } });
    exactTimes.push(performance.now() - start);
  }
  const { mode } = engine;
  engine.close();
  return { mode, times, different: sums.size, exactTimes };
}

/** Makes and closes many engines; whether the last one still works. */
export async function manyEngines(count: number, modes: readonly LiveMode[]) {
  const { settings, ...made } = CASES["one sector"]!();
  const modesSeen = new Set<LiveMode>();
  let bins = 0;
  for (let i = 0; i < count; i++) {
    const engine: LiveEngine = await createLiveEngine({ ...made, modes });
    const { intensity } = await engine.quick(settings);
    bins = intensity.filter((value) => Number.isFinite(value)).length;
    modesSeen.add(engine.mode);
    engine.close();
  }
  return { modes: [...modesSeen], bins };
}

/** What becomes of requests that newer ones overtake, that are aborted, and that come after the end. */
export async function overtaken() {
  const { settings, ...made } = CASES["1024² into 36 × 1000"]!();
  const engine = await createLiveEngine({ ...made, modes: ["webasm"] });
  const outcome = (promise: Promise<unknown>) =>
    promise.then(
      () => "done",
      (error: Error) => error.name,
    );
  const all = [1, 2, 3].map((i) =>
    outcome(engine.exact({ ...settings, geometry: { ...settings.geometry, rot1: i / 100 } })),
  );
  const overtakenOnes = await Promise.all(all);
  const controller = new AbortController();
  const aborted = outcome(engine.exact(settings, { signal: controller.signal }));
  controller.abort();
  const result = {
    overtaken: overtakenOnes,
    aborted: await aborted,
    after: await outcome(engine.exact(settings)),
    wrong: await outcome(engine.quick({ ...settings, options: { unit: "furlong" } })),
    uneven: await outcome(
      createLiveEngine({ ...CASES["modules without pixels between them"]!(), modes: ["webgl2"] }),
    ),
    wrongExact: await outcome(engine.exact({ ...settings, nptRad: 0 })),
    closed: "",
  };
  engine.close();
  result.closed = await outcome(engine.quick(settings));
  return result;
}

/** Masks pixels later. */
export async function maskLater() {
  const { settings, ...made } = CASES["one sector"]!();
  const engine = await createLiveEngine({ ...made, modes: ["webasm"] });
  const [rows, columns] = made.image.shape;
  const mask = { data: new Uint8Array(rows * columns), shape: made.image.shape };
  mask.data.fill(1, 0, (rows * columns) / 2);
  const count = async () => (await engine.exact(settings)).provenance.maskedPixels;
  const before = await count();
  await engine.setMask(mask);
  const masked = await count();
  const distance = distanceOf(
    (await engine.quick(settings)).intensity,
    (await engine.exact(settings)).intensity,
  );
  await engine.setMask(undefined);
  const after = await count();
  engine.close();
  return { before, masked, after, distance };
}

/** Loses the GPU between two frames. */
export async function loseGpu() {
  const contexts: WebGL2RenderingContext[] = [];
  const own = [HTMLCanvasElement.prototype, OffscreenCanvas.prototype] as { getContext: unknown }[];
  const originals = own.map(({ getContext }) => getContext as () => unknown);
  for (const [i, prototype] of own.entries()) {
    prototype.getContext = new Proxy(originals[i]!, {
      apply: (target, canvas, args) => {
        const context: unknown = Reflect.apply(target, canvas, args);
        if (context instanceof WebGL2RenderingContext) contexts.push(context);
        return context;
      },
    });
  }
  const { settings, ...made } = CASES["one sector"]!();
  const engine = await createLiveEngine({ ...made, modes: ["webgl2"] });
  for (const [i, prototype] of own.entries()) prototype.getContext = originals[i];
  const first = await engine.quick(settings);
  const before = engine.mode;
  for (const context of contexts) context.getExtension("WEBGL_lose_context")?.loseContext();
  const second = await engine.quick(settings);
  const after = engine.mode;
  engine.close();
  return { before, after, near: distanceOf(second.intensity, first.intensity) < 0.03 };
}
