import { CakelabError, FileFormatError } from "../../errors.js";
import type { FileSource } from "../file-source.js";
import type { ImageFile, ImageFormat } from "../format.js";
import { readBrukerHeader } from "./header.js";
import { dtypeOf86, readPixels86 } from "./pixels-86.js";
import { readPixels100 } from "./pixels-100.js";

/** Bruker's frames (`.sfrm`), formats 86 and 100, with their tables of overflows. */
export const bruker: ImageFormat = {
  name: "Bruker",
  extensions: [".sfrm", ".gfrm"],
  matches: (head) => /^FORMAT\s*:\s*\d/.test(String.fromCharCode(...head.subarray(0, 40))),
  open: openBruker,
};

async function openBruker(source: FileSource): Promise<ImageFile> {
  const header = await readBrukerHeader(source);
  const { version, rows, columns, entries, dataOffset, numbers } = header;
  const missing = dataOffset + rows * columns * numbers("NPIXELB")[0]! - source.size;
  if (missing > 0) {
    throw new FileFormatError(
      source.name,
      `${missing} bytes are missing at its end; it is truncated or still being written`,
    );
  }
  return {
    frames: 1,
    shape: [rows, columns],
    dtype: version === 100 ? "int32" : dtypeOf86(header),
    compression: "overflow tables",
    header: entries,
    async read(_frame, { signal } = {}) {
      signal?.throwIfAborted();
      try {
        const data = await (version === 100 ? readPixels100 : readPixels86)(source, header);
        return { data, shape: [rows, columns], header: { ...entries } };
      } catch (error) {
        if (error instanceof CakelabError) throw error;
        throw new FileFormatError(source.name, (error as Error).message, { cause: error });
      }
    },
  };
}
