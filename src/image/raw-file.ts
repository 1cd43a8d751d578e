import { FileFormatError } from "../errors.js";
import { bytesPerSample } from "../samples.js";
import type { FileSource } from "./file-source.js";
import type { ImageFile } from "./format.js";
import { frameBytes } from "./limits.js";
import { type RawFrame, readRawFrame } from "./raw-frame.js";

/** Frames of one shape that follow one another in a file; `offset` is that of the first one. */
export interface RawFile extends RawFrame {
  readonly frames: number;
  readonly header: Readonly<Record<string, string>>;
}

/**
 * An image file whose frames lie in it as they are.
 *
 * @throws FileFormatError where the file is too short for what it says it holds.
 */
export function rawImageFile(source: FileSource, file: RawFile): ImageFile {
  const { offset, rows, columns, dtype, frames, header } = file;
  const bytes = frameBytes(source.name, rows, columns, bytesPerSample(dtype));
  const missing = offset + frames * bytes - source.size;
  if (missing > 0) {
    throw new FileFormatError(
      source.name,
      `${missing} bytes are missing at its end for ${frames} frames of ${rows} × ${columns} pixels; it is truncated or still being written`,
    );
  }
  const at = (frame: number): RawFrame => ({ ...file, offset: offset + frame * bytes });
  return {
    frames,
    shape: [rows, columns],
    dtype,
    compression: "none",
    header,
    async read(frame, options) {
      return { ...(await readRawFrame(source, at(frame), options)), header: { ...header } };
    },
    async readRegion(frame, region, options) {
      const image = await readRawFrame(source, at(frame), { ...options, region });
      return { ...image, header: { ...header } };
    },
  };
}
