import type { TypedArray } from "../../array.js";
import { FileFormatError } from "../../errors.js";
import { uninitializedBytes } from "../../host/uninitialized.js";
import type { FileSource } from "../../image/file-source.js";
import { bytesPerSample, samplesFromBytes } from "../../samples.js";
import type { Hdf5Dataset } from "../dataset.js";
import { decodePacked } from "../lz4/decode-pool.js";
import { type ChunkIndex, chunkIndex, type RawChunk } from "./chunk-index.js";
import { NotUnderstood } from "./fields.js";
import { storageOf } from "./storage.js";

/**
 * Reads a frame, the last two dimensions at `place` in those before; `undefined` where HDF5's
 * library has to. `isRecycled` as of `decodePacked`.
 */
export type RawReader = (
  place: readonly number[],
  isRecycled?: boolean,
) => Promise<TypedArray | undefined>;

/** Reads and decodes what lies in the file: `undefined` for other filters than are decoded here. */
type Decode = (chunk: RawChunk, source: FileSource, isRecycled: boolean) => Promise<Uint8Array>;

/**
 * A way past HDF5's library for what detectors write: frames in plain, bitshuffle-LZ4 or LZ4 chunks,
 * or in one piece, are read where they lie and decoded in worker threads, several at a time.
 * Everything else is left to the library, and so is the judgement of what seems damaged.
 *
 * @param source the dataset's file
 * @returns `undefined` where the dataset is not stored like that.
 */
