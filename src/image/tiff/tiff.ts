import type { FileSource } from "../file-source.js";
import type { ImageFile, ImageFormat } from "../format.js";
import { checkRegion } from "../region.js";
import { decodePage } from "./decode.js";
import { readDirectories } from "./directory.js";
import { readHeader } from "./header.js";
import { readPage } from "./page.js";

/**
 * TIFF 6.0 and BigTIFF: grey images of 8, 16, 32 bits or float64, in strips or tiles, plain,
 * deflate, LZW, PackBits or zstd; each page is a frame. The files of Pilatus and Pixium detectors
 * and Dioptas' masks are such.
 *
 * The directories are walked here and not by geotiff, which follows a damaged pointer for ever and
 * decodes whatever size the data have.
 */
export const tiff: ImageFormat = {
  name: "TIFF",
  extensions: [".tif", ".tiff"],
  matches: (head) => magics.some((magic) => magic.every((byte, i) => head[i] === byte)),
  open: openTiff,
};

const magics: readonly (readonly number[])[] = [
  [0x49, 0x49, 42, 0],
  [0x4d, 0x4d, 0, 42],
  [0x49, 0x49, 43, 0],
  [0x4d, 0x4d, 0, 43],
];

async function openTiff(source: FileSource): Promise<ImageFile> {
  const directories = await readDirectories(source);
  const first = await readPage(source, directories[0]!);
  const header = await readHeader(source, directories[0]!);
  return {
    frames: directories.length,
    shape: [first.rows, first.columns],
    dtype: first.dtype,
    compression: first.codec.name,
    header,
    async read(frame, { signal } = {}) {
      const directory = directories[frame]!;
      const page = frame === 0 ? first : await readPage(source, directory);
      const image = await decodePage(source, page, { signal });
      return { ...image, header: frame === 0 ? header : await readHeader(source, directory) };
    },
    async readRegion(frame, region, { signal } = {}) {
      const directory = directories[frame]!;
      const page = frame === 0 ? first : await readPage(source, directory);
      checkRegion(region, [page.rows, page.columns]);
      const image = await decodePage(source, page, { signal, region });
      return { ...image, header: frame === 0 ? header : await readHeader(source, directory) };
    },
  };
}
