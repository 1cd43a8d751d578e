// `npm run bench`: CakeLab and pyFAI take turns at the same work on this machine; the table gives the
// median over pairs of CakeLab's time over theirs. `--save` keeps it in test/bench/RESULTS.md; words
// choose the rows that hold one of them: `npm run bench -- wasm text`.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  AzimuthalIntegrator,
  detector,
  openSeries,
  readImage,
  writeXrdfit,
} from "../../dist/src/index.js";

const GEOMETRY = {
  dist: 0.2,
  poni1: 0.1013,
  poni2: 0.1031,
  rot1: 0.01,
  rot2: -0.02,
  rot3: 0.1,
  wavelength: 1e-10,
};
const SIZE = 2048;
const PIXEL = 1e-4;
const OPTIONS = { unit: "2th_deg", polarizationFactor: 0.99 };
/** No benchmark goes on longer. */
const MOST_SECONDS = 20;
/** Frames of a turn: a frame of a series follows another, and neither side begins with cold caches. */
const FRAMES = 5;
/** Files of a series. */
const SERIES = 20;
/** Bins, and the most that each engine's time may be of pyFAI's: each frame, with errors, first call. */
const INTEGRATIONS = [
  { engine: "js", npt: 1000, frame: 0.6, first: 1.5 },
  { engine: "js", npt: 1000, nptAzim: 36 },
  { engine: "wasm", npt: 1000, frame: 0.08, errors: 0.16, first: 0.12 },
  { engine: "wasm", npt: 1000, nptAzim: 36, frame: 0.12, errors: 0.16, first: 0.15 },
  { engine: "wasm", npt: 10000, frame: 0.2, errors: 0.26, first: 0.15 },
  { engine: "wasm", npt: 10000, nptAzim: 36, frame: 0.25, errors: 0.3, first: 0.15 },
  { engine: "auto", npt: 1000 },
  { engine: "auto", npt: 10000, nptAzim: 36 },
];

const python = process.env.CAKELAB_TEST_PYTHON ?? ".venv-test/bin/python";
if (!existsSync(python)) {
  console.error(`${python} is not there: \`npm test\` makes it, with pyFAI to compare with`);
  process.exit(1);
}

const folder = await mkdtemp(join(tmpdir(), "cakelab-bench-"));
const oracle = spawn(
  python,
  [
    join(import.meta.dirname, "oracle.py"),
    folder,
    JSON.stringify({ ...GEOMETRY, size: SIZE, pixel: PIXEL }),
  ],
  { stdio: ["pipe", "pipe", "inherit"] },
);
const answers = createInterface({ input: oracle.stdout })[Symbol.asyncIterator]();
const answer = async () => {
  const { value, done } = await answers.next();
  if (done) throw new Error(`${python} stopped`);
  return JSON.parse(value);
};
const theirs = (job) => {
  oracle.stdin.write(`${JSON.stringify(job)}\n`);
  return answer();
};

try {
  const versions = await answer();
  const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
  const isChosen = ({ name }) => words.length === 0 || words.some((word) => name.includes(word));
  const benchmarks = (await prepare()).filter(isChosen);
  const rows = [];
  for (const benchmark of benchmarks) rows.push(await measure(benchmark));
  const text = table(rows, versions);
  console.log(text);
  if (process.argv.includes("--save")) {
    await writeFile(join(import.meta.dirname, "RESULTS.md"), `# Benchmarks\n\n${text}`);
  }
} finally {
  oracle.stdin.end();
  await rm(folder, { recursive: true, force: true });
}

/** Each is a job of oracle.py, the same of ours, and how many pairs are made. */
async function prepare() {
  const image = await readImage(join(folder, "plain.tif"));
  const cakes = await tableOfCakes();
  return [
    ...INTEGRATIONS.flatMap((row) => integrations(image, row)),
    {
      name: "text of 36 cakes × 10000, against np.savetxt",
      job: { job: "text" },
      limit: 0.5,
      pairs: 9,
      ours: () => writeXrdfit(join(folder, "ours.dat"), cakes),
    },
    {
      name: "plain TIFF, against FabIO",
      job: { job: "tiff" },
      limit: 1.5,
      pairs: 15,
      ours: () => readImage(join(folder, "plain.tif")),
    },
    {
      name: "deflated TIFF, against FabIO",
      job: { job: "tiff-deflate" },
      pairs: 9,
      ours: () => readImage(join(folder, "deflate.tif")),
    },
    ...frames(),
    ...stacks(),
  ];
}

/** Frames of other formats: one after the other, and as a series in threads. */
function frames() {
  const cbf = join(folder, "plain.cbf");
  const series = async (name, options) => {
    const files = Array.from({ length: SERIES }, (_, i) => join(folder, `${i}_${name}`));
    for await (const _ of openSeries(files, options));
  };
  return [
    {
      name: "EDF, against FabIO",
      job: { job: "read", name: "plain.edf" },
      limit: 1.2,
      pairs: 15,
      ours: () => readImage(join(folder, "plain.edf")),
    },
    {
      name: "CBF, MD5 compared here and there, against FabIO",
      job: { job: "read", name: "plain.cbf" },
      pairs: 15,
      ours: () => readImage(cbf),
    },
    {
      name: "CBF, MD5 compared there only, against FabIO",
      job: { job: "read", name: "plain.cbf" },
      limit: 0.5,
      pairs: 15,
      ours: () => readImage(cbf, { verify: false }),
    },
    {
      name: `${SERIES} CBF files as a series in threads, against FabIO`,
      job: { job: "series", name: "plain.cbf", frames: SERIES },
      pairs: 5,
      ours: () => series("plain.cbf", {}),
    },
    {
      name: `${SERIES} EDF files as a series in threads, against FabIO`,
      job: { job: "series", name: "plain.edf", frames: SERIES },
      pairs: 5,
      ours: () => series("plain.edf", {}),
    },
  ];
}

