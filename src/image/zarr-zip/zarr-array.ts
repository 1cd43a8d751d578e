import type { TypedArray } from "../../array.js";
import { FileFormatError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { bytesPerSample, type SampleType, samplesFromBytes } from "../../samples.js";
import { unpackBlosc } from "../blosc.js";
import type { FileSource } from "../file-source.js";
import { NUMPY_TYPES } from "../numpy-types.js";
import { readEntry, type ZipEntry } from "./zip-entries.js";

/** An array of a Zarr store of version 2. */
export interface ZarrArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly dtype: SampleType;
  readonly littleEndian: boolean;
  /** `"none"`, `"blosc"` … */
  readonly compression: string;
  readonly fill: number;
  readonly separator: string;
}

const mostJsonBytes = 2 ** 20;
const mostChunkBytes = 2 ** 30;
const readable = ["none", "blosc", "zlib", "gzip"];

/**
 * What an array's `.zarray` says.
 *
 * @throws FileFormatError
 * @see https://zarr-specs.readthedocs.io/en/latest/v2/v2.0.html
 */
export async function openArray(
  source: FileSource,
  entries: ReadonlyMap<string, ZipEntry>,
  name: string,
): Promise<ZarrArray> {
  const entry = entries.get(`${name}/.zarray`);
  const wrong = (what: string): FileFormatError =>
    new FileFormatError(source.name, `its array ${name} ${what}`);
  if (entry === undefined) throw wrong("is not there");
  let meta: Record<string, unknown>;
  try {
    meta = JSON.parse(new TextDecoder().decode(await readEntry(source, entry, mostJsonBytes)));
  } catch (error) {
    if (error instanceof FileFormatError) throw error;
    throw wrong("has a damaged header");
  }
  const { shape, chunks, dtype, compressor, filters, order, fill_value: fill } = meta;
  const [, byteOrder, kind] = /^([<>|])([a-z]\d)$/.exec(String(dtype)) ?? [];
  const type = NUMPY_TYPES[kind ?? ""];
  if (type === undefined) throw wrong(`has elements of type ${String(dtype)}, which is not read`);
  if (!isShape(shape) || !isShape(chunks) || shape.length !== chunks.length) {
    throw wrong("has no shape");
  }
  const compression = String((compressor as { id?: unknown } | null)?.id ?? "none");
  if (!readable.includes(compression) || (Array.isArray(filters) && filters.length > 0)) {
    throw wrong(`is packed with ${compression} or filters that are not read; pack it with Blosc`);
  }
  if (order !== "C") throw wrong("is in Fortran order, which is not read; write it in C order");
  const chunkBytes = chunks.reduce((all, n) => all * n, bytesPerSample(type));
  if (!(chunkBytes <= mostChunkBytes) || chunks.some((n) => n < 1)) {
    throw wrong(`has chunks of ${chunks.join(" × ")} elements`);
  }
  return {
    name,
    shape,
    chunks,
    dtype: type,
    littleEndian: byteOrder !== ">",
    compression,
    fill: typeof fill === "number" ? fill : fill === "NaN" ? Number.NaN : 0,
    separator: meta.dimension_separator === "/" ? "/" : ".",
  };
}

function isShape(value: unknown): value is number[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= 8 &&
    value.every((n) => Number.isInteger(n) && n >= 0)
  );
}

/**
 * Samples of a frame, the last two dimensions at `place` in those before.
 *
 * @throws FileFormatError
 */
export async function readArrayFrame(
  source: FileSource,
  entries: ReadonlyMap<string, ZipEntry>,
  array: ZarrArray,
  place: readonly number[],
): Promise<TypedArray> {
  const { name, shape, chunks, dtype, separator } = array;
  const size = bytesPerSample(dtype);
  const [rows, columns] = shape.slice(-2) as [number, number];
  const [chunkRows, chunkColumns] = chunks.slice(-2) as [number, number];
  const before = place.map((value, i) => Math.floor(value / chunks[i]!));
  const inChunk = place.reduce((at, value, i) => at * chunks[i]! + (value % chunks[i]!), 0);
  const frame = filledBytes(array, rows * columns);
  for (let row = 0; row < rows; row += chunkRows) {
    for (let column = 0; column < columns; column += chunkColumns) {
      const key = [...before, row / chunkRows, column / chunkColumns].join(separator);
      const entry = entries.get(`${name}/${key}`);
      // A chunk that is not there is one that nothing was written to.
      if (entry === undefined) continue;
      const bytes = await chunkBytes(source, entry, array);
      const width = Math.min(chunkColumns, columns - column) * size;
      for (let i = 0; i < Math.min(chunkRows, rows - row); i++) {
        const from = (inChunk * chunkRows + i) * chunkColumns * size;
        frame.set(bytes.subarray(from, from + width), ((row + i) * columns + column) * size);
      }
    }
  }
  try {
    return samplesFromBytes(frame, dtype, array.littleEndian);
  } catch (error) {
    if (error instanceof RangeError) throw new FileFormatError(source.name, error.message);
    throw error;
  }
}

async function chunkBytes(
  source: FileSource,
  entry: ZipEntry,
  { name, chunks, dtype, compression }: ZarrArray,
): Promise<Uint8Array> {
  const expected = chunks.reduce((all, n) => all * n, bytesPerSample(dtype));
  const damaged = (cause?: unknown): FileFormatError =>
    new FileFormatError(source.name, `a chunk of its array ${name} is damaged`, { cause });
  const packed = await readEntry(source, entry, expected + (expected >> 4) + 2 ** 16);
  let bytes = packed;
  try {
    if (compression === "blosc") bytes = await unpackBlosc(packed, expected);
    else if (compression !== "none") {
      const { gunzipSync, inflateSync } = nodeModule("node:zlib");
      const unpack = compression === "gzip" ? gunzipSync : inflateSync;
      bytes = unpack(packed, { maxOutputLength: expected });
    }
  } catch (cause) {
    throw damaged(cause);
  }
  if (bytes.length !== expected) throw damaged();
  return bytes;
}

/** A frame of fill values, in the byte order of the file. */
function filledBytes({ dtype, fill, littleEndian }: ZarrArray, length: number): Uint8Array {
  const size = bytesPerSample(dtype);
  const bytes = new Uint8Array(length * size);
  if (fill === 0) return bytes;
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length; at += size) putSample(view, at, dtype, fill, littleEndian);
  return bytes;
}

function putSample(
  view: DataView,
  at: number,
  dtype: SampleType,
  value: number,
  littleEndian: boolean,
): void {
  if (dtype === "float32") view.setFloat32(at, value, littleEndian);
  else if (dtype === "float64") view.setFloat64(at, value, littleEndian);
  else if (dtype.endsWith("64")) view.setBigInt64(at, BigInt(value), littleEndian);
  else if (dtype.endsWith("32")) view.setUint32(at, value, littleEndian);
  else if (dtype.endsWith("16")) view.setUint16(at, value, littleEndian);
  else view.setUint8(at, value);
}
