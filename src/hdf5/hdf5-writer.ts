import type { TypedArray } from "../array.js";
import { CakelabError, OutputError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { type StagedOutput, stageFile } from "../host/stage-file.js";
import { outputError } from "../host/write-atomic.js";
import { realPath } from "./data-folders.js";
import { reasonOf } from "./explain.js";
import { type Hdf5Library, hdf5Library, LibraryCrash } from "./library.js";
import type { LibraryModule } from "./library-types.js";
import { verifySlabs, type WrittenSlab } from "./verify.js";
import {
  type AttributeValue,
  filterOf,
  type Hdf5Compression,
  numericMetadata,
  textMetadata,
} from "./write-types.js";

/** A dataset that is made. */
export interface DatasetOptions {
  readonly shape: readonly number[];
  /** Rows are added along the first dimension; then `chunks` are needed. Default false. */
  readonly isExtendable?: boolean;
  /** Default none, or one row. */
  readonly chunks?: readonly number[];
  /** Of chunks. Default `"none"`. */
  readonly compression?: Hdf5Compression;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/**
 * Writes an HDF5 file, and makes sure of it: what the disk or HDF5 refuses is thrown, and what was
 * written is read back and compared before the file gets its name.
 */
export class Hdf5Writer {
  readonly #library: Hdf5Library;
  readonly #path: string;
  /** Where it is written to. */
  readonly #file: string;
  readonly #staged: StagedOutput | undefined;
  #id: bigint | undefined;
  readonly #written: WrittenSlab[] = [];

  private constructor(
    library: Hdf5Library,
    {
      path,
      file,
      staged,
      mode,
    }: { path: string; file: string; staged?: StagedOutput; mode: number },
  ) {
    this.#library = library;
    this.#path = path;
    this.#file = file;
    this.#staged = staged;
    this.#id = this.#call((module) => module.open(file, mode, false, -1, -1));
  }

  /**
   * Begins a new file, which gets its name with `commit()`.
   *
   * @param temporary its name until then, as of `stageFile`
   * @throws OutputError
   */
  static async create(path: string, temporary?: string): Promise<Hdf5Writer> {
    const staged = await stageFile(path, temporary);
    const library = await hdf5Library();
    const mode = library.module.H5F_ACC_EXCL;
    // The library's own working folder is not the process's.
    const file = nodeModule("node:path").resolve(staged.temporary);
    try {
      return new Hdf5Writer(library, { path, file, staged, mode });
    } catch (error) {
      await staged.discard();
      throw error;
    }
  }

  /**
   * Opens a file to which is added in place; what was flushed stays.
   *
   * @throws OutputError
   */
  static async append(path: string): Promise<Hdf5Writer> {
    const library = await hdf5Library();
    return new Hdf5Writer(library, {
      path,
      file: realPath(path),
      mode: library.module.H5F_ACC_RDWR,
    });
  }

  /** False once HDF5's library has failed, for this file or another: this one is then closed. */
  get isAlive(): boolean {
    return this.#library.isAlive;
  }

  /** Makes a group; those above it are there already. */
  group(path: string, attributes: Readonly<Record<string, AttributeValue>> = {}): void {
    this.#call((module, id) => module.create_group(id, path, false));
    this.attributes(path, attributes);
  }

  attributes(path: string, attributes: Readonly<Record<string, AttributeValue>>): void {
    for (const [name, value] of Object.entries(attributes)) {
      const several = Array.isArray(value) ? (value as readonly (string | number)[]) : [value];
      // A single value has no dimension.
      const shape = Array.isArray(value) ? [several.length] : [];
      if (several.every((one) => typeof one === "string")) {
        const texts = several as string[];
        this.#call((module, id) =>
          module.create_vlen_str_attribute(id, path, name, texts, textMetadata(shape)),
        );
      } else {
        const data = numbers(several as number[]);
        this.#withData(data, (module, id, pointer) =>
          module.create_attribute(id, path, name, pointer, numericMetadata(data, shape)),
        );
      }
    }
  }

  /** Makes a dataset of one text, or of several. */
  texts(
    path: string,
    value: string | readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): void {
    const metadata = textMetadata(typeof value === "string" ? [] : [value.length]);
    const texts = typeof value === "string" ? [value] : value;
    this.#call((module, id) => module.create_vlen_str_dataset(id, path, texts, metadata));
    this.attributes(path, attributes);
  }

  /** Makes a dataset of numbers, row-major. */
  dataset(path: string, data: TypedArray, options: DatasetOptions): void {
    const { shape, isExtendable = false, compression = "none", attributes = {} } = options;
    const isChunked = isExtendable || compression !== "none" || options.chunks !== undefined;
    const chunks = options.chunks ?? [1, ...shape.slice(1)];
    const metadata = numericMetadata(data, shape);
    const maxshape = isExtendable ? [UNLIMITED, ...metadata.shape.slice(1)] : metadata.shape;
    this.#withData(data, (module, id, pointer) =>
      module.create_dataset(id, path, pointer, {
        ...metadata,
        ...(isChunked ? { chunks: chunks.map(BigInt), maxshape, ...filterOf(compression) } : {}),
      }),
    );
    this.#remember(
      path,
      shape.map(() => 0),
      shape,
      data,
    );
    this.attributes(path, attributes);
  }

  /** Sets a dataset's number of rows. */
  resize(path: string, shape: readonly number[]): void {
    this.#call((module, id) => module.resize_dataset(id, path, shape.map(BigInt)));
  }

  /** Writes a part of a dataset. */
  write(path: string, data: TypedArray, start: readonly number[], count: readonly number[]): void {
    const ones = count.map(() => 1n);
    this.#withData(data, (module, id, pointer) =>
      module.set_dataset_data(id, path, count.map(BigInt), start.map(BigInt), ones, pointer),
    );
    this.#remember(path, start, count, data);
  }

  softLink(target: string, path: string): void {
    this.#call((module, id) => module.create_soft_link(id, target, path));
  }

  /** A link to what lies in another file, named from the folder of this one. */
  externalLink(filename: string, target: string, path: string): void {
    this.#call((module, id) => module.create_external_link(id, filename, target, path));
  }

  /**
   * Hands everything to the system, and compares it with what was written since the last time: the
   * file can be read up to here whatever happens then. Arrays that were given are to stay as they
   * are until then.
   *
   * @throws OutputError
   */
  async flush(): Promise<void> {
    this.#call((module, id) => module.flush(id));
    await verifySlabs(this.#file, this.#path, this.#written.splice(0));
  }

  /**
   * Closes the file, compares what is in it with what was written, and gives it its name.
   *
   * @throws OutputError; of a new file nothing is left then, and the old one is untouched.
   */
  async commit(): Promise<void> {
    try {
      this.#close();
      await verifySlabs(this.#file, this.#path, this.#written.splice(0));
      await this.#staged?.commit();
    } finally {
      await this.discard();
    }
  }

  /** Gives a new file up; of one that was opened, what was flushed stays. */
  async discard(): Promise<void> {
    try {
      if (this.#library.isAlive) this.#close();
    } catch (error) {
      // What is given up needs no disk.
      if (!(error instanceof CakelabError)) throw error;
    } finally {
      await this.#staged?.discard();
    }
  }

  #close(): void {
    if (this.#id === undefined) return;
    const id = this.#id;
    this.#id = undefined;
    this.#call((module) => module.close_file(id));
  }

  #remember(
    path: string,
    start: readonly number[],
    count: readonly number[],
    data: TypedArray,
  ): void {
    this.#written.push({ path, start, count, data });
  }

  #withData(
    data: TypedArray,
    run: (module: LibraryModule, id: bigint, pointer: bigint) => number,
  ): void {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#call((module, id) => {
      const pointer = module._malloc(Math.max(bytes.length, 1));
      try {
        module.HEAPU8.set(bytes, pointer);
        return run(module, id, BigInt(pointer));
      } finally {
        module._free(pointer);
      }
    });
  }

  /** Any failed write, any word of HDF5's, any negative status: each means that the file is not as it should be. */
  #call<T extends number | bigint>(run: (module: LibraryModule, id: bigint) => T): T {
    const library = this.#library;
    try {
      const { result, thrown, diagnostics, failedWrites } = library.call(
        (path) => path === this.#file,
        () => run(library.module, this.#id ?? -1n),
      );
      if (failedWrites[0] !== undefined) throw outputError(this.#path, failedWrites[0]);
      if (thrown !== undefined || diagnostics !== "" || result === undefined || result < 0) {
        const reason = diagnostics === "" ? (thrown?.message ?? "no reason given") : diagnostics;
        throw new OutputError(this.#path, `not written: HDF5 reports "${reasonOf(reason)}"`);
      }
      return result;
    } catch (error) {
      if (!(error instanceof LibraryCrash)) throw error;
      throw new OutputError(this.#path, `not written: ${error.message}; write again`, {
        cause: error,
      });
    }
  }
}

/** HDF5's H5S_UNLIMITED. */
const UNLIMITED = 2n ** 64n - 1n;

function numbers(values: readonly number[]): TypedArray {
  const isWhole = values.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31);
  return isWhole ? Int32Array.from(values) : Float64Array.from(values);
}
