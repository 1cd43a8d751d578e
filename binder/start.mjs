// `npm start`: from a fresh clone to the caking tutorial, run on its sample data and open in
// JupyterLab. `npm start -- --no-lab` stops before JupyterLab; other arguments go to it.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { explain, run, step } from "./progress.mjs";
import {
  build,
  checkNode,
  hashOf,
  installPackages,
  jupyterEnvironment,
  makeEnvironment,
  root,
  sourceHash,
  unlessDone,
  venvPython,
} from "./set-up.mjs";

const TUTORIAL = "notebooks/01-caking.ipynb";
const SAMPLE_DATA = "notebooks/make-sample-data.mjs";
const RESULTS = "notebooks/analysis";

function makeSampleData() {
  const state = hashOf([SAMPLE_DATA], sourceHash());
  return unlessDone("notebooks/data/.cakelab-stamp", state, async () => {
    await run(process.execPath, [SAMPLE_DATA], {
      cwd: root,
      what: SAMPLE_DATA,
      remedy: "see the message above; the images need some 100 MB of disk.",
    });
  });
}

/** Runs the tutorial; the notebook with its outputs goes to `dist`, so that git sees no change. */
function runTutorial() {
  const stamp = `${RESULTS}/.cakelab-stamp`;
  if (results().length === 0) rmSync(join(root, stamp), { force: true });
  return unlessDone(stamp, hashOf([TUTORIAL, SAMPLE_DATA], sourceHash()), async () => {
    const convert = ["-m", "nbconvert", "--to", "notebook", "--execute"];
    await run(venvPython(".venv"), [...convert, "--output-dir", "dist/notebooks", TUTORIAL], {
      cwd: root,
      env: jupyterEnvironment(),
      what: TUTORIAL,
      remedy: "see the cell and its error above; if you have changed the notebook, mend that cell.",
    });
  });
}

function results() {
  const folder = join(root, RESULTS);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => !name.startsWith("."));
}

function printResults() {
  console.log(`\nThe tutorial wrote into ${RESULTS}:`);
  for (const name of results()) {
    const megabytes = (statSync(join(root, RESULTS, name)).size / 1e6).toFixed(2);
    console.log(`  ${name}  ${megabytes} MB`);
  }
}

/** Opens JupyterLab and stays until it ends; both get the interrupt key of the terminal. */
function openLab(args) {
  console.log(`\nJupyterLab opens ${TUTORIAL}; Ctrl+C twice ends it.`);
  // Jupyter refuses to run as root unless told that this is meant, as it is in a container.
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  process.on("SIGINT", () => undefined);
  const opened = [`--ServerApp.root_dir=${root}`, `--LabApp.default_url=/lab/tree/${TUTORIAL}`];
  const lab = spawn(venvPython(".venv"), ["-m", "jupyterlab", ...asRoot, ...opened, ...args], {
    cwd: root,
    env: jupyterEnvironment(),
    stdio: "inherit",
  });
  lab.on("close", (code) => {
    process.exitCode = code ?? 0;
  });
}

async function start(args) {
  await step("Node", () => {
    checkNode();
    return process.version;
  });
  await step("npm packages", installPackages);
  await step("JupyterLab in .venv", () => makeEnvironment(".venv", "binder/requirements.txt"));
  await step("build", build);
  await step("sample data", makeSampleData);
  await step(TUTORIAL, runTutorial);
  printResults();
  if (!args.includes("--no-lab")) openLab(args);
}

try {
  await start(process.argv.slice(2));
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
