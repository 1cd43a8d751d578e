import { FileAccessError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { suggest } from "../suggest.js";

/** The error for a file that is not there, with the names in its folder that are most like it. */
export async function missingFile(path: string, cause?: unknown): Promise<FileAccessError> {
  const { dirname, basename } = nodeModule("node:path");
  const folder = dirname(path);
  let names: string[];
  try {
    names = await nodeModule("node:fs/promises").readdir(folder);
  } catch {
    return new FileAccessError(path, `there is no such file, and no folder ${folder}`, { cause });
  }
  // A folder may hold a scan of a million files; the first of them suffice for a hint.
  const near = suggest(basename(path), names.slice(0, 10_000));
  const hint = near.length > 0 ? `did you mean ${near.join(" or ")}?` : "check the path";
  return new FileAccessError(path, `there is no such file in ${folder}; ${hint}`, { cause });
}
