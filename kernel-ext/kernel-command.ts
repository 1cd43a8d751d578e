import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { Arguments } from "../src/cli/arguments.js";
import { type Command, UsageError } from "../src/cli/command.js";
import { defineCommand } from "../src/cli/define-command.js";
import { prefixDataFolder, pythonDataFolder, userDataFolder } from "./jupyter-folders.js";
import { kernelspecFolder, writeKernelspec } from "./kernelspec.js";
import { copyLabextension, labextensionFolder } from "./labextension.js";

/** `cakelab kernel install|uninstall`: makes kernel and views known to the Jupyter of a user or prefix. */
export const kernelCommand: Command = defineCommand({
  name: "kernel",
  summary:
    'Make the kernel "TypeScript (CakeLab)" and the views known to Jupyter, or unknown again',
  usage: "install|uninstall [--user | --sys-prefix | --prefix DIR]",
  options: {
    user: { help: "for this user (the default)" },
    "sys-prefix": { help: "in the environment of the Python on the PATH (venv, conda)" },
    prefix: { value: "DIR", help: "in DIR/share/jupyter" },
  },
  notes: "The kernel stays where this package is: install it again when the package has moved.",
  async run(args, io) {
    const action = args.positionals.length === 1 ? args.positionals[0] : undefined;
    if (action !== "install" && action !== "uninstall") {
      throw new UsageError(`kernel ${args.positionals.join(" ")}: say install or uninstall`);
    }
    const jupyter = await chosenFolder(args);
    if (action === "install") {
      const folders = [
        await writeKernelspec(jupyter, "absolute"),
        await copyLabextension(jupyter),
      ].filter((folder) => folder !== undefined);
      for (const folder of folders) io.stdout.write(`installed ${folder}\n`);
    } else {
      for (const folder of [kernelspecFolder(jupyter), labextensionFolder(jupyter)]) {
        io.stdout.write(`${await uninstall(folder)}\n`);
      }
    }
    return 0;
  },
});

async function chosenFolder(args: Arguments): Promise<string> {
  const given = ["user", "sys-prefix", "prefix"].filter((name) => args.has(name));
  if (given.length > 1) {
    throw new UsageError(`--${given.join(" and --")} exclude each other; give one of them`);
  }
  const prefix = args.text("prefix");
  if (prefix !== undefined) return prefixDataFolder(resolve(prefix));
  return args.has("sys-prefix") ? pythonDataFolder() : userDataFolder();
}

async function uninstall(folder: string): Promise<string> {
  if (!existsSync(folder)) return `${folder} is not there; nothing to remove`;
  await rm(folder, { recursive: true });
  return `removed ${folder}`;
}
