import type { FileSource } from "../../image/file-source.js";
import { bytesPerSample } from "../../samples.js";
import type { Hdf5Dataset } from "../dataset.js";
import { type ChunkIndex, chunkIndex } from "./chunk-index.js";
import { NothingWritten, NotUnderstood } from "./fields.js";
import { storageOf } from "./storage.js";

/**
 * Whether the frame at a place in the dimensions before the last two has been written; `undefined` where
 * nobody can tell.
 */
export type WrittenFrames = (place: readonly number[]) => Promise<boolean | undefined>;

/**
 * Tells which frames of a dataset are in its file: those whose chunks are. Where several frames share a
 * chunk, it is known to be full when the next one along the first dimension has been begun; of data in
 * one piece nothing is known.
 *
 * @param source the dataset's file
 */
export async function writtenFrames(
  dataset: Hdf5Dataset,
  source: FileSource,
): Promise<WrittenFrames> {
  const { shape, chunks, dtype } = dataset;
  const unknown = async (): Promise<undefined> => undefined;
  if (dataset.sources !== undefined || chunks === undefined || shape.length < 3) return unknown;
  let find: ChunkIndex;
  try {
    const storage = await storageOf(dataset, source);
    if (storage.kind === "contiguous") return unknown;
    const chunkBytes = chunks.reduce((all, n) => all * n, bytesPerSample(dtype));
    const isFiltered = dataset.filters.length > 0;
    const { maxShape } = dataset;
    find = await chunkIndex(source, storage, { shape, maxShape, chunks, chunkBytes, isFiltered });
  } catch (error) {
    if (error instanceof NothingWritten) return async () => false;
    if (error instanceof NotUnderstood) return unknown;
    throw error;
  }
  const isThere = async (offset: readonly number[]): Promise<boolean> => {
    const chunk = await find(offset);
    return chunk !== undefined && chunk.address + chunk.bytes <= source.size;
  };
  const [rows, columns] = shape.slice(-2) as [number, number];
  const [chunkRows, chunkColumns] = chunks.slice(-2) as [number, number];
  const isShared = chunks.slice(0, -2).some((n) => n > 1);

  return async (place) => {
    const first = place.map((value, i) => value - (value % chunks[i]!));
    try {
      for (let row = 0; row < rows; row += chunkRows) {
        for (let column = 0; column < columns; column += chunkColumns) {
          if (!(await isThere([...first, row, column]))) return false;
        }
      }
      if (!isShared) return true;
      const [at, ...others] = first as [number, ...number[]];
      const next = at + chunks[0]!;
      if (next >= shape[0]!) return undefined;
      return (await isThere([next, ...others, 0, 0])) ? true : undefined;
    } catch (error) {
      if (error instanceof NotUnderstood) return undefined;
      throw error;
    }
  };
}
