import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { EngineError } from "../src/errors.js";
import { shareFolder } from "./kernelspec.js";
import { packageRoot } from "./own-package.js";

export const labHelp = `usage: cakelab lab [ARGS of jupyter lab]

Opens JupyterLab with the kernel "TypeScript (CakeLab)". JupyterLab is the one that npm start has
made in this package's .venv, or else the one on the PATH.
`;

/**
 * `cakelab lab …`: runs JupyterLab until it ends.
 *
 * @returns its exit code.
 * @throws {EngineError} if there is no JupyterLab.
 */
export function labCommand(args: readonly string[]): Promise<number> {
  const python = join(packageRoot, ".venv", "bin", "python");
  const [command, first] = existsSync(python)
    ? [python, ["-m", "jupyterlab"]]
    : ["jupyter", ["lab"]];
  const JUPYTER_PATH = [shareFolder, process.env.JUPYTER_PATH].filter(Boolean).join(delimiter);
  // The terminal sends its interrupt to both; JupyterLab asks before it ends, and this waits.
  const wait = (): void => undefined;
  process.on("SIGINT", wait);
  return new Promise<number>((resolve, reject) => {
    const env = { ...process.env, JUPYTER_PATH };
    const lab = spawn(command, [...first, ...args], { env, stdio: "inherit" });
    lab.on("error", (cause) => {
      const remedy =
        "pip install jupyterlab jupyterlab_widgets, or npm start in a clone of CakeLab";
      reject(new EngineError("JupyterLab", `${cause.message}; ${remedy}`, { cause }));
    });
    lab.on("close", (code) => resolve(code ?? 1));
  }).finally(() => process.off("SIGINT", wait));
}
