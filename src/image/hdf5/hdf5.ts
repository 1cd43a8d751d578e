import type { TypedArray } from "../../array.js";
import { FileFormatError } from "../../errors.js";
import { type Hdf5Dataset, readSlice } from "../../hdf5/dataset.js";
import { diskFile } from "../../hdf5/disk-file.js";
import { Hdf5File } from "../../hdf5/hdf5-file.js";
import { type RawReader, rawReader } from "../../hdf5/raw/raw-reader.js";
import { type WrittenFrames, writtenFrames } from "../../hdf5/raw/written-frames.js";
import { bytesPerSample } from "../../samples.js";
import { type FileSource, openFileSource } from "../file-source.js";
import type { ImageFile, ImageFormat, OpenOptions } from "../format.js";
import { frameBytes } from "../limits.js";
import { compressionOf } from "./compression.js";
import { findFrames } from "./find-frames.js";
import { entryOf, headerValues } from "./header-values.js";
import { checkSources } from "./virtual-sources.js";

/**
 * HDF5 and NeXus: Eiger, Lambda, LimA, MIDAS' `exchange/data`, and whatever a `default` attribute
 * leads to. The last two dimensions of a dataset are rows and columns, those before count frames.
 *
 * @see https://manual.nexusformat.org/datarules.html
 */
export const hdf5: ImageFormat = {
  name: "HDF5",
  extensions: [".h5", ".hdf5", ".nxs", ".hdf", ".nx", ".cxi"],
  // The signature may follow a user block of a power of two.
  matches: (head) => [0, 512, 1024, 2048].some((at) => isSignature(head, at)),
  open: openHdf5,
};

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

function isSignature(head: Uint8Array, at: number): boolean {
  return signature.every((byte, i) => head[at + i] === byte);
}

async function openHdf5(source: FileSource, options: OpenOptions = {}): Promise<ImageFile> {
  const disk = await diskFile(source);
  const { trustedFolders = [], isGrowing } = options;
  const sources = new Map([[disk.path, source]]);
  let file: Hdf5File | undefined;
  const close = async (): Promise<void> => {
    file?.close();
    for (const opened of sources.values()) if (opened !== source) await opened.close();
    await disk.remove();
  };
  const sourceOf = async ({ file: { path } }: Hdf5Dataset): Promise<FileSource> => {
    const known = sources.get(path) ?? (await openFileSource(path));
    sources.set(path, known);
    return known;
  };
  try {
    file = await Hdf5File.open(disk.path, { trustedFolders, isGrowing });
    const datasets = findFrames(file, options.dataset);
    const [first] = datasets as [Hdf5Dataset];
    for (const dataset of datasets) {
      checkFrames(dataset, first);
      checkSources(dataset);
    }
    const counts = datasets.map(({ shape }) => shape.slice(0, -2).reduce((all, n) => all * n, 1));
    const frames = counts.reduce((all, n) => all + n, 0);
    const shape = first.shape.slice(-2) as [number, number];
    const values = headerValues(file, entryOf(options.dataset ?? first.path), frames);
    const readers = datasets.map((dataset) => {
      let reader: Promise<RawReader | undefined> | undefined;
      return async (frame: number, isRecycled?: boolean): Promise<TypedArray> => {
        reader ??= sourceOf(dataset).then((raw) => rawReader(dataset, raw));
        const place = placeOf(frame, dataset.shape.slice(0, -2));
        const raw = await (await reader)?.(place, isRecycled);
        return raw ?? readFrame(dataset, place);
      };
    });

    const written = new Map<Hdf5Dataset, Promise<WrittenFrames>>();
    /** The dataset of a frame, its place there, and what reads it. */
    const locate = (frame: number) => {
      let index = frame;
      let at = 0;
      while (index >= counts[at]!) index -= counts[at++]!;
      return { dataset: datasets[at]!, index, read: readers[at]! };
    };

    return {
      frames,
      shape,
      dtype: first.dtype,
      compression: compressionOf(first),
      header: values.of(0),
      headerOf: values.of,
      close,
      dataFiles: [...new Set(datasets.map((dataset) => dataset.file.path))],
      async isWritten(frame) {
        const { dataset, index } = locate(frame);
        const known =
          written.get(dataset) ?? sourceOf(dataset).then((raw) => writtenFrames(dataset, raw));
        written.set(dataset, known);
        return (await known)(placeOf(index, dataset.shape.slice(0, -2)));
      },
      async read(frame, { signal, isRecycled } = {}) {
        signal?.throwIfAborted();
        const { index, read } = locate(frame);
        const data = await read(index, isRecycled);
        signal?.throwIfAborted();
        return { data, shape: [...shape], header: values.of(frame) };
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function checkFrames(dataset: Hdf5Dataset, first: Hdf5Dataset): void {
  const [rows, columns] = dataset.shape.slice(-2) as [number, number];
  frameBytes(dataset.file.path, rows, columns, bytesPerSample(dataset.dtype));
  const [firstRows, firstColumns] = first.shape.slice(-2);
  if (rows === firstRows && columns === firstColumns) return;
  throw new FileFormatError(
    dataset.file.path,
    `${dataset.path} has frames of ${rows} × ${columns} pixels where the first have ${firstRows} × ${firstColumns}; name one dataset`,
  );
}

/** Where a frame lies in the dimensions before rows and columns. */
function placeOf(frame: number, dimensions: readonly number[]): number[] {
  const place: number[] = [];
  let left = frame;
  for (const size of dimensions.toReversed()) {
    place.unshift(left % size);
    left = Math.floor(left / size);
  }
  return place;
}

function readFrame(dataset: Hdf5Dataset, place: readonly number[]): TypedArray {
  const count = [...place.map(() => 1), ...dataset.shape.slice(-2)];
  return readSlice(dataset, [...place, 0, 0], count);
}
