import { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import type { AttributeValue, Hdf5Compression } from "../../hdf5/write-types.js";
import { nextTurn } from "../../host/next-turn.js";
import type { FrameRecord, RecordedFrame } from "./frame-record.js";
import { newValues, valueBytes } from "./record-layout.js";

/** Where an array of the frames goes. */
export interface RecordDataset {
  readonly path: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** How a record becomes a file. */
export interface RecordOutput {
  /** Of the arrays that are wanted, by their names. */
  readonly datasets: Readonly<Record<string, RecordDataset>>;
  /** Writes what comes before the frames, such as the groups of the datasets. */
  readonly begin?: (writer: Hdf5Writer, frames: number) => void | Promise<void>;
  /** Writes what comes after them, such as their names. */
  readonly end?: (writer: Hdf5Writer, frames: readonly RecordedFrame[]) => void | Promise<void>;
  /** Default `"gzip"`. */
  readonly compression?: Hdf5Compression;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}

/** About the size of a chunk: quick to unpack where one frame is wanted. */
const CHUNK_BYTES = 2 ** 16;
/** The most that is kept until it is written and compared. */
const MOST_BYTES = 2 ** 25;

/**
 * Writes what a record has so far as HDF5, whole or not at all: each array as a dataset of frames in the
 * order in which they came, chunked and packed. Arrays whose number of rows differs are filled with NaN.
 * Memory does not grow with the number of frames, apart from their names.
 *
 * @throws OutputError; what was at the path is then untouched. The signal's reason.
 */
export async function writeRecord(
  path: string,
  record: FrameRecord,
  { datasets, begin, end, compression = "gzip", onProgress, signal }: RecordOutput,
): Promise<void> {
  const { frames } = record;
  const total = frames * Object.keys(datasets).length;
  let done = 0;
  const writer = await Hdf5Writer.create(path);
  try {
    await begin?.(writer, frames);
    for (const [name, { path: at, attributes = {} }] of Object.entries(datasets)) {
      const like = record.layout[name]!;
      const [first, ...others] = like.shape;
      const rows = first === "varies" ? record.mostRows(name, frames) : first;
      const shape = rows === undefined ? [] : [rows, ...others];
      const size = shape.reduce((all, n) => all * n, 1);
      if (size === 0) {
        // A chunk has no size of 0.
        writer.dataset(at, newValues(like, 0), { shape: [frames, ...shape], attributes });
        continue;
      }
      const bytes = size * valueBytes(like);
      const together = Math.max(1, Math.min(frames, Math.floor(CHUNK_BYTES / bytes)));
      writer.dataset(at, newValues(like, 0), {
        shape: [0, ...shape],
        chunks: [together, ...shape],
        isExtendable: true,
        compression,
        attributes,
      });
      writer.resize(at, [frames, ...shape]);
      let unflushed = 0;
      for (let start = 0; start < frames; start += together) {
        signal?.throwIfAborted();
        const count = Math.min(together, frames - start);
        const block = newValues(like, count * size);
        if (first === "varies") block.fill(Number.NaN);
        for (let i = 0; i < count; i++) block.set(record.values(start + i, name), i * size);
        writer.write(at, block, [start, ...shape.map(() => 0)], [count, ...shape]);
        done += count;
        onProgress?.({ done, total });
        unflushed += block.byteLength;
        if (unflushed > MOST_BYTES) {
          await writer.flush();
          unflushed = 0;
        } else await nextTurn();
      }
      await writer.flush();
    }
    await end?.(
      writer,
      Array.from({ length: frames }, (_, index) => record.frame(index)),
    );
    await writer.commit();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** Writes number, time and source of each frame into a group, which is there already. */
export function writeFrameList(
  writer: Hdf5Writer,
  group: string,
  frames: readonly RecordedFrame[],
): void {
  const shape = [frames.length];
  const numbers = frames.map(({ number }) => number);
  const isSmall = numbers.every((number) => Math.abs(number) < 2 ** 31);
  const data = isSmall ? Int32Array.from(numbers) : Float64Array.from(numbers);
  writer.dataset(`${group}/number`, data, { shape });
  const times = Float64Array.from(frames, ({ timestamp }) => timestamp);
  writer.dataset(`${group}/timestamp`, times, {
    shape,
    attributes: { units: "s", long_name: "seconds since 1970-01-01T00:00:00Z" },
  });
  writer.texts(
    `${group}/source`,
    frames.map(({ source }) => source),
  );
}
