import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  integrateStream,
  listenFrames,
  midasParameters,
  midasPlan,
  poniToMidas,
} from "../../dist/src/index.js";
import { experiments, newIntegrator, twoThetaRange } from "./experiments.mjs";
import { timed } from "./pairs.mjs";

const FRAMES = 200;
const NPT = 1000;
const THEIR_PORT = 60439;
const OPTIONS = { unit: "2th_deg", polarizationFactor: 0.99, npt: NPT };
const experiment = "streamed";
const { title, shape } = experiments[experiment];

/** Streams over the loopback, against frames that are in memory. */
export function streamRows(place) {
  let ai;
  const integrator = () => {
    ai ??= newIntegrator(experiments[experiment]);
    return ai;
  };
  const memory = join(import.meta.dirname, "memory-stream.mjs");
  const resident = async (frames) =>
    Number((await promisify(execFile)(process.execPath, [memory, `${frames}`])).stdout);
  const planOfIntegrator = () => integrator().plan({ shape, ...OPTIONS });
  let midas;
  const planOfMidas = () => {
    midas ??= midasPlan(midasOf(experiments[experiment]));
    return midas;
  };
  return [
    {
      section: "streams",
      name: `${title}, against integrateMany in memory`,
      limit: 1.43,
      pairs: 9,
      ours: overLoopback(place, planOfIntegrator),
      theirs: inMemory(place, (images) => integrator().integrateMany(images, OPTIONS)),
    },
    {
      section: "streams",
      name: `${title}, in MIDAS' geometry, against the same in memory`,
      pairs: 9,
      ours: overLoopback(place, planOfMidas),
      theirs: inMemory(place, async function* (images) {
        const plan = await planOfMidas();
        for (const image of images) yield await plan.integrate(image);
      }),
    },
    {
      section: "streams",
      name: "resident memory after 20000 frames, recorded, against after 2000",
      limit: 1.15,
      pairs: 1,
      warm: false,
      unit: "bytes",
      ours: () => resident(20_000),
      theirs: () => resident(2000),
    },
    {
      section: "streams",
      name: `${title}, in MIDAS' geometry, against midas-integrate's server`,
      limit: 0.5,
      pairs: 9,
      ours: overLoopback(place, planOfMidas),
      theirs: overTheirLoopback(place),
    },
    {
      section: "streams",
      name: `${title}, in MIDAS' geometry, against midas-integrate in memory`,
      pairs: 9,
      ours: overLoopback(place, planOfMidas),
      theirs: async () => {
        const peer = await place.peer("midas-integrate");
        await peer.ask({ job: "prepare", experiment });
        const job = { job: "integrate", experiment, npt: NPT, nptAzim: null, repeat: 20 };
        return peer.ask(job);
      },
    },
  ];
}

/** The same experiment as midas-integrate has it. */
function midasOf({ geometry, pixel, ...described }) {
  const [low, high] = twoThetaRange({ geometry, pixel, ...described });
  return midasParameters({
    ...poniToMidas(geometry, pixel, geometry.wavelength),
    NrPixelsY: shape[1],
    NrPixelsZ: shape[0],
    TthMin: low,
    TthMax: high,
    TthBinSize: ((high - low) / NPT) * (1 + 1e-9),
    EtaBinSize: 360,
    SolidAngleCorrection: true,
    PolarizationCorrection: true,
  });
}

/** A process that sends the experiment's image to a port, as many as are written to its input. */
function startSender(place, port) {
  const script = join(import.meta.dirname, "send.mjs");
  const image = join(place.folder, `${experiment}.npy`);
  const args = [script, image, `${port}`];
  return spawn(process.execPath, args, { stdio: ["pipe", "inherit", "inherit"] });
}

function overLoopback(place, planOf) {
  return async () => {
    const stream = await listenFrames({ shape, port: 0, reuse: true });
    const sender = startSender(place, stream.port);
    const plan = await planOf();
    const results = integrateStream(stream, [plan])[Symbol.asyncIterator]();
    const take = async (frames) => {
      sender.stdin.write(`${frames}\n`);
      for (let left = frames; left > 0; left--) await results.next();
    };
    try {
      // Until its compilers are done, too.
      await take(FRAMES / 4);
      return (await timed(() => take(FRAMES))()) / FRAMES;
    } finally {
      sender.stdin.end();
      await stream.close();
    }
  };
}

function overTheirLoopback(place) {
  let listening;
  return async () => {
    const peer = await place.peer("midas-integrate");
    listening ??= peer
      .ask({ job: "prepare", experiment })
      .then(() => peer.ask({ job: "listen", experiment, npt: NPT, port: THEIR_PORT }));
    await listening;
    const sender = startSender(place, THEIR_PORT);
    const take = (frames) => {
      const taken = peer.ask({ job: "receive", frames });
      sender.stdin.write(`${frames}\n`);
      return taken;
    };
    try {
      await take(FRAMES / 4);
      return (await take(FRAMES)) / FRAMES;
    } finally {
      sender.stdin.end();
    }
  };
}

function inMemory(place, integrate) {
  let images;
  const frames = function* () {
    for (let i = 0; i < FRAMES; i++) yield images[i % 4];
  };
  return async () => {
    const image = await place.image(experiment);
    images ??= [0, 1, 2, 3].map((more) => ({ ...image, data: image.data.map((v) => v + more) }));
    const work = async () => {
      for await (const _ of integrate(frames()));
    };
    return (await timed(work)()) / FRAMES;
  };
}
