import type { TypedArray } from "../array.js";
import { typeClass, type WriteMetadata } from "./library-types.js";

/** Values of an attribute: a text, a number, or several of a kind. */
export type AttributeValue = string | number | readonly string[] | readonly number[];

/** How chunks are packed. */
export type Hdf5Compression = "none" | "gzip" | "bitshuffle-lz4";

/** The library's words for an array of numbers. */
export function numericMetadata(data: TypedArray, shape: readonly number[]): WriteMetadata {
  return {
    ...base(shape),
    type:
      data instanceof Float32Array || data instanceof Float64Array
        ? typeClass.float
        : typeClass.integer,
    size: data.BYTES_PER_ELEMENT,
    signed: !/^Uint/.test(data.constructor.name),
  };
}

/** The library's words for texts of any length, in UTF-8. */
export function textMetadata(shape: readonly number[]): WriteMetadata {
  return { ...base(shape), type: typeClass.string, size: 4, signed: false, vlen: true, cset: 1 };
}

function base(shape: readonly number[]): Omit<WriteMetadata, "type" | "size" | "signed"> {
  const big = shape.map(BigInt);
  return {
    vlen: false,
    littleEndian: true,
    total_size: shape.reduce((all, n) => all * n, 1),
    shape: big,
    maxshape: big,
  };
}

/** The filter that packs chunks of elements of `size` bytes, and its values. */
export function filterOf(
  compression: Hdf5Compression,
): Pick<WriteMetadata, "compression" | "compression_opts"> {
  if (compression === "gzip") return { compression: 1, compression_opts: [4] };
  if (compression === "bitshuffle-lz4") return { compression: 32008, compression_opts: [0, 2] };
  return { compression: 0, compression_opts: [] };
}
