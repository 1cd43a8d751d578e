import { availableParallelism } from "node:os";
import { experiments, integrate, newIntegrator } from "./experiments.mjs";
import { median, timed } from "./pairs.mjs";

const BINS = [100, 1000, 10000, 100000];
const SIDES = [512, 1024, 2048, 4096];
const FRAMES = [1, 10, 100, 1000, 10000];
const SERIES_SIDE = 1024;

/** How the cost of the wasm engine grows: lines `[what grows, plan, frame, resident memory]`. */
export function growthRows(place) {
  const full = experiments.growing;
  return [
    ...BINS.map((npt) => ({
      what: `${npt} bins of 2048² pixels`,
      measure: async () => planAndFrame("small", await place.image("small"), { npt }),
    })),
    ...SIDES.map((side) => ({
      what: `${side}² pixels to 1000 bins`,
      measure: async () => {
        const image = part(await place.image("growing"), side);
        return planAndFrame(smaller(full, side), image, { npt: 1000 });
      },
    })),
    ...threadCounts().flatMap((threads) =>
      [{ npt: 1000 }, { npt: 10000, nptAzim: 36 }].map((bins) => ({
        what: `${threads} ${threads === 1 ? "thread" : "threads"}, 2048² pixels to ${bins.nptAzim ?? 1} × ${bins.npt} bins`,
        measure: async () =>
          withThreads(threads, async () => planAndFrame("small", await place.image("small"), bins)),
      })),
    ),
    ...FRAMES.map((frames) => ({
      what: `${frames} ${frames === 1 ? "frame" : "frames"} of ${SERIES_SIDE}² pixels to 1000 bins`,
      measure: async () => {
        const image = part(await place.image("growing"), SERIES_SIDE);
        return integrateFrames(smaller(full, SERIES_SIDE), image, frames);
      },
    })),
  ];
}

function threadCounts() {
  return [1, 2].filter((threads) => threads <= availableParallelism());
}

async function planAndFrame(experiment, image, bins) {
  const described = typeof experiment === "string" ? experiments[experiment] : experiment;
  const plans = [];
  let ai;
  for (let i = 0; i < 3; i++) {
    ai = newIntegrator(described);
    plans.push(await timed(() => integrate(ai, image, { ...bins, engine: "wasm" }))());
  }
  const frames = [];
  for (let i = 0; i < 9; i++) {
    frames.push(await timed(() => integrate(ai, image, { ...bins, engine: "wasm" }), 3)());
  }
  return { plan: median(plans), frame: median(frames) };
}

/** Frames are copies, as if each had been read. */
async function integrateFrames(experiment, image, count) {
  async function* frames() {
    for (let i = 0; i < count; i++) yield { data: image.data.slice(), shape: image.shape };
  }
  const ai = newIntegrator(experiment);
  const options = { npt: 1000, unit: "2th_deg", method: { engine: "wasm" } };
  const { shape } = image;
  const plan = await timed(() => ai.plan({ ...options, shape }))();
  const whole = await timed(async () => {
    for await (const _ of ai.integrateMany(frames(), options));
  })();
  return { plan, frame: whole / count, resident: process.memoryUsage.rss() };
}

async function withThreads(threads, work) {
  const before = process.env.CAKELAB_THREADS;
  process.env.CAKELAB_THREADS = String(threads);
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.CAKELAB_THREADS;
    else process.env.CAKELAB_THREADS = before;
  }
}

/** The same angles with larger pixels. */
function smaller(experiment, side) {
  const pixel = (experiment.pixel * experiment.shape[0]) / side;
  return { ...experiment, shape: [side, side], pixel };
}

function part({ data }, side) {
  return { data: data.slice(0, side * side), shape: [side, side] };
}