/** Frames of HDF5 stacks, read one after the other, and caked on the way. */
function stacks() {
  const read = async (name, frames) => {
    for await (const _ of openSeries(join(folder, `${name}.h5`), { limit: frames, reuse: true }));
  };
  const ai = integratorOf();
  const options = { ...OPTIONS, method: { split: "full", engine: "wasm" } };
  const integrate = async (frames) => {
    const series = openSeries(join(folder, "bitshuffle.h5"), { limit: frames, reuse: true });
    for await (const _ of ai.integrateMany(series, { npt: 1000, nptAzim: 36, ...options }));
  };
  return [
    {
      name: "100 frames of bitshuffle-LZ4 HDF5, against h5py",
      job: { job: "read-stack", name: "bitshuffle", frames: 100 },
      limit: 2,
      pairs: 7,
      ours: () => read("bitshuffle", 100),
    },
    {
      name: "5 frames of gzip HDF5, against h5py",
      job: { job: "read-stack", name: "gzip", frames: 5 },
      pairs: 7,
      ours: () => read("gzip", 5),
    },
    {
      name: "100 frames of bitshuffle-LZ4 HDF5 caked to 36 × 1000, against h5py and pyFAI",
      job: { job: "integrate-stack", frames: 100 },
      limit: 0.2,
      pairs: 3,
      ours: () => integrate(100),
    },
  ];
}

function integratorOf() {
  return new AzimuthalIntegrator({
    ...GEOMETRY,
    detector: detector({ pixel1: PIXEL, shape: [SIZE, SIZE] }),
  });
}

/** Each frame, each frame with Poisson errors, and the first call, on one of our engines. */
function integrations(image, { engine, npt, nptAzim, ...limits }) {
  const kept = integratorOf();
  const integrate = (ai, options) => {
    const all = { ...OPTIONS, ...options, method: { split: "full", engine } };
    return nptAzim === undefined
      ? ai.integrate1d(image, npt, all)
      : ai.integrate2d(image, npt, nptAzim, all);
  };
  const title = `${engine}, ${nptAzim === undefined ? "1D" : `${nptAzim} ×`} ${npt} bins`;
  const job = { job: "integrate", npt, nptAzim: nptAzim ?? null, poisson: false, first: false };
  return [
    {
      name: `${title}, each frame`,
      job: { ...job, repeat: FRAMES },
      limit: limits.frame,
      pairs: 11,
      ours: () => integrate(kept),
    },
    {
      name: `${title}, with errors`,
      job: { ...job, poisson: true, repeat: FRAMES },
      limit: limits.errors,
      pairs: 7,
      ours: () => integrate(kept, { errorModel: "poisson" }),
    },
    {
      name: `${title}, first call`,
      job: { ...job, first: true },
      limit: limits.first,
      pairs: 3,
      ours: () => integrate(integratorOf()),
    },
  ];
}

/** The oracle's table of numbers, as cakes. */
async function tableOfCakes() {
  const { data, shape } = await readImage(join(folder, "table.npy"));
  const column = (index) =>
    Float64Array.from({ length: shape[0] }, (_, row) => data[row * shape[1] + index]);
  const intensity = Array.from({ length: shape[1] - 1 }, (_, cake) => column(cake + 1));
  return {
    radial: column(0),
    intensity,
    count: intensity,
    centers: intensity.map((_, cake) => cake * 10),
    firstCakeAngle: 0,
    order: "clockwise",
    unit: "2th_deg",
    provenance: { geometry: GEOMETRY, detector: {} },
  };
}

async function measure({ name, job, limit, pairs, ours }) {
  // A first turn of each that does not count: compilers, caches, what is kept between frames.
  await theirs(job);
  await ours();
  const begin = performance.now();
  const times = [];
  while (times.length < pairs && (times.length === 0 || elapsed(begin) < MOST_SECONDS)) {
    const their = await theirs(job);
    const { repeat = 1 } = job;
    const start = performance.now();
    for (let i = 0; i < repeat; i++) await ours();
    times.push({ our: elapsed(start) / repeat, their });
  }
  return {
    name,
    limit,
    pairs: times.length,
    ratio: median(times.map(({ our, their }) => our / their)),
    our: median(times.map(({ our }) => our)),
    their: median(times.map(({ their }) => their)),
  };
}

function elapsed(since) {
  return (performance.now() - since) / 1000;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

function table(rows, versions) {
  const milliseconds = (seconds) => `${(seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0)} ms`;
  const all = Object.entries({ Node: process.versions.node, ...versions });
  return [
    `${cpus()[0].model}, ${cpus().length} cores; ${all.map((pair) => pair.join(" ")).join(", ")}; ` +
      `${new Date().toISOString().slice(0, 10)}. Images are ${SIZE} × ${SIZE} uint16; integration with ` +
      `full splitting, here on the engine named, there with (full, csr, cython), ${FRAMES} frames a turn.`,
    "",
    "| work | CakeLab | pyFAI | ratio | limit | pairs |",
    "|---|---|---|---|---|---|",
    ...rows.map(({ name, limit, pairs, ratio, our, their }) => {
      const cells = [
        name,
        milliseconds(our),
        milliseconds(their),
        ratio.toFixed(2),
        limit === undefined ? "" : `${limit}${ratio > limit ? " **exceeded**" : ""}`,
        pairs,
      ];
      return `| ${cells.join(" | ")} |`;
    }),
    "",
  ].join("\n");
}
