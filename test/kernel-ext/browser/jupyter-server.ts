import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { python, root } from "../run-cells.js";

/** The applications that show notebooks. */
export type Application = "lab" | "notebook";

const MODULES: Record<Application, [module: string, package_: string]> = {
  lab: ["jupyterlab", "jupyterlab"],
  notebook: ["notebook", "notebook"],
};

/** Whether an application is installed in `.venv`. */
export function hasApplication(application: Application): boolean {
  const lib = join(python, "../../lib");
  if (!existsSync(lib)) return false;
  const [, name] = MODULES[application];
  return [...Array(10).keys()].some((i) =>
    existsSync(join(lib, `python3.${10 + i}`, "site-packages", name)),
  );
}

/** A server of notebooks in a folder; both end together. */
export interface JupyterServer {
  /** With a slash at its end. */
  url: string;
  stop(): Promise<void>;
}

/** Starts an application with this package's kernel, and settings of nobody. */
export async function startJupyter(
  application: Application,
  folder: string,
): Promise<JupyterServer> {
  const home = join(folder, ".home");
  mkdirSync(home, { recursive: true });
  const [module] = MODULES[application];
  const expose = application === "lab" ? "LabApp" : "JupyterNotebookApp";
  const options = [
    "--no-browser",
    "--allow-root",
    "--ServerApp.port=0",
    "--IdentityProvider.token=",
    "--ServerApp.disable_check_xsrf=True",
    `--ServerApp.root_dir=${folder}`,
    `--${expose}.expose_app_in_browser=True`,
    "--LabApp.news_url=None",
  ];
  const env = {
    ...process.env,
    HOME: home,
    JUPYTER_CONFIG_DIR: join(home, "config"),
    JUPYTER_DATA_DIR: join(home, "data"),
    JUPYTER_RUNTIME_DIR: join(home, "runtime"),
    JUPYTER_PATH: join(root, "share/jupyter"),
  };
  const server = spawn(python, ["-m", module, ...options], { cwd: folder, env });
  const url = await urlOf(server);
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => server.once("close", resolve));
    server.kill("SIGINT");
    server.kill("SIGTERM");
    await ended;
  };
  return { url, stop };
}

function urlOf(server: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.on("close", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    server.stderr!.on("data", (chunk) => {
      said += chunk;
      const found = /(http:\/\/(?:localhost|127\.0\.0\.1):\d+\/)/.exec(said);
      if (found !== null) resolve(found[1]!);
    });
  });
}

/** Writes a notebook of code cells for this package's kernel. */
export function writeNotebook(path: string, cells: readonly string[]): void {
  const kernelspec = {
    display_name: "TypeScript (CakeLab)",
    language: "typescript",
    name: "cakelab",
  };
  const code = cells.map((source, i) => ({
    cell_type: "code",
    id: `cell-${i}`,
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  }));
  const notebook = { cells: code, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(path, JSON.stringify(notebook));
}
