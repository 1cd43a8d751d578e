import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const root: string = resolve(import.meta.dirname, "../..");
export const python: string = join(root, ".venv/bin/python");

/** Whether the environment that `npm start` makes, and a built kernel, are there to test with. */
export const hasJupyter: boolean =
  existsSync(python) && existsSync(join(root, "share/jupyter/kernels/cakelab/kernel.json"));

export interface Output {
  type: string;
  name?: string;
  text?: string;
  ename?: string;
  evalue?: string;
  traceback?: string[];
  data?: Record<string, string>;
  transient?: { display_id?: string };
}

export interface CellRun {
  reply: { status: string; ename?: string; evalue?: string; execution_count?: number };
  outputs: Output[];
}

export interface KernelRun {
  runs: CellRun[];
  info: { status: string; language_info: { name: string } };
  exitCode: number;
  alive: boolean;
}

/** Runs cells in a kernel of their own, one after the other or, `together`, sent all at once. */
export async function runCells(
  cells: string[],
  options: {
    folder: string;
    stopOnError?: boolean;
    together?: boolean;
    interruptAfter?: number;
    jupyterPath?: string;
  },
): Promise<KernelRun> {
  const script = join(import.meta.dirname, "run_cells.py");
  const input = JSON.stringify({ cells, ...options });
  const { code, stdout, stderr } = await runPython([script], { ...options, input });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as KernelRun;
}

/** Runs the Python of `.venv`, or another one, with this package's kernel in sight. */
export function runPython(
  args: string[],
  options: { input?: string; python?: string; jupyterPath?: string } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const JUPYTER_PATH = options.jupyterPath ?? join(root, "share/jupyter");
  const env = { ...process.env, JUPYTER_PATH };
  const child = spawn(options.python ?? python, args, { env });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    said.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said.stderr += chunk;
  });
  child.stdin.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...said }));
  });
}

/** Makes a folder far from this package that holds `files`; the second of the pair removes it. */
export function temporaryFolder(files: Record<string, string>): [string, () => void] {
  const folder = mkdtempSync(join(tmpdir(), "cakelab-cells-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return [folder, () => rmSync(folder, { recursive: true, force: true })];
}
