import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Command } from "../src/cli/command.js";
import { EngineError } from "../src/errors.js";
import { shareFolder } from "./kernelspec.js";
import { packageRoot } from "./own-package.js";

const HELP = `usage: cakelab lab [ARGS of jupyter lab]

Open JupyterLab with the kernel "TypeScript (CakeLab)".

JupyterLab is the one that npm start has put into this package's .venv, or else the one on the PATH.
`;

/** `cakelab lab`: runs JupyterLab until it ends; its exit code is the command's. */
export const labCommand: Command = {
  name: "lab",
  summary: 'Open JupyterLab with the kernel "TypeScript (CakeLab)"',
  async run(argv, io) {
    if (argv.length === 1 && /^(-h|--help)$/.test(argv[0] ?? "")) {
      io.stdout.write(HELP);
      return 0;
    }
    const paths = [shareFolder, io.env.JUPYTER_PATH].filter(Boolean);
    return runLab(argv, { ...io.env, JUPYTER_PATH: paths.join(delimiter) });
  },
};

async function runLab(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const inside = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const python = join(packageRoot, ".venv", ...inside);
  const own = existsSync(python);
  const [command, first] = own ? [python, ["-m", "jupyterlab"]] : ["jupyter", ["lab"]];
  return new Promise<number>((resolve, reject) => {
    const lab = spawn(command, [...first, ...args], { env, stdio: "inherit" });
    lab.on("error", (cause) => {
      const remedy =
        "pip install jupyterlab jupyterlab_widgets, or npm start in a clone of CakeLab";
      reject(new EngineError("JupyterLab", `${cause.message}; ${remedy}`, { cause }));
    });
    lab.on("close", (code) => resolve(code ?? 1));
  });
}
