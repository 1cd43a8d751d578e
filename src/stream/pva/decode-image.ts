import type { Image } from "../../array.js";
import { StreamError } from "../../errors.js";
import { decodePacked } from "../../hdf5/lz4/decode-pool.js";
import { unpackBlosc } from "../../image/blosc.js";
import { bytesPerSample, type SampleType, samplesFromBytes } from "../../samples.js";
import { narrowWide } from "../midas-socket/wide-integers.js";

/** An image as the bridge hands it over. */
export interface PvaImage {
  /** NumPy's name of the element type that came. */
  readonly type: string;
  /** The fastest one first. */
  readonly dimensions: readonly number[];
  /** areaDetector's name of the compressor; empty for none. */
  readonly codec: string;
  /** Of the pixels before they were packed: PVA's number of the type. */
  readonly packedType: number | null;
}

const TYPES: readonly SampleType[] = [
  "int8",
  "uint8",
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "float32",
  "float64",
];

/** The types by PVA's numbers (ScalarType); 0 is boolean. */
const PVA_TYPES: readonly (SampleType | undefined)[] = [
  undefined,
  "int8",
  "int16",
  "int32",
  "int64",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "float32",
  "float64",
];

/** The most bytes of an image, by which a damaged structure is noticed. */
const mostBytes = 2 ** 30;

/**
 * The image of an NTNDArray, whose shape and type are those that its structure says.
 *
 * @param payload its bytes, little-endian, which may become those of the image
 * @throws StreamError for what is no grey image, is of another size than its shape, or is packed by
 * something else than areaDetector's lz4, bslz4 and blosc.
 */
export async function decodeImage(
  source: string,
  { type, dimensions, codec, packedType }: PvaImage,
  payload: Uint8Array,
): Promise<Pick<Image, "data" | "shape">> {
  const sizes = dimensions.length > 2 ? dimensions.filter((size) => size !== 1) : dimensions;
  const [columns = 0, rows = 0, more] = sizes;
  if (rows < 1 || columns < 1 || more !== undefined) {
    throw new StreamError(
      source,
      `has the dimensions [${dimensions.join(", ")}], and an image has 2; choose a plugin of the IOC that gives grey images`,
    );
  }
  const dtype = codec === "" ? TYPES.find((name) => name === type) : PVA_TYPES[packedType ?? 0];
  if (dtype === undefined) {
    throw new StreamError(source, `has pixels of type ${codec === "" ? type : packedType}`);
  }
  const size = bytesPerSample(dtype);
  const bytes = rows * columns * size;
  if (bytes > mostBytes) throw new StreamError(source, `says that it has ${bytes} bytes`);
  const pixels = await unpack(source, codec, payload, bytes, size);
  if (pixels.length !== bytes) {
    throw new StreamError(
      source,
      `has ${pixels.length} bytes where ${rows} × ${columns} pixels of type ${dtype} are ${bytes}`,
    );
  }
  try {
    const data = dtype === "int64" ? narrowWide(pixels) : samplesFromBytes(pixels, dtype, true);
    return { data, shape: [rows, columns] };
  } catch (error) {
    if (error instanceof RangeError) throw new StreamError(source, error.message, { cause: error });
    throw error;
  }
}

async function unpack(
  source: string,
  codec: string,
  payload: Uint8Array,
  bytes: number,
  size: 1 | 2 | 4 | 8,
): Promise<Uint8Array> {
  if (codec === "") return payload;
  try {
    if (codec === "blosc") return await unpackBlosc(payload, bytes);
    if (codec === "lz4") {
      return await decodePacked(withHead(payload, bytes, bytes, true), bytes, { shuffled: 0 });
    }
    if (codec === "bslz4") {
      return await decodePacked(withHead(payload, bytes, 0, false), bytes, { shuffled: size });
    }
  } catch (error) {
    throw new StreamError(source, `its ${codec} data are damaged (${(error as Error).message})`, {
      cause: error,
    });
  }
  throw new StreamError(
    source,
    `is packed with ${codec}, which is not read; choose none, LZ4, BSLZ4 or Blosc in the IOC's codec plugin`,
  );
}

/**
 * What HDF5's filters put before the same data: their size when unpacked, and that of a block (0 is
 * bitshuffle's own); of a single block of LZ4, also its packed size.
 */
function withHead(
  packed: Uint8Array,
  bytes: number,
  blockBytes: number,
  isSingle: boolean,
): Uint8Array<ArrayBuffer> {
  const headBytes = isSingle ? 16 : 12;
  const whole = new Uint8Array(headBytes + packed.length);
  const view = new DataView(whole.buffer);
  view.setBigUint64(0, BigInt(bytes));
  view.setUint32(8, blockBytes);
  if (isSingle) view.setUint32(12, packed.length);
  whole.set(packed, headBytes);
  return whole;
}
