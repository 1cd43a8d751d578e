import { isCakelabError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { listFiles } from "../image/list-files.js";
import { naturalOrder } from "../image/natural-order.js";

/** Which files of folders are taken, and of all. */
export interface ScanFilter {
  /** What the names of a folder's files begin with. */
  readonly prefix: string;
  /** What the names of all files end with. */
  readonly extension: string;
}

/**
 * The files that paths, globs, folders and `file:` URLs mean, as diff_map filters them, in natural order.
 *
 * @throws FileAccessError for what means none
 */
export async function scanFiles(
  patterns: readonly string[],
  { prefix, extension }: ScanFilter,
): Promise<string[]> {
  const { stat, readdir } = nodeModule("node:fs/promises");
  const { basename, join } = nodeModule("node:path");
  const { fileURLToPath } = nodeModule("node:url");
  const found: string[] = [];
  for (const pattern of patterns) {
    const path = /^file:\/\//.test(pattern) ? fileURLToPath(pattern) : pattern;
    const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
    const listed =
      isFolder && extension !== ""
        ? (await readdir(path)).map((name) => join(path, name))
        : await filesOf(path, patterns.length > 1);
    found.push(
      ...listed.filter((file) => {
        const name = basename(file);
        return name.endsWith(extension) && (!isFolder || name.startsWith(prefix));
      }),
    );
  }
  return naturalOrder(new Set(found));
}

/** A file that is named among others and is not there keeps its place in the scan. */
async function filesOf(pattern: string, isOneOfSeveral: boolean): Promise<string[]> {
  try {
    return await listFiles(pattern);
  } catch (error) {
    const isPath = !/[*?[\]{}()]/.test(pattern);
    if (isCakelabError(error, "file-access") && isOneOfSeveral && isPath) return [pattern];
    throw error;
  }
}
