import type { Image } from "../array.js";
import { isCakelabError, OptionError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { addressIn, parseAddress } from "../image/address.js";
import { type OpenImageOptions, openImage } from "../image/open-image.js";

/**
 * Reads frames of a series by their index: the files are opened as far as it is needed to know how many
 * frames each has, and one that cannot be counts as one.
 *
 * @param folder where a file is looked for that is not at its path any more
 */
export function frameReader(
  files: readonly string[],
  options: OpenImageOptions,
  folder?: string,
): (index: number) => Promise<Image> {
  const counts: number[] = [];
  return async (index) => {
    let left = index;
    for (const [i, listed] of files.entries()) {
      const path = moved(listed, folder);
      counts[i] ??= await frameCount(path, options);
      if (left >= counts[i]) {
        left -= counts[i];
        continue;
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
