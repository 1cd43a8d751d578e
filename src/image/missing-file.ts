import { FileAccessError } from "../errors.js";
import { nodeModule } from "../host/node.js";

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
  const near = nearNames(basename(path), names);
  const hint = near.length > 0 ? `did you mean ${near.join(" or ")}?` : "check the path";
  return new FileAccessError(path, `there is no such file in ${folder}; ${hint}`, { cause });
}

/** Up to three names that a slip of the keyboard may have meant. */
function nearNames(name: string, names: readonly string[]): string[] {
  const limit = Math.max(1, Math.floor(name.length / 4));
  return names
    .filter((other) => Math.abs(other.length - name.length) <= limit)
    .slice(0, 10_000)
    .map((other) => ({ other, distance: editDistance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ other }) => other);
}

/** Levenshtein's distance: insertions, deletions and replacements from one word to the other. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
