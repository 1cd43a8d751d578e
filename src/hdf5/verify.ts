import type { TypedArray } from "../array.js";
import { CakelabError, OutputError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { type Hdf5Dataset, openDataset, readSlice } from "./dataset.js";
import { Hdf5File } from "./hdf5-file.js";

/** A part of a dataset, and what was written there. */
export interface WrittenSlab {
  readonly path: string;
  readonly start: readonly number[];
  readonly count: readonly number[];
  readonly data: TypedArray;
}

/**
 * Reads back what was written: HDF5 buffers, and a full disk or a filter may fail when nobody asks.
 *
 * @param name what messages call the file
 * @throws OutputError where anything differs.
 */
export async function verifySlabs(
  path: string,
  name: string,
  slabs: readonly WrittenSlab[],
): Promise<void> {
  try {
    const file = await Hdf5File.open(path);
    try {
      const opened = new Map<string, Hdf5Dataset>();
      for (const { path: at, start, count, data } of slabs) {
        if (data.length === 0) continue;
        const dataset = opened.get(at) ?? openDataset(file, at);
        opened.set(at, dataset);
        if (!sameBytes(readSlice(dataset, start, count), data)) {
          throw new OutputError(name, `not written: ${at} reads back other than it was written`);
        }
      }
    } finally {
      file.close();
    }
  } catch (error) {
    if (!(error instanceof CakelabError) || error instanceof OutputError) throw error;
    throw new OutputError(name, `not written: it does not read back (${error.message})`, {
      cause: error,
    });
  }
}

function sameBytes(a: TypedArray, b: TypedArray): boolean {
  if (a.byteLength !== b.byteLength) return false;
  const bytes = (array: TypedArray): Uint8Array =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  return nodeModule("node:buffer").Buffer.compare(bytes(a), bytes(b)) === 0;
}
