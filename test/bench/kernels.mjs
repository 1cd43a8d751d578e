// The rows of the kernel: it and another one are started by turns, asked the same, and measured.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const root = join(import.meta.dirname, "../..");
const PAIRS = 5;

/** What kernels.py measures, against which kernel, and the most that ours may take of theirs. */
const MEASURED = [
  { of: "ready", name: "kernel: start to kernel_info, against ipykernel", limit: 1 },
  { of: "first", name: "kernel: start to the first cell's answer, against ipykernel", limit: 2 },
  { of: "cell", name: "kernel: a trivial cell, against ipykernel", limit: 1.5 },
  { of: "memory", name: "kernel: idle memory, against tslab", limit: 1.1, show: megabytes },
];

const TSLAB = {
  argv: ["node", join(root, "node_modules/tslab/bin/tslab"), "kernel"],
  display_name: "tslab",
  language: "typescript",
};

/** The rows of the table that `isChosen` lets pass; without any, no kernel is started. */
export async function kernelRows(python, isChosen) {
  const chosen = MEASURED.filter(isChosen);
  const rows = [];
  for (const other of ["python3", "tslab"]) {
    const asked = chosen.filter(({ name }) => name.endsWith("tslab") === (other === "tslab"));
    if (asked.length === 0) continue;
    const pairs = await measure(python, other);
    rows.push(...asked.map((row) => summary(row, pairs)));
  }
  return rows;
}

function summary({ of, ...row }, pairs) {
  const our = pairs.map((pair) => pair.our[of]);
  const their = pairs.map((pair) => pair.their[of]);
  const ratio = median(our.map((value, i) => value / their[i]));
  return { ...row, pairs: pairs.length, ratio, our: median(our), their: median(their) };
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

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function megabytes(value) {
  return `${value.toFixed(0)} MB`;
}
