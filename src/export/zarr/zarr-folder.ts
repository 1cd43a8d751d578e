import type { TypedArray } from "../../array.js";
import { OutputError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { makeFolder, outputError } from "../../host/write-atomic.js";

/** An array of a store. */
export interface ZarrArray {
  readonly shape: readonly number[];
  readonly dimensions: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/**
 * A Zarr store of version 3 in a folder that gets its name when it is whole.
 *
 * @see https://zarr-specs.readthedocs.io/en/latest/v3/core/v3.0.html
 */
export class ZarrFolder {
  readonly #path: string;
  readonly #temporary: string;

  private constructor(path: string, temporary: string) {
    this.#path = path;
    this.#temporary = temporary;
  }

  /** @throws OutputError where something else than a Zarr store has the name, or nothing can be written. */
  static async create(path: string): Promise<ZarrFolder> {
    const { dirname, join, resolve } = nodeModule("node:path");
    const { existsSync } = nodeModule("node:fs");
    if (existsSync(path) && !existsSync(join(path, "zarr.json"))) {
      throw new OutputError(path, "not written: it is no Zarr store; choose another name");
    }
    const folder = dirname(resolve(path));
    const temporary = join(folder, `.cakelab-${nodeModule("node:crypto").randomUUID()}.tmp`);
    try {
      await makeFolder(folder);
      await nodeModule("node:fs/promises").mkdir(temporary);
    } catch (error) {
      throw outputError(path, error);
    }
    return new ZarrFolder(path, temporary);
  }

  /** Writes a group; `name` is empty for the store itself. */
  async group(name: string, attributes: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#json(name, { zarr_format: 3, node_type: "group", attributes });
  }

  /** Writes what an array is; its chunks, one for each step along the first `split` dimensions, follow. */
  async array(name: string, like: TypedArray, array: ZarrArray, split: number): Promise<void> {
    const chunk = array.shape.map((size, i) => (i < split ? 1 : size));
    await this.#json(name, {
      zarr_format: 3,
      node_type: "array",
      shape: array.shape,
      data_type: like.constructor.name.replace("Array", "").toLowerCase(),
      chunk_grid: { name: "regular", configuration: { chunk_shape: chunk } },
      chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
      fill_value: like instanceof Float64Array || like instanceof Float32Array ? "NaN" : 0,
      codecs: [
        { name: "bytes", configuration: { endian: "little" } },
        { name: "gzip", configuration: { level: 1 } },
      ],
      attributes: array.attributes ?? {},
      dimension_names: array.dimensions,
    });
  }

  /** Writes a chunk at its place in the grid of chunks. */
  async chunk(name: string, place: readonly number[], data: TypedArray): Promise<void> {
    const { gzip } = nodeModule("node:zlib");
    const { promisify } = nodeModule("node:util");
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    await this.#file(`${name}/c/${place.join("/")}`, await promisify(gzip)(bytes, { level: 1 }));
  }

  /**
   * Gives the store its name; one that was there is replaced.
   *
   * @throws OutputError
   */
  async commit(): Promise<void> {
    const { rename, rm } = nodeModule("node:fs/promises");
    const { existsSync } = nodeModule("node:fs");
    const old = `${this.#temporary}.old`;
    try {
      if (existsSync(this.#path)) await rename(this.#path, old);
      await rename(this.#temporary, this.#path);
    } catch (error) {
      if (existsSync(old) && !existsSync(this.#path)) await rename(old, this.#path);
      throw outputError(this.#path, error);
    }
    await rm(old, { recursive: true, force: true });
  }

  /** Removes what has not got its name. */
  async discard(): Promise<void> {
    await nodeModule("node:fs/promises").rm(this.#temporary, { recursive: true, force: true });
  }

  #json(name: string, content: object): Promise<void> {
    const file = name === "" ? "zarr.json" : `${name}/zarr.json`;
    return this.#file(file, `${JSON.stringify(content, undefined, 2)}\n`);
  }

  async #file(name: string, content: string | Uint8Array): Promise<void> {
    const { mkdir, open } = nodeModule("node:fs/promises");
    const { dirname, join } = nodeModule("node:path");
    const path = join(this.#temporary, name);
    try {
      await mkdir(dirname(path), { recursive: true });
      const handle = await open(path, "wx");
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw outputError(this.#path, error);
    }
  }
}
