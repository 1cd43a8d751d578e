import { FileAccessError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { addressIn, parseAddress } from "./address.js";
import { imageFormats } from "./formats.js";
import { missingFile } from "./missing-file.js";
import { naturalOrder } from "./natural-order.js";

/**
 * The files that paths, globs and folders mean, in natural order (`a2` before `a10`), each once.
 * Of a folder, those are taken whose extension is that of an image format, without its subfolders.
 * Where a pattern finds Eiger's master file, the data files that it links to are not taken again.
 * A path that exists is taken as it is, even with `*`, `?` or `[` in it. What in an HDF5 file is meant
 * may follow: `scan_*.h5::/entry/data[3]`.
 *
 * @throws FileAccessError naming what matches nothing.
 * @example await listFiles(["data/pixium_*.tif", "more/"]);
 */
export async function listFiles(pathsOrGlobs: string | readonly string[]): Promise<string[]> {
  return naturalOrder(await findFiles(pathsOrGlobs));
}

/**
 * The same in any order: of a folder with many files, to sort them is most of the work.
 *
 * @throws FileAccessError
 */
export async function findFiles(pathsOrGlobs: string | readonly string[]): Promise<string[]> {
  const patterns = typeof pathsOrGlobs === "string" ? [pathsOrGlobs] : pathsOrGlobs;
  const found: string[] = [];
  for (const pattern of patterns) {
    const address = parseAddress(pattern);
    for (const path of await filesOf(address.path)) found.push(addressIn(path, address));
  }
  // One pattern finds no file twice.
  if (patterns.length === 1) return found;
  const { resolve } = nodeModule("node:path");
  const files = new Map<string, string>();
  for (const file of found) {
    const absolute = resolve(file);
    if (!files.has(absolute)) files.set(absolute, file);
  }
  return [...files.values()];
}

async function filesOf(pattern: string): Promise<string[]> {
  const { readdir, stat } = nodeModule("node:fs/promises");
  const { isAbsolute, join } = nodeModule("node:path");
  const status = await stat(pattern).catch(() => undefined);
  if (status?.isDirectory()) {
    const known = new Set(extensions());
    const names = withoutParts((await readdir(pattern)).filter((name) => isImageName(name, known)));
    if (names.length === 0) {
      throw new FileAccessError(
        pattern,
        `this folder holds no image (${extensions().join(", ")}); name other files with a glob`,
      );
    }
    return names.map((name) => join(pattern, name));
  }
  if (status !== undefined) return [pattern];

  const { glob, isDynamicPattern } = await globbing();
  if (!isDynamicPattern(pattern)) throw await missingFile(pattern);
  const matches = await glob(pattern, {
    absolute: isAbsolute(pattern),
    expandDirectories: false,
    onlyFiles: true,
  });
  if (matches.length === 0) throw new FileAccessError(pattern, "no file matches this pattern");
  return withoutParts(matches);
}

/** Leaves out the files of an Eiger series whose master file, which links to them, is there too. */
function withoutParts(names: readonly string[]): string[] {
  const all = new Set(names);
  return names.filter((name) => {
    const series = name.endsWith(".h5") ? /^(.*)_data_\d{6}\.h5$/s.exec(name)?.[1] : undefined;
    return series === undefined || !all.has(`${series}_master.h5`);
  });
}

/** Not a literal import: a bundler for browsers would follow it to Node's file system and fail. */
function globbing(): Promise<typeof import("tinyglobby")> {
  const name: string = "tinyglobby";
  return import(/* webpackIgnore: true */ /* @vite-ignore */ name);
}

function isImageName(name: string, known: ReadonlySet<string>): boolean {
  const lower = name.toLowerCase().replace(/\.(gz|bz2)$/, "");
  const last = lower.lastIndexOf(".");
  const isKnown = (dot: number): boolean => known.has(lower.slice(dot));
  // Of .zarr.zip, too.
  return (
    last > 0 &&
    !name.startsWith(".") &&
    (isKnown(last) || isKnown(lower.lastIndexOf(".", last - 1)))
  );
}

function extensions(): string[] {
  return imageFormats.flatMap((format) => format.extensions);
}
