import { FileFormatError } from "../errors.js";
import type { FileSource } from "./file-source.js";
import type { ImageFile, ImageFormat } from "./format.js";
import { frameBytes } from "./limits.js";

/**
 * Fit2D's mask (`.msk`): one bit a pixel, 1 = masked, rows filled up to 32 bits. Read as uint8 of 0
 * and 1, rows in the order of the file as FabIO has them.
 */
export const fit2dMask: ImageFormat = {
  name: "Fit2D mask",
  // A mask that lies beside the images of a folder is none of them.
  extensions: [],
  matches: (head) => magic.every((byte, i) => head[4 * i] === byte && head[4 * i + 1] === 0),
  open: openMask,
};

/** `MASK`, each letter in 32 bits. */
const magic = [0x4d, 0x41, 0x53, 0x4b];
const headerBytes = 1024;

async function openMask(source: FileSource): Promise<ImageFile> {
  const head = await source.read(0, Math.min(headerBytes, source.size));
  if (head.length < headerBytes) throw new FileFormatError(source.name, "its header is cut off");
  const view = new DataView(head.buffer, head.byteOffset);
  const columns = view.getInt32(16, true);
  const rows = view.getInt32(20, true);
  frameBytes(source.name, rows, columns, 1);
  const rowBytes = 4 * Math.ceil(columns / 32);
  const missing = headerBytes + rows * rowBytes - source.size;
  if (missing > 0) {
    throw new FileFormatError(
      source.name,
      `${missing} bytes are missing at its end; it is truncated or still being written`,
    );
  }
  return {
    frames: 1,
    shape: [rows, columns],
    dtype: "uint8",
    compression: "bits",
    header: {},
    async read(_frame, { signal } = {}) {
      signal?.throwIfAborted();
      const bits = await source.read(headerBytes, rows * rowBytes);
      signal?.throwIfAborted();
      const data = new Uint8Array(rows * columns);
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const byte = bits[row * rowBytes + (column >> 3)]!;
          data[row * columns + column] = (byte >> (column & 7)) & 1;
        }
      }
      return { data, shape: [rows, columns], header: {} };
    },
  };
}
