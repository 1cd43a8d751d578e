import type { SampleType } from "../samples.js";

/** What h5wasm says of a data type, a dataset or an attribute. */
export interface Hdf5Metadata {
  readonly type: number;
  readonly size: number;
  readonly signed: boolean;
  readonly vlen: boolean;
  readonly cset?: number;
  readonly littleEndian: boolean;
  readonly total_size: number;
  readonly shape: number[] | null;
  readonly maxshape: number[] | null;
  readonly chunks: number[] | null;
  readonly enum_type?: { readonly type: number };
  readonly virtual_sources?: readonly { readonly file_name: string; readonly dset_name: string }[];
}

/** A filter of a dataset's chunks. */
export interface Hdf5Filter {
  readonly id: number;
  readonly name: string;
  readonly cd_values: number[];
}

/** What is given for a dataset or an attribute that is made. */
export interface WriteMetadata {
  readonly type: number;
  readonly size: number;
  readonly signed: boolean;
  readonly vlen: boolean;
  readonly cset?: number;
  readonly littleEndian: boolean;
  readonly total_size: number;
  readonly shape: bigint[];
  readonly maxshape: bigint[];
  readonly chunks?: bigint[] | null;
  readonly compression?: number;
  readonly compression_opts?: readonly number[];
  readonly track_order?: boolean;
}

/** An open file of the library's file system. */
export interface LibraryStream {
  readonly fd: number;
  readonly path?: string;
}

type Coordinates = readonly bigint[] | null;

/** The functions of h5wasm that are used here, those that return what HDF5 returns. */
export interface LibraryModule {
  readonly HEAPU8: Uint8Array;
  readonly FS: {
    streams: (LibraryStream | null)[];
    open(path: string, flags: number | string, mode?: number): LibraryStream;
    close(stream: LibraryStream): void;
    read(
      stream: LibraryStream,
      buffer: Uint8Array,
      offset: number,
      length: number,
      position?: number,
    ): number;
    write(
      stream: LibraryStream,
      buffer: Uint8Array,
      offset: number,
      length: number,
      position?: number,
    ): number;
    readonly ErrnoError: new (errno: number) => Error;
    writeFile(path: string, data: Uint8Array): void;
    unlink(path: string): void;
  };
  readonly H5F_ACC_RDONLY: number;
  readonly H5F_ACC_RDWR: number;
  readonly H5F_ACC_EXCL: number;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  open(path: string, mode: number, trackOrder: boolean, low: number, high: number): bigint;
  close_file(file: bigint): number;
  flush(file: bigint): number;
  get_type(file: bigint, path: string): number;
  get_names(file: bigint, path: string, recursive: boolean): string[];
  get_symbolic_link(file: bigint, path: string): string | null;
  get_external_link(file: bigint, path: string): { filename?: string; obj_path?: string };
  get_attribute_names(file: bigint, path: string): string[];
  get_attribute_metadata(file: bigint, path: string, name: string): Hdf5Metadata;
  get_attribute_data(file: bigint, path: string, name: string, pointer: bigint): number;
  get_dataset_metadata(file: bigint, path: string): Hdf5Metadata;
  get_dataset_filters(file: bigint, path: string): Hdf5Filter[];
  get_dataset_data(
    file: bigint,
    path: string,
    count: Coordinates,
    offset: Coordinates,
    strides: Coordinates,
    pointer: bigint,
  ): number;
  set_dataset_data(
    file: bigint,
    path: string,
    count: Coordinates,
    offset: Coordinates,
    strides: Coordinates,
    pointer: bigint,
  ): number;
  reclaim_vlen_memory(file: bigint, path: string, attribute: string, pointer: bigint): number;
  reclaim_vlen_memory_count(
    file: bigint,
    path: string,
    attribute: string,
    pointer: bigint,
    count: readonly bigint[],
  ): number;
  create_object_reference(file: bigint, path: string): ArrayLike<number>;
  create_group(file: bigint, path: string, trackOrder: boolean): number;
  create_dataset(file: bigint, path: string, pointer: bigint, metadata: WriteMetadata): number;
  create_vlen_str_dataset(
    file: bigint,
    path: string,
    strings: readonly string[],
    metadata: WriteMetadata,
  ): number;
  create_attribute(
    file: bigint,
    path: string,
    name: string,
    pointer: bigint,
    metadata: WriteMetadata,
  ): number;
  create_vlen_str_attribute(
    file: bigint,
    path: string,
    name: string,
    strings: readonly string[],
    metadata: WriteMetadata,
  ): number;
  delete_attribute(file: bigint, path: string, name: string): number;
  create_soft_link(file: bigint, target: string, path: string): number;
  create_external_link(file: bigint, filename: string, target: string, path: string): number;
  resize_dataset(file: bigint, path: string, shape: readonly bigint[]): number;
  insert_plugin_search_path(folder: string, index: number): number;
  UTF8ToString(pointer: number): string;
}

/** Classes of HDF5's data types. */
export const typeClass = { integer: 0, float: 1, string: 3, bitfield: 4, enumeration: 8 } as const;

/** The element type that samples of a data type are read as; `undefined` where there is none. */
export function sampleTypeOf(metadata: Hdf5Metadata): SampleType | undefined {
  const { size, signed } = metadata;
  // h5py writes booleans as an enumeration of signed bytes.
  const isEnumeration = metadata.type === typeClass.enumeration;
  if (isEnumeration && size === 1) return "uint8";
  const type = isEnumeration ? metadata.enum_type?.type : metadata.type;
  if (type === typeClass.float) return size === 4 ? "float32" : size === 8 ? "float64" : undefined;
  if (type !== typeClass.integer && type !== typeClass.bitfield) return undefined;
  if (![1, 2, 4, 8].includes(size)) return undefined;
  return `${signed ? "int" : "uint"}${8 * size}` as SampleType;
}
