import { FileFormatError } from "../../errors.js";
import { bytesPerSample, type SampleType } from "../../samples.js";
import type { FileSource } from "../file-source.js";
import { frameBytes } from "../limits.js";
import { type Blocks, readBlocks } from "./blocks.js";
import { type Codec, codecOf } from "./codecs.js";
import { countOf, type Directory, readNumber } from "./directory.js";
import { Tag } from "./tags.js";

/** What the tags of a page say of its pixels, checked against the file's size. */
export interface Page extends Blocks {
  readonly rows: number;
  readonly columns: number;
  readonly dtype: SampleType;
  readonly littleEndian: boolean;
  readonly codec: Codec;
  /** 1 none, 2 differences along rows, 3 differences of the bytes of floats. */
  readonly predictor: 1 | 2 | 3;
}

/**
 * Reads and checks the layout of a page, before any of its pixels is read.
 *
 * @throws FileFormatError for a page that is damaged, or not a grey image of 8, 16, 32 bits or
 * float64.
 */
export async function readPage(source: FileSource, directory: Directory): Promise<Page> {
  const columns = await readNumber(source, directory, Tag.imageWidth);
  const rows = await readNumber(source, directory, Tag.imageLength);
  if (columns === undefined || rows === undefined) {
    throw new FileFormatError(source.name, "has no width or height; it is damaged");
  }
  await refuseColour(source, directory);
  const dtype = await readSampleType(source, directory);
  frameBytes(source.name, rows, columns, bytesPerSample(dtype));
  const codec = codecOf((await readNumber(source, directory, Tag.compression)) ?? 1, source.name);
  return {
    rows,
    columns,
    dtype,
    littleEndian: directory.littleEndian,
    codec,
    predictor: await readPredictor(source, directory, codec, dtype),
    ...(await readBlocks(source, directory, { rows, columns, dtype, codec })),
  };
}

async function refuseColour(source: FileSource, directory: Directory): Promise<void> {
  // Pilatus files have no SamplesPerPixel tag: the specification's default is 1.
  const samples = (await readNumber(source, directory, Tag.samplesPerPixel)) ?? 1;
  const photometric = (await readNumber(source, directory, Tag.photometricInterpretation)) ?? 1;
  if (samples !== 1 || countOf(directory, Tag.bitsPerSample) > 1 || photometric > 1) {
    throw new FileFormatError(
      source.name,
      `is a colour image (photometric interpretation ${photometric}, ${samples} samples a pixel); save it as one channel of intensities`,
    );
  }
  const fillOrder = (await readNumber(source, directory, Tag.fillOrder)) ?? 1;
  if (fillOrder !== 1) {
    throw new FileFormatError(
      source.name,
      `unsupported: bits in the order ${fillOrder} (FillOrder); save it again with order 1`,
    );
  }
}

async function readSampleType(source: FileSource, directory: Directory): Promise<SampleType> {
  const bits = (await readNumber(source, directory, Tag.bitsPerSample)) ?? 1;
  const format = (await readNumber(source, directory, Tag.sampleFormat)) ?? 1;
  // Format 4 is "undefined", which everybody takes for unsigned.
  const kind = format === 4 ? "uint" : ["uint", "int", "float"][format - 1];
  const type = `${kind}${bits}`;
  if (kind === undefined || !supportedTypes.has(type)) {
    throw new FileFormatError(
      source.name,
      `unsupported: ${bits}-bit samples of format ${kind ?? format}; convert it to integers of 8, 16 or 32 bits, or to float32`,
    );
  }
  return type as SampleType;
}

const supportedTypes: ReadonlySet<string> = new Set<SampleType>([
  "uint8",
  "int8",
  "uint16",
  "int16",
  "uint32",
  "int32",
  "float32",
  "float64",
]);

async function readPredictor(
  source: FileSource,
  directory: Directory,
  codec: Codec,
  dtype: SampleType,
): Promise<1 | 2 | 3> {
  const predictor = (await readNumber(source, directory, Tag.predictor)) ?? 1;
  // The tag only has a meaning for compressions that use it; ImageJ writes it without any.
  if (!codec.predicts || predictor === 1) return 1;
  if (predictor === 2 && dtype !== "float64") return 2;
  if (predictor === 3 && dtype.startsWith("float")) return 3;
  throw new FileFormatError(
    source.name,
    `unsupported: predictor ${predictor} for ${dtype}; save it again without a predictor`,
  );
}
