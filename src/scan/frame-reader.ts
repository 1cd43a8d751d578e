import type { Image } from "../array.js";
import { isCakelabError, OptionError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { addressIn, parseAddress } from "../image/address.js";
import { type OpenImageOptions, openImage } from "../image/open-image.js";
import type { Journal } from "./journal.js";

/** Where a scan's images are looked for. */
export interface FrameReaderOptions extends OpenImageOptions {
  /** Folder of the files that are not at their paths any more. */
  readonly folder?: string;
}

/**
 * Reads frames of a series by their index. From the last file whose first frame is known, files are
 * opened to know how many frames each has; one that cannot be counts as one.
 *
 * @param firsts index of the first frame of each file, −1 where it is not known
 */
export function frameReader(
  files: readonly string[],
  firsts: Int32Array,
  { folder, ...options }: FrameReaderOptions,
): (index: number) => Promise<Image> {
  const counts: number[] = [];
  return async (index) => {
    const known = firsts.findLastIndex((first) => first >= 0 && first <= index);
    let left = known < 0 ? index : index - firsts[known]!;
    for (let i = Math.max(known, 0); i < files.length; i++) {
      const path = moved(files[i]!, folder);
      // The next file begins after it, so that it is here whether or not this one can be opened.
      const isHere = (firsts[i + 1] ?? -1) > index;
      if (!isHere) {
        counts[i] ??= await frameCount(path, options);
        if (left >= counts[i]!) {
          left -= counts[i]!;
          continue;
        }
      }
      const file = await openImage(path, options);
      try {
        return await file.read(left);
      } finally {
        await file.close();
      }
    }
    throw new OptionError("index", index, `frame ${index} is not in the ${files.length} files`);
  };
}

/** Of files of which no frame was read yet. */
export function unknownFirsts(files: readonly string[]): Int32Array {
  return new Int32Array(files.length).fill(-1);
}

/** The first frames of the files that the patterns of a journal came from. */
export function firstsOf(journal: Journal, files: readonly string[]): Int32Array {
  const firsts = unknownFirsts(files);
  for (const point of journal.points()) {
    const { file, frame, index } = journal.recordOf(point)!;
    firsts[file] = index - frame;
  }
  return firsts;
}

async function frameCount(path: string, options: OpenImageOptions): Promise<number> {
  try {
    const file = await openImage(path, options);
    await file.close();
    return file.frames;
  } catch (error) {
    if (isCakelabError(error)) return 1;
    throw error;
  }
}

/** The same file beside the scan's, where the folder was moved. */
function moved(listed: string, folder: string | undefined): string {
  const { existsSync } = nodeModule("node:fs");
  const { basename, join } = nodeModule("node:path");
  const address = parseAddress(listed);
  if (folder === undefined || existsSync(address.path)) return listed;
  const beside = join(folder, basename(address.path));
  return existsSync(beside) ? addressIn(beside, address) : listed;
}
