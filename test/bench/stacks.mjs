import { join } from "node:path";
import { openSeries } from "../../dist/src/index.js";
import { cakesOf, experiments, newIntegrator } from "./experiments.mjs";
import { timed } from "./pairs.mjs";

/** Frames of a turn: ours go through the whole stack, theirs need not. */
const OURS = 1000;
const THEIRS = 30;

/** Stacks of frames in HDF5 files, read one after the other and caked on the way; each frame. */
export function stackRows(place) {
  const theirs = (job, more) => async () => {
    const peer = await place.peer("pyFAI");
    await peer.ask({ job: "prepare-stacks" });
    return (await peer.ask({ job, ...more })) / more.frames;
  };
  const perFrame = (frames, work) => async () => {
    await (await place.peer("pyFAI")).ask({ job: "prepare-stacks" });
    return (await timed(work)()) / frames;
  };
  const open = (name, limit) =>
    openSeries(join(place.folder, `${name}.h5`), { limit, reuse: true });
  const read = (title, name, frames, limit) => ({
    section: "stacks",
    name: `${title}, read, against h5py`,
    limit,
    pairs: 7,
    ours: perFrame(frames, async () => {
      for await (const _ of open(name, frames));
    }),
    theirs: theirs("read-stack", { name, frames }),
  });
  let ai;
  return [
    read("100 frames, bitshuffle-LZ4", "bitshuffle", 100, 2),
    read("5 frames, gzip", "gzip", 5),
    {
      section: "stacks",
      name: `${OURS} frames, bitshuffle-LZ4, caked to 36 × 1000 bins, against h5py and pyFAI with ${THEIRS}`,
      limit: 0.2,
      pairs: 3,
      ours: perFrame(OURS, async () => {
        ai ??= newIntegrator(experiments.small);
        const cakes = cakesOf(ai, open("bitshuffle", OURS), { npt: 1000, nptAzim: 36 });
        for await (const _ of cakes);
      }),
      theirs: theirs("integrate-stack", { frames: THEIRS, npt: 1000, nptAzim: 36 }),
    },
  ];
}
