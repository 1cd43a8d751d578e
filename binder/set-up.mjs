// What a fresh clone needs before anything else: npm packages, a Python environment, a build.
// Each step leaves a stamp of what it was made from beside what it made, and is skipped while that
// is the same; a step that was interrupted leaves no stamp and is done again.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { run, StepError } from "./progress.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

const OLDEST_NODE = [20, 19];
const OLDEST_PYTHON = [3, 10];

/** Whether `version`, as numbers, is at least `oldest`. */
function atLeast(version, oldest) {
  return version[0] > oldest[0] || (version[0] === oldest[0] && version[1] >= oldest[1]);
}

/** Throws unless this Node is new enough. */
export function checkNode() {
  if (atLeast(process.versions.node.split(".").map(Number), OLDEST_NODE)) return;
  throw new StepError(
    `Node ${process.versions.node} is too old: CakeLab needs ${OLDEST_NODE.join(".")} or newer.`,
    "install a current Node from https://nodejs.org, or with your package manager.",
  );
}

/** The first Python on the PATH that is new enough, as `{ command, version }`. */
export function findPython() {
  const found = [];
  const newer = [14, 13, 12, 11, 10].map((minor) => `python3.${minor}`);
  for (const command of ["python3", "python", ...newer]) {
    const answer = spawnSync(command, ["-c", "import sys; print(*sys.version_info[:3])"]);
    if (answer.status !== 0) continue;
    const numbers = answer.stdout.toString().trim().split(" ").map(Number);
    const version = numbers.join(".");
    if (atLeast(numbers, OLDEST_PYTHON)) return { command, version };
    found.push(`${command} is ${version}`);
  }
  throw new StepError(
    `CakeLab needs Python ${OLDEST_PYTHON.join(".")} or newer${found.length > 0 ? `; ${found.join(", ")}` : ", and none was found"}.`,
    "install a current Python (on Debian and Ubuntu: apt install python3 python3-venv).",
  );
}

/** The Python of an environment in the project, such as `.venv`. */
export function venvPython(folder) {
  const inside = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  return join(root, folder, ...inside);
}

/** The environment of a process that is to find this package's kernel. */
export function jupyterEnvironment() {
  const paths = [join(root, "share", "jupyter"), process.env.JUPYTER_PATH].filter(Boolean);
  return { ...process.env, JUPYTER_PATH: paths.join(delimiter) };
}

/** A hash of files by name and content; a path that ends in a slash is a folder. */
export function hashOf(paths, ...more) {
  const hash = createHash("sha256").update(more.join("\0"));
  for (const path of paths.flatMap(filesOf))
    hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest("hex");
}

/** What the build itself makes among its sources: it says nothing that they do not. */
const GENERATED = ["kernel-bytes.ts", "decoder-bytes.ts"];

function filesOf(path) {
  if (!path.endsWith("/")) return [path];
  return readdirSync(join(root, path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !GENERATED.includes(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** Does `work` unless the stamp `file` says that it was done for the same `state`. */
export async function unlessDone(file, state, work) {
  const stamp = join(root, file);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === state) return "up to date";
  rmSync(stamp, { force: true });
  const note = await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, state);
  return note;
}

function npm(args, options) {
  // npm names itself to the scripts that it runs, which spares a look for it on the PATH.
  const self = process.env.npm_execpath;
  if (self?.endsWith(".js")) return run(process.execPath, [self, ...args], options);
  return run(process.platform === "win32" ? "npm.cmd" : "npm", args, options);
}

const LISTS = ["package.json", "package-lock.json"];

/** Installs the npm packages that package-lock.json names. */
export function installPackages() {
  const state = hashOf(LISTS, process.version, process.platform);
  return unlessDone("node_modules/.cakelab-stamp", state, () => cleanInstall("."));
}

/** Installs in `folder` the npm packages that the lists in `source` name, apart from the project's. */
export function installApart(folder, source) {
  const lists = LISTS.map((name) => `${source}/${name}`);
  const state = hashOf(lists, process.version, process.platform);
  return unlessDone(`${folder}/.cakelab-stamp`, state, async () => {
    mkdirSync(join(root, folder), { recursive: true });
    for (const name of LISTS) cpSync(join(root, source, name), join(root, folder, name));
    await cleanInstall(folder);
  });
}

async function cleanInstall(folder) {
  await npm(["ci", "--no-audit", "--no-fund"], {
    cwd: join(root, folder),
    what: "npm ci",
    remedy: "see npm's message above; it needs the npm registry and 500 MB of disk.",
  });
}

/** Makes a Python environment in `folder` with the packages of a requirements file. */
export function makeEnvironment(folder, requirements) {
  const python = findPython();
  const state = hashOf([requirements], python.version, root);
  return unlessDone(`${folder}/.cakelab-stamp`, state, async () => {
    rmSync(join(root, folder), { recursive: true, force: true });
    if (spawnSync(python.command, ["-c", "import ensurepip, venv"]).status !== 0) {
      const minor = python.version.split(".").slice(0, 2).join(".");
      throw new StepError(
        `${python.command} (${python.version}) cannot make virtual environments: its venv or ensurepip module is missing.`,
        `on Debian and Ubuntu: apt install python3-venv (or python${minor}-venv). Then run this again.`,
      );
    }
    await run(python.command, ["-m", "venv", folder], {
      cwd: root,
      what: `making ${folder}`,
      remedy: `remove the folder ${folder} and run this again.`,
    });
    // JupyterLab runs scripts of its own in Node, which this package's "type" is not meant for.
    writeFileSync(join(root, folder, "package.json"), '{ "private": true, "type": "commonjs" }\n');
    // Python compiles what it loads; all of it would take as long as the rest.
    const quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"];
    const pip = ["-m", "pip", "install", ...quiet];
    await run(venvPython(folder), [...pip, "-r", requirements], {
      cwd: root,
      what: `installing ${requirements} into ${folder}`,
      remedy: "see pip's message above; it needs the Python package index. Then run this again.",
    });
    return `Python ${python.version}`;
  });
}

/** What the build is made from. */
export function sourceHash() {
  const configs = ["package.json", "package-lock.json", "tsconfig.json", "tsconfig.base.json"];
  return hashOf([...configs, "src/", "kernel-ext/", "widgets/"]);
}

/** Builds `dist/` and `share/`; `always` does so even where nothing but a test has changed. */
export function build({ always = false } = {}) {
  const stamp = "dist/.cakelab-stamp";
  const made = ["dist/bin/cakelab.js", "share/jupyter/kernels/cakelab/kernel.json"];
  if (always || !made.every((path) => existsSync(join(root, path)))) {
    rmSync(join(root, stamp), { force: true });
  }
  return unlessDone(stamp, sourceHash(), async () => {
    await npm(["run", "build"], {
      cwd: root,
      what: "npm run build",
      remedy: "correct what the compiler complains of above, or take a clean clone.",
    });
  });
}
