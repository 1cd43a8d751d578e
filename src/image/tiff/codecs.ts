import { FileFormatError } from "../../errors.js";
import { inflate } from "../inflate.js";
import { decodeLzw } from "./lzw.js";
import { decodePackBits } from "./packbits.js";
import { decodeZstd } from "./zstd.js";

/** A compression of strips and tiles. */
export interface Codec {
  readonly name: string;
  /**
   * Bytes that one compressed byte can become at most: a header that promises more is refused
   * before anything is decoded.
   */
  readonly maxRatio: number;
  /** Whether the Predictor tag applies. */
  readonly predicts: boolean;
  /**
   * Exactly or at least the first `length` bytes, never more than `limit`.
   *
   * @throws Error with a message that says what is wrong with the data.
   */
  decode(data: Uint8Array, length: number, limit: number): Uint8Array | Promise<Uint8Array>;
}

const none: Codec = { name: "none", maxRatio: 1, predicts: false, decode: (data) => data };

const deflate: Codec = {
  name: "deflate",
  maxRatio: 1032,
  predicts: true,
  decode: (data, _length, limit) => inflate(data, limit),
};

const codecs: ReadonlyMap<number, Codec> = new Map<number, Codec>([
  [1, none],
  [5, { name: "lzw", maxRatio: 4096, predicts: true, decode: decodeLzw }],
  [8, deflate],
  [32946, deflate],
  [32773, { name: "packbits", maxRatio: 64, predicts: false, decode: decodePackBits }],
  [50000, { name: "zstd", maxRatio: 2 ** 17, predicts: true, decode: decodeZstd }],
]);

const namesOfOthers: Readonly<Record<number, string>> = {
  2: "CCITT modified Huffman (2)",
  3: "CCITT group 3 (3)",
  4: "CCITT group 4 (4)",
  6: "old-style JPEG (6)",
  7: "JPEG (7), which does not keep intensities",
  34887: "LERC (34887)",
  34925: "LZMA (34925)",
  50001: "WebP (50001)",
};

/**
 * The codec of a number of the Compression tag.
 *
 * @throws FileFormatError for one that is not supported.
 */
export function codecOf(compression: number, path: string): Codec {
  const codec = codecs.get(compression);
  if (codec === undefined) {
    throw new FileFormatError(
      path,
      `unsupported compression: ${namesOfOthers[compression] ?? compression}; convert it to deflate or none, for example with tiffcp -c zip`,
    );
  }
  return codec;
}
