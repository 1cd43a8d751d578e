import type { Image, TypedArray } from "../../array.js";
import { FileFormatError } from "../../errors.js";
import { uninitializedBytes } from "../../host/uninitialized.js";
import { bytesPerSample, narrowFloats, type SampleType } from "../../samples.js";
import type { FileSource } from "../file-source.js";
import type { ImageFile, ImageFormat, ReadOptions } from "../format.js";
import { type BinarySection, readBinarySection } from "./binary-section.js";
import { decodeByteOffset, decodeByteOffsetPlainly } from "./byte-offset.js";
import { md5Of } from "./md5.js";

/**
 * CBF with byte-offset compression, as Dectris' detectors write it (mini-CBF) and others: the first
 * image of the file. Its MD5 is compared where the file has one (not in a browser, which has no MD5).
 */
export const cbf: ImageFormat = {
  name: "CBF",
  extensions: [".cbf"],
  matches: (head) => String.fromCharCode(...head.subarray(0, 6)) === "###CBF",
  open: openCbf,
};

const arrays: Readonly<Partial<Record<SampleType, new (buffer: ArrayBuffer) => TypedArray>>> = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
};

async function openCbf(source: FileSource): Promise<ImageFile> {
  const section = await readBinarySection(source);
  const { rows, columns, dtype, header } = section;
  return {
    frames: 1,
    shape: [rows, columns],
    dtype,
    compression: "byte-offset",
    header,
    read: (_frame, options) => readPixels(source, section, options),
  };
}

async function readPixels(
  source: FileSource,
  { rows, columns, dtype, dataOffset, dataBytes, md5, header }: BinarySection,
  { signal, verify = true }: ReadOptions = {},
): Promise<Image> {
  signal?.throwIfAborted();
  const packed = await source.read(dataOffset, dataBytes);
  signal?.throwIfAborted();
  // The sum is made while this thread decodes.
  const sum = md5 === undefined || !verify ? undefined : md5Of(packed, source, dataOffset);
  const decoded = await decode(packed, rows * columns, dtype).catch((error: Error) => error);
  const found = await sum;
  if (found !== undefined && found !== md5) {
    throw new FileFormatError(
      source.name,
      `its pixels are damaged: their MD5 is ${found}, and the header says ${md5}`,
    );
  }
  if (decoded instanceof Error) {
    throw new FileFormatError(source.name, decoded.message, { cause: decoded });
  }
  return { data: decoded, shape: [rows, columns], header: { ...header } };
}

async function decode(packed: Uint8Array, pixels: number, dtype: SampleType): Promise<TypedArray> {
  const TypedArrayOf = arrays[dtype];
  if (TypedArrayOf !== undefined) {
    const data = new TypedArrayOf(uninitializedBytes(pixels * bytesPerSample(dtype)).buffer);
    await decodeByteOffset(packed, data);
    return data;
  }
  const wide = new Float64Array(pixels);
  decodeByteOffsetPlainly(packed, wide);
  return narrowFloats(wide);
}
