import { FileFormatError } from "../errors.js";

/**
 * The largest decoded frame: 16384 × 16384 float32, fourteen times a 16-megapixel detector.
 * A header that asks for more is taken for damage before it costs memory.
 */
const maxFrameBytes = 2 ** 30;

/**
 * Bytes of a decoded frame.
 *
 * @throws FileFormatError for a shape that is empty or beyond what any detector records.
 */
export function frameBytes(
  path: string,
  rows: number,
  columns: number,
  bytesPerSample: number,
): number {
  if (!(rows > 0 && columns > 0)) {
    throw new FileFormatError(
      path,
      `its header says ${rows} × ${columns} pixels, which is no image`,
    );
  }
  const bytes = rows * columns * bytesPerSample;
  if (bytes > maxFrameBytes) {
    throw new FileFormatError(
      path,
      `its header says ${rows} × ${columns} pixels of ${bytesPerSample} bytes, beyond the limit of ${maxFrameBytes} bytes a frame; it is damaged, or to be cut into smaller images`,
    );
  }
  return bytes;
}
