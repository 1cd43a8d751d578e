import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { AzimuthalIntegrator, detector, writeTiff } from "../../dist/src/index.js";
import { simulatePowder } from "../../dist/src/simulate/index.js";
import { experiments } from "./experiments.mjs";
import { timed } from "./pairs.mjs";
import { pythonOf } from "./peer.mjs";

const run = promisify(execFile);
const CAKELAB = join(import.meta.dirname, "../../dist/bin/cakelab.js");

/** The Pixium detector of the tutorial, where it stood. */
const TUTORIAL = {
  dist: 1.1938977,
  poni1: 0.2046949,
  poni2: 0.2073193,
  rot1: -0.002915,
  rot2: 0.008208,
  wavelength: 1.393e-11,
  detector: detector({ pixel1: 2.96e-4, shape: [1441, 1440] }),
};
const IMAGES = 6;

/** Whole processes, from their start to their end. */
export function processRows(place) {
  const python = (script, ...args) =>
    run(pythonOf(".venv-test"), [join(import.meta.dirname, "peers", script), ...args]);
  const at = (name) => join(place.folder, name);
  let simulated;
  const tutorial = (work) => async () => {
    simulated ??= simulateTutorial(at);
    return timed(work(await simulated))();
  };
  const memory = { experiment: experiments.large, npt: 1000, nptAzim: 36 };
  const memoryScript = join(import.meta.dirname, "memory.mjs");
  const bytes = async (output) => Number((await output).stdout);
  return [
    {
      section: "processes",
      name: "six TIFF images to six .dat, 36 × 10000: `cakelab cake` and a Python script",
      limit: 0.18,
      pairs: 5,
      ours: tutorial((files) => () => {
        const options = ["-p", at("tutorial.poni"), "-o", at("ours"), "--quiet"];
        return run(process.execPath, [CAKELAB, "cake", ...files, ...options]);
      }),
      theirs: tutorial(() => () => {
        return python("tutorial.py", at("tutorial"), at("tutorial.poni"), at("theirs"));
      }),
    },
    {
      section: "processes",
      name: "peak memory: 4362 × 4148 uint32, 36 × 1000 bins, a plan and three frames",
      limit: 0.5,
      pairs: 1,
      warm: false,
      unit: "bytes",
      ours: () => bytes(run(process.execPath, [memoryScript, at("large.npy"), "wasm"])),
      theirs: () => bytes(python("memory.py", at("large.npy"), JSON.stringify(memory))),
    },
  ];
}

async function simulateTutorial(at) {
  for (const folder of ["tutorial", "ours", "theirs"]) await mkdir(at(folder));
  await new AzimuthalIntegrator(TUTORIAL).save(at("tutorial.poni"));
  const files = [];
  for (let exposure = 0; exposure < IMAGES; exposure++) {
    const image = simulatePowder({
      ...TUTORIAL,
      phases: [{ lattice: "CeO2", counts: 5000, fwhm: 0.04 }],
      background: { flat: 30, air: { counts: 200, decay: 3 } },
      exposure,
    });
    files.push(at(`tutorial/pixium_0315${exposure}.tif`));
    await writeTiff(files.at(-1), image);
  }
  return files;
}
