// The rows of the kernel: it and another one are started by turns, asked the same, and measured.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { median } from "./pairs.mjs";
import { pythonOf } from "./peer.mjs";

const root = join(import.meta.dirname, "../..");
const PAIRS = 5;

/** What kernels.py measures, against which kernel, and the most that ours may take of theirs. */
const MEASURED = [
  { of: "ready", other: "python3", name: "start to kernel_info, against ipykernel", limit: 1 },
  {
    of: "first",
    other: "python3",
    name: "start to the first cell's answer, against ipykernel",
    limit: 2,
  },
  { of: "cell", other: "python3", name: "a trivial cell, against ipykernel", limit: 1.5 },
  { of: "memory", other: "tslab", name: "idle memory, against tslab", limit: 1.1, unit: "bytes" },
];

const TSLAB = {
  argv: ["node", join(root, "node_modules/tslab/bin/tslab"), "kernel"],
  display_name: "tslab",
  language: "typescript",
};

/** The kernel's rows; those against the same kernel are measured together. */
export function kernelRows() {
  const measured = new Map();
  const pairsWith = (other) => {
    if (!measured.has(other)) measured.set(other, measure(resolve(pythonOf(".venv-test")), other));
    return measured.get(other);
  };
  return MEASURED.map(({ of, other, ...row }) => ({
    section: "kernels",
    ...row,
    measure: async () => summary(of, await pairsWith(other)),
  }));
}

function summary(of, pairs) {
  const our = pairs.map((pair) => pair.our[of]);
  const their = pairs.map((pair) => pair.their[of]);
  const ratio = median(our.map((value, i) => value / their[i]));
  return { pairs: pairs.length, ratio, our: median(our), their: median(their) };
}

async function measure(python, other) {
  const folder = await mkdtemp(join(tmpdir(), "cakelab-kernels-"));
  try {
    const spec = { ...TSLAB, argv: [...TSLAB.argv, "--config-path={connection_file}"] };
    await mkdir(join(folder, "kernels/tslab"), { recursive: true });
    await writeFile(join(folder, "kernels/tslab/kernel.json"), JSON.stringify(spec));
    const JUPYTER_PATH = [join(root, "share/jupyter"), folder].join(delimiter);
    const script = join(import.meta.dirname, "kernels.py");
    const said = await output(python, [script, "cakelab", other, String(PAIRS)], {
      cwd: folder,
      env: { ...process.env, JUPYTER_PATH },
    });
    return said
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function output(command, args, options) {
  const child = spawn(command, args, options);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(stdout) : reject(new Error(stderr))));
  });
}
