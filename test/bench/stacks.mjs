import { join } from "node:path";
import { diffMap, openSeries, startDiffMap } from "../../dist/src/index.js";
import { cakesOf, experiments, newIntegrator } from "./experiments.mjs";
import { timed } from "./pairs.mjs";

/** Lines of a map of ten points each; theirs has ten. */
const OUR_LINES = 30;

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
  let mapped;
  const scan = () => {
    mapped ??= newIntegrator(experiments.small);
    return {
      files: join(place.folder, "bitshuffle.h5"),
      ai: mapped,
      output: join(place.folder, "our_map.h5"),
      npt: 1000,
      slow: OUR_LINES,
      fast: 10,
    };
  };
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
    {
      section: "stacks",
      name: `a scan of ${10 * OUR_LINES} frames, bitshuffle-LZ4, to 1000 bins, against diff_map (bbox, csr) with 100`,
      limit: 0.2,
      pairs: 3,
      ours: perFrame(10 * OUR_LINES, () => diffMap(scan())),
      theirs: async () => {
        const peer = await place.peer("pyFAI");
        await peer.ask({ job: "prepare-stacks" });
        return (await peer.ask({ job: "diff-map", npt: 1000 })) / 100;
      },
    },
    {
      section: "stacks",
      name: "the same with a live map of a range of bins, against without",
      limit: 1.05,
      pairs: 5,
      ours: perFrame(10 * OUR_LINES, async () => {
        const live = await startDiffMap(scan());
        const map = new Float32Array(live.frames);
        live.onUpdate(({ points }) => {
          for (const point of points) map[point] = rangeMean(live, point, 200, 300);
          JSON.stringify([...map]);
        });
        await live.finished;
      }),
      theirs: perFrame(10 * OUR_LINES, () => diffMap(scan())),
    },
  ];
}

function rangeMean({ intensity, radial }, point, from, to) {
  const begin = point * radial.length;
  const bins = intensity.subarray(begin + from, begin + to);
  return bins.reduce((sum, value) => sum + value, 0) / bins.length;
}
