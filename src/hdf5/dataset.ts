import type { TypedArray } from "../array.js";
import { FileFormatError } from "../errors.js";
import { bytesPerSample, type SampleType, samplesFromBytes } from "../samples.js";
import { filterName, isReadableFilter } from "./explain.js";
import type { Hdf5File } from "./hdf5-file.js";
import { type Hdf5Filter, sampleTypeOf } from "./library-types.js";

/** A dataset of numbers, of which parts are read. */
export interface Hdf5Dataset {
  readonly file: Hdf5File;
  /** In the file, without a link on the way. */
  readonly path: string;
  readonly shape: readonly number[];
  /** How far each dimension may grow: `Infinity` is unlimited. */
  readonly maxShape: readonly number[];
  readonly dtype: SampleType;
  readonly littleEndian: boolean;
  /** Shape of a chunk; `undefined` where the dataset is not chunked. */
  readonly chunks: readonly number[] | undefined;
  readonly filters: readonly Hdf5Filter[];
  /** What a virtual dataset is made of: files (`"."` is its own) and datasets in them. */
  readonly sources: readonly VirtualSource[] | undefined;
}

/** A part of a virtual dataset. */
export interface VirtualSource {
  readonly filename: string;
  readonly path: string;
}

/** The most that one read, or one chunk, may take. */
const mostBytes = 2 ** 30;

/**
 * A dataset by its path, links followed.
 *
 * @throws FileFormatError where it is no dataset, or not of numbers.
 */
export function openDataset(from: Hdf5File, at: string): Hdf5Dataset {
  const { file, path } = from.resolve(at);
  const metadata = file.ask(path, (module, id) => module.get_dataset_metadata(id, path));
  if (metadata === undefined) throw new FileFormatError(file.path, `${path} is no dataset`);
  const dtype = sampleTypeOf(metadata);
  if (dtype === undefined || metadata.shape === null) {
    throw new FileFormatError(
      file.path,
      `${path} holds no integers or floats of up to 64 bits (class ${metadata.type}, ${metadata.size} bytes); convert it with h5py's .astype("float32")`,
    );
  }
  const chunks = metadata.chunks ?? undefined;
  checkChunks(file, path, chunks, bytesPerSample(dtype));
  return {
    file,
    path,
    shape: metadata.shape,
    maxShape: (metadata.maxshape ?? metadata.shape).map((size) =>
      size >= 0 && size < Number.MAX_SAFE_INTEGER ? size : Infinity,
    ),
    dtype,
    littleEndian: metadata.littleEndian,
    chunks,
    filters: file.call(path, (module, id) => module.get_dataset_filters(id, path)),
    sources: metadata.virtual_sources?.map((source) => ({
      filename: source.file_name,
      path: source.dset_name,
    })),
  };
}

/**
 * Samples of a part of a dataset, in C order.
 *
 * @param start its first element, `count` its shape
 * @throws FileFormatError; FileAccessError for virtual datasets of files that are not there, or
 * outside the data folder.
 */
export function readSlice(
  dataset: Hdf5Dataset,
  start: readonly number[],
  count: readonly number[],
): TypedArray {
  const { file, path, dtype, filters } = dataset;
  const missing = filters.find(({ id }) => !isReadableFilter(id));
  if (missing !== undefined) {
    throw new FileFormatError(
      file.path,
      `${path} is compressed with ${filterName(missing)}, which is not read; repack it with h5repack -f GZIP=4`,
    );
  }
  const bytes = product(count) * bytesPerSample(dtype);
  if (!(bytes <= mostBytes)) {
    throw new FileFormatError(
      file.path,
      `${count.join(" × ")} values of ${path} are ${bytes} bytes, more than the ${mostBytes} that are read at a time; the file is damaged, or read a smaller part`,
    );
  }
  // HDF5 has no parts of a single value.
  const big = (values: readonly number[]): bigint[] | null =>
    values.length === 0 ? null : values.map(BigInt);
  const data = file.call(
    path,
    (module, id) => {
      const pointer = module._malloc(Math.max(bytes, 1));
      if (pointer === 0) {
        throw new FileFormatError(file.path, `there is no memory for ${bytes} bytes of ${path}`);
      }
      try {
        const status = module.get_dataset_data(
          id,
          path,
          big(count),
          big(start),
          big(count.map(() => 1)),
          BigInt(pointer),
        );
        return status < 0 ? status : module.HEAPU8.slice(pointer, pointer + bytes);
      } finally {
        module._free(pointer);
      }
    },
    { mayMissFiles: dataset.sources?.some(isPattern) ?? false },
  );
  try {
    // The library has made it little-endian.
    return samplesFromBytes(data as Uint8Array, dtype, true);
  } catch (error) {
    if (error instanceof RangeError) throw new FileFormatError(file.path, error.message);
    throw error;
  }
}

/** Whether a source stands for as many files or datasets as there are: `"scan_%b.h5"`. */
export function isPattern({ filename, path }: VirtualSource): boolean {
  return /%\d*b/.test(filename + path);
}

function checkChunks(
  file: Hdf5File,
  path: string,
  chunks: readonly number[] | undefined,
  size: number,
): void {
  const bytes = product(chunks ?? []) * size;
  if (bytes <= mostBytes) return;
  throw new FileFormatError(
    file.path,
    `${path} has chunks of ${chunks!.join(" × ")} values, ${bytes} bytes, more than ${mostBytes}; it is damaged, or to be repacked with smaller chunks`,
  );
}

function product(values: readonly number[]): number {
  return values.reduce((all, value) => all * value, 1);
}
