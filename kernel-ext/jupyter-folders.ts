import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { UsageError } from "../src/cli/command.js";

/** The data folder of Jupyter in a prefix, such as a Python environment. */
export function prefixDataFolder(prefix: string): string {
  return join(prefix, "share", "jupyter");
}

/** The user's own data folder of Jupyter, by the rules of `jupyter_core`. */
export function userDataFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32" && env.APPDATA) return join(env.APPDATA, "jupyter");
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}

/** The data folder of Jupyter in the environment of the Python that comes first on the PATH. */
export async function pythonDataFolder(): Promise<string> {
  for (const command of ["python3", "python"]) {
    try {
      const { stdout } = await promisify(execFile)(command, [
        "-c",
        "import sys; print(sys.prefix)",
      ]);
      return prefixDataFolder(stdout.trim());
    } catch {
      // The next name may exist.
    }
  }
  throw new UsageError(
    "--sys-prefix: there is no Python on the PATH; activate the environment, or give --prefix DIR",
  );
}
