import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { OptionError } from "../src/errors.js";
import { prefixDataFolder, pythonDataFolder, userDataFolder } from "./jupyter-folders.js";
import { kernelspecFolder, writeKernelspec } from "./kernelspec.js";

export const kernelHelp = `usage: cakelab kernel install|uninstall [--user | --sys-prefix | --prefix DIR]

Makes the kernel "TypeScript (CakeLab)" known to Jupyter, or unknown again.

  --user        for this user; the default
  --sys-prefix  in the environment of the Python on the PATH (venv, conda)
  --prefix DIR  in DIR/share/jupyter
`;

/**
 * `cakelab kernel …`: installs or removes the kernelspec.
 *
 * @returns one line that says what was done.
 * @throws {OptionError} for arguments other than those of the help text.
 */
export async function kernelCommand(args: readonly string[]): Promise<string> {
  const { values, positionals } = parse(args);
  const chosen = [values.user, values["sys-prefix"], values.prefix].filter(Boolean);
  if (chosen.length > 1) {
    throw new OptionError("--prefix", args, "give one of --user, --sys-prefix and --prefix");
  }
  const jupyter = values.prefix
    ? prefixDataFolder(resolve(values.prefix))
    : values["sys-prefix"]
      ? await pythonDataFolder()
      : userDataFolder();
  const action = positionals.length === 1 ? positionals[0] : undefined;
  if (action === "install") return `installed ${await writeKernelspec(jupyter, "absolute")}`;
  if (action === "uninstall") return uninstall(kernelspecFolder(jupyter));
  throw new OptionError("kernel", positionals.join(" "), "say install or uninstall");
}

async function uninstall(folder: string): Promise<string> {
  if (!existsSync(folder)) return `${folder} is not there; nothing to remove`;
  await rm(folder, { recursive: true });
  return `removed ${folder}`;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        user: { type: "boolean" },
        "sys-prefix": { type: "boolean" },
        prefix: { type: "string" },
      },
    });
  } catch (cause) {
    throw new OptionError("kernel", args, (cause as Error).message, { cause });
  }
}
