import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The folder of this package, above `dist/`. */
export const packageRoot: string = fileURLToPath(new URL("../..", import.meta.url));

/** Where one entry of a package, such as `cakelab/simulate`, has its declarations and its code. */
export interface PackageEntry {
  types: string;
  url: string;
}

interface Manifest {
  name: string;
  exports: Record<string, string | { types: string; default: string }>;
}

/**
 * The entries of this package that a cell in `folder` gets from here: all of them, or none where
 * the notebook's own project brings another copy of the package, which then comes first.
 */
export function ownEntries(folder: string): Map<string, PackageEntry> {
  const manifest = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as Manifest;
  const entries = new Map<string, PackageEntry>();
  if (hasOtherCopy(folder, manifest.name)) return entries;
  for (const [subpath, target] of Object.entries(manifest.exports)) {
    if (typeof target === "string") continue;
    entries.set(join(manifest.name, subpath), {
      types: join(packageRoot, target.types),
      url: pathToFileURL(join(packageRoot, target.default)).href,
    });
  }
  return entries;
}

function hasOtherCopy(folder: string, name: string): boolean {
  try {
    const found = createRequire(join(folder, "cell.js")).resolve(`${name}/package.json`);
    return found !== join(packageRoot, "package.json");
  } catch {
    return false;
  }
}
