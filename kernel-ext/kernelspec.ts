import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { packageRoot } from "./own-package.js";

/** The name under which notebooks ask for the kernel. */
const KERNEL_NAME = "cakelab";

const KERNEL = join(packageRoot, "dist", "kernel-ext", "kernel.js");

/** The data folder of Jupyter inside this package, for `JUPYTER_PATH`. */
export const shareFolder: string = join(packageRoot, "share", "jupyter");

/** How a kernelspec finds Node and the kernel's code. */
export type Binding =
  /** Relative to the kernelspec's own folder, which stays inside the package. */
  | "relocatable"
  /** The Node that runs now and this package where it is now. */
  | "absolute";

/**
 * Writes the kernelspec into `<jupyter>/kernels/cakelab`, replacing one that is there.
 *
 * @param jupyter a data folder of Jupyter, such as `<prefix>/share/jupyter`.
 * @returns the folder written.
 */
export async function writeKernelspec(jupyter: string, binding: Binding): Promise<string> {
  const folder = kernelspecFolder(jupyter);
  const [node, kernel] =
    binding === "absolute"
      ? [process.execPath, KERNEL]
      : ["node", `{resource_dir}/${relative(folder, KERNEL)}`];
  const spec = {
    // Loading a module by `import()` from a cell makes Node 20 warn; a cell is no place for that.
    argv: [node, "--disable-warning=ExperimentalWarning", kernel, "{connection_file}"],
    display_name: "TypeScript (CakeLab)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false, supported_encryption: "curve" },
  };
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
  await copyFile(join(packageRoot, "kernel-ext", "logo-svg.svg"), join(folder, "logo-svg.svg"));
  return folder;
}

/** Where the kernelspec lies in a data folder of Jupyter. */
export function kernelspecFolder(jupyter: string): string {
  return join(jupyter, "kernels", KERNEL_NAME);
}
