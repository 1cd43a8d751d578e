import { FileFormatError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { writeAtomic } from "../../host/write-atomic.js";

/** What a viewer asks to be fitted. */
export interface PeakUpdate {
  /** In the place of the peaks that there are, or beside them. */
  readonly mode: "replace" | "append";
  /** In pixels. */
  readonly radii: readonly number[];
}

/**
 * Takes `peak_update.txt`, by which MIDAS' live viewer asks for peaks, out of a folder.
 *
 * @returns `undefined` where there is none
 * @throws FileFormatError for one that is none; it is taken away, too.
 */
export async function takePeakUpdate(folder: string): Promise<PeakUpdate | undefined> {
  const { existsSync } = nodeModule("node:fs");
  const path = nodeModule("node:path").join(folder, "peak_update.txt");
  // Asked before every frame.
  if (!existsSync(path)) return undefined;
  const { readFile, rm } = nodeModule("node:fs/promises");
  const text = await readFile(path, "utf8").catch(() => undefined);
  await rm(path, { force: true });
  return text === undefined ? undefined : parsePeakUpdate(text, path);
}

function parsePeakUpdate(text: string, path: string): PeakUpdate {
  const [first = "", ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const mode = /^mode\s+(replace|append)\s*$/.exec(first)?.[1];
  if (mode === undefined) {
    const expected = `"mode replace" or "mode append"`;
    throw new FileFormatError(path, `begins with "${first}"; its first line is to be ${expected}`);
  }
  const radii = lines.map((line) => {
    const radius = Number(line);
    if (radius > 0) return radius;
    throw new FileFormatError(path, `"${line}" is no radius in pixels; give one in each line`);
  });
  return { mode: mode as PeakUpdate["mode"], radii };
}

/** Writes `active_peaks.txt`, by which the live viewer learns what is fitted. @throws OutputError */
export function writeActivePeaks(folder: string, radii: readonly number[]): Promise<void> {
  const path = nodeModule("node:path").join(folder, "active_peaks.txt");
  return writeAtomic(path, radii.map((radius) => `${radius.toFixed(6)}\n`).join(""));
}