export async function rawReader(
  dataset: Hdf5Dataset,
  source: FileSource,
): Promise<RawReader | undefined> {
  try {
    return await understood(dataset, source);
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

async function understood(
  dataset: Hdf5Dataset,
  source: FileSource,
): Promise<RawReader | undefined> {
  const { shape, dtype, littleEndian, chunks, file } = dataset;
  if (dataset.sources !== undefined || shape.length < 2) return undefined;
  const storage = await storageOf(dataset, source);
  const size = bytesPerSample(dtype);
  const [rows, columns] = shape.slice(-2) as [number, number];
  const samples = (bytes: Uint8Array): TypedArray => {
    try {
      return samplesFromBytes(bytes, dtype, littleEndian);
    } catch (error) {
      if (error instanceof RangeError) throw new FileFormatError(file.path, error.message);
      throw error;
    }
  };

  if (storage.kind === "contiguous") {
    const bytes = rows * columns * size;
    if (storage.bytes !== shape.reduce((all, n) => all * n, size)) return undefined;
    return async (place) => {
      const frame = place.reduce((at, value, i) => at * shape[i]! + value, 0);
      const address = storage.address + frame * bytes;
      if (address + bytes > source.size) return undefined;
      return samples(await source.read(address, bytes));
    };
  }
  const decode = decoderOf(dataset);
  if (chunks === undefined || decode === undefined) return undefined;
  const chunkBytes = chunks.reduce((all, n) => all * n, size);
  const isFiltered = dataset.filters.length > 0;
  const find = await chunkIndex(source, storage, {
    shape,
    maxShape: dataset.maxShape,
    chunks,
    chunkBytes,
    isFiltered,
  });
  if (chunksOfFrame(shape, chunks) > mostChunks) return undefined;
  const read = chunkReader(source, find, decode, chunkBytes);
  return async (place, isRecycled = false) => {
    try {
      return await assemble({ shape, chunks, size, place, isRecycled, read, samples });
    } catch (error) {
      if (error instanceof NotUnderstood) return undefined;
      throw error;
    }
  };
}

function decoderOf(dataset: Hdf5Dataset): Decode | undefined {
  const { filters, chunks, dtype, path } = dataset;
  const size = bytesPerSample(dtype);
  const bytes = (chunks ?? []).reduce((all, n) => all * n, size);
  const [filter, another] = filters;
  if (another !== undefined) return undefined;
  if (filter === undefined) {
    return ({ address, bytes: stored }, source) => {
      if (stored !== bytes) throw new NotUnderstood("a chunk of another size");
      return source.read(address, bytes);
    };
  }
  // Of bitshuffle's values, the third is the element's size and the fifth says LZ4.
  const isBitshuffle =
    filter.id === 32008 && filter.cd_values[2] === size && filter.cd_values[4] === 2;
  if (!isBitshuffle && filter.id !== 32004) return undefined;
  return async ({ address, bytes: stored }, source, isRecycled) => {
    const packed = (await source.read(address, stored)) as Uint8Array<ArrayBuffer>;
    try {
      return await decodePacked(packed, bytes, { shuffled: isBitshuffle ? size : 0 }, isRecycled);
    } catch (error) {
      if (!(error instanceof Error) || error.constructor !== Error) throw error;
      throw new FileFormatError(
        source.name,
        `a chunk of ${path} at byte ${address} ${error.message}; the file is damaged`,
      );
    }
  };
}

type ReadChunk = (
  offset: readonly number[],
  keep: number,
  isRecycled: boolean,
) => Promise<{ readonly bytes: Uint8Array; readonly isOwn: boolean }>;

/** Chunks that hold several frames are kept, up to this size: the next frame is asked for soon. */
const mostKeptBytes = 2 ** 28;

function chunkReader(
  source: FileSource,
  find: ChunkIndex,
  decode: Decode,
  chunkBytes: number,
): ReadChunk {
  const kept = new Map<number, Promise<Uint8Array>>();
  return async (offset, keep, isRecycled) => {
    const chunk = await find(offset);
    if (chunk === undefined) throw new NotUnderstood("a chunk that was never written");
    if (chunk.mask !== 0) throw new NotUnderstood("a chunk without its filters");
    if (chunk.address === 0 || chunk.address + chunk.bytes > source.size) {
      throw new NotUnderstood("a chunk outside the file");
    }
    if (keep === 0 || keep * chunkBytes > mostKeptBytes) {
      return { bytes: await decode(chunk, source, isRecycled), isOwn: true };
    }
    let bytes = kept.get(chunk.address);
    if (bytes === undefined) {
      bytes = decode(chunk, source, false);
      kept.set(chunk.address, bytes);
      if (kept.size > keep) kept.delete(kept.keys().next().value!);
    }
    return { bytes: await bytes, isOwn: false };
  };
}

interface Job {
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly size: number;
  readonly place: readonly number[];
  readonly isRecycled: boolean;
  readonly read: ReadChunk;
  readonly samples: (bytes: Uint8Array) => TypedArray;
}

/** Where chunks are this small, the library is faster. */
const mostChunks = 1024;

function chunksOfFrame(shape: readonly number[], chunks: readonly number[]): number {
  return shape.slice(-2).reduce((all, n, i) => all * Math.ceil(n / chunks.slice(-2)[i]!), 1);
}

/** A frame from the chunks that it lies in. */
async function assemble({
  shape,
  chunks,
  size,
  place,
  isRecycled,
  read,
  samples,
}: Job): Promise<TypedArray> {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const [chunkRows, chunkColumns] = chunks.slice(-2) as [number, number];
  const before = place.map((value, i) => value - (value % chunks[i]!));
  const inChunk = place.reduce((at, value, i) => at * chunks[i]! + (value % chunks[i]!), 0);
  // As many chunks as one frame lies in, if other frames lie in them too.
  const keep = chunks.slice(0, -2).some((n) => n > 1) ? chunksOfFrame(shape, chunks) : 0;
  const first = inChunk * chunkRows * chunkColumns * size;
  if (chunkRows === rows && chunkColumns === columns) {
    const { bytes, isOwn } = await read([...before, 0, 0], keep, isRecycled);
    const frame = bytes.subarray(first, first + rows * columns * size);
    return samples(isOwn ? frame : frame.slice());
  }
  const frame = uninitializedBytes(rows * columns * size);
  const parts: Promise<void>[] = [];
  for (let row = 0; row < rows; row += chunkRows) {
    for (let column = 0; column < columns; column += chunkColumns) {
      parts.push(
        read([...before, row, column], keep, false).then(({ bytes }) => {
          const width = Math.min(chunkColumns, columns - column) * size;
          for (let i = 0; i < Math.min(chunkRows, rows - row); i++) {
            const from = first + i * chunkColumns * size;
            frame.set(bytes.subarray(from, from + width), ((row + i) * columns + column) * size);
          }
        }),
      );
    }
  }
  await Promise.all(parts);
  return samples(frame);
}
