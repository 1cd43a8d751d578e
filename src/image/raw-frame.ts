import type { Image } from "../array.js";
import { FileFormatError } from "../errors.js";
import { bytesPerSample, type SampleType, samplesFromBytes } from "../samples.js";
import type { FileSource } from "./file-source.js";
import { crop, type Region } from "./region.js";

/** Samples that lie in a file as they are, row by row without a gap. */
export interface RawFrame {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  readonly dtype: SampleType;
  readonly littleEndian: boolean;
}

/**
 * Reads a frame, or of a region its rows only: a small part of a large frame costs little.
 *
 * @throws FileFormatError for a file that ends early, or 64-bit integers beyond 32 bits; the
 * signal's reason.
 */
export async function readRawFrame(
  source: FileSource,
  { offset, rows, columns, dtype, littleEndian }: RawFrame,
  { region, signal }: { region?: Region | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Image> {
  signal?.throwIfAborted();
  const rowBytes = columns * bytesPerSample(dtype);
  const first = region?.row ?? 0;
  const height = region?.rows ?? rows;
  const bytes = await source.read(offset + first * rowBytes, height * rowBytes);
  signal?.throwIfAborted();
  try {
    const data = samplesFromBytes(bytes, dtype, littleEndian);
    const image: Image = { data, shape: [height, columns] };
    return region === undefined ? image : crop(image, { ...region, row: 0 });
  } catch (error) {
    if (error instanceof RangeError) throw new FileFormatError(source.name, error.message);
    throw error;
  }
}
