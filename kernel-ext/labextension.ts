import { existsSync } from "node:fs";
import { cp, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { shareFolder } from "./kernelspec.js";

/** Where the page's side of the views lies in a data folder of Jupyter. */
export function labextensionFolder(jupyter: string): string {
  return join(jupyter, "labextensions", "cakelab");
}

/**
 * Copies the page's side of the views into a data folder of Jupyter, replacing one that is there.
 *
 * @returns the folder written; undefined where this package has none, not being built.
 */
export async function copyLabextension(jupyter: string): Promise<string | undefined> {
  const source = labextensionFolder(shareFolder);
  const folder = labextensionFolder(jupyter);
  if (!existsSync(source)) return undefined;
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await cp(source, folder, { recursive: true });
  return folder;
}
