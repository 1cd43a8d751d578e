import { FileFormatError } from "../../errors.js";
import type { FileSource } from "../file-source.js";
import { frameBytes } from "../limits.js";
import { bytesPerSample, type SampleType } from "../samples.js";
import { type Codec, codecOf } from "./codecs.js";
import { countOf, type Directory, readNumber, readNumbers } from "./directory.js";
import { Tag } from "./tags.js";

/**
 * How the pixels of a page lie in the file: blocks, which are strips (as wide as the image) or
 * tiles, row by row. All of it has been checked against the file's size.
 */
export interface Page {
  readonly rows: number;
  readonly columns: number;
  readonly dtype: SampleType;
  readonly littleEndian: boolean;
  readonly codec: Codec;
  /** 1 none, 2 differences along rows, 3 differences of the bytes of floats. */
  readonly predictor: 1 | 2 | 3;
  readonly blockRows: number;
  readonly blockColumns: number;
  /** Tiles are always whole; the last strip ends with the image. */
  readonly tiled: boolean;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
}

/**
 * Reads and checks the layout of a page, before any of its pixels is read.
 *
 * @throws FileFormatError for a page that is damaged, or not a grey image of 8, 16, 32 bits or
 * float64.
 */
export async function readPage(source: FileSource, directory: Directory): Promise<Page> {
  const fail = (message: string): FileFormatError => new FileFormatError(source.name, message);
  const number = (tag: number): Promise<number | undefined> => readNumber(source, directory, tag);

  const columns = await number(Tag.imageWidth);
  const rows = await number(Tag.imageLength);
  if (columns === undefined || rows === undefined) {
    throw fail("has no width or height; it is damaged");
  }
  await refuseColour(source, directory);
  const dtype = await readSampleType(source, directory);
  const bytes = bytesPerSample(dtype);
  const total = frameBytes(source.name, rows, columns, bytes);
  const codec = codecOf((await number(Tag.compression)) ?? 1, source.name);
  const predictor = await readPredictor(source, directory, codec, dtype);

  const tiled = directory.entries.has(Tag.tileWidth);
  const blockColumns = tiled ? ((await number(Tag.tileWidth)) ?? 0) : columns;
  const blockRows = tiled
    ? ((await number(Tag.tileLength)) ?? 0)
    : Math.min((await number(Tag.rowsPerStrip)) ?? rows, rows);
  if (blockColumns === 0 || blockRows === 0) {
    throw fail(
      `its ${tiled ? "tiles" : "strips"} are ${blockRows} × ${blockColumns} pixels; it is damaged`,
    );
  }
  const blockBytes = blockRows * blockColumns * bytes;
  if (blockBytes > Math.max(4 * total, 2 ** 24)) {
    throw fail(`its tiles of ${blockRows} × ${blockColumns} pixels dwarf the image; it is damaged`);
  }

  const blocks = Math.ceil(rows / blockRows) * Math.ceil(columns / blockColumns);
  const offsetTag = tiled ? Tag.tileOffsets : Tag.stripOffsets;
  const countTag = tiled ? Tag.tileByteCounts : Tag.stripByteCounts;
  if (countOf(directory, offsetTag) !== blocks) {
    throw fail(
      `has ${countOf(directory, offsetTag)} ${tiled ? "tiles" : "strips"} where ${rows} × ${columns} pixels need ${blocks}; it is damaged`,
    );
  }
  const offsets = (await readNumbers(source, directory, offsetTag, blocks))!;
  const bytesOf = (block: number): number =>
    tiled ? blockBytes : Math.min(blockRows, rows - block * blockRows) * columns * bytes;
  const byteCounts =
    (await readNumbers(source, directory, countTag, blocks)) ??
    (codec.name === "none" ? offsets.map((_, block) => bytesOf(block)) : []);
  if (byteCounts.length !== blocks)
    throw fail("does not say how long its strips are; it is damaged");

  for (let block = 0; block < blocks; block++) {
    const count = byteCounts[block]!;
    if (offsets[block]! + count > source.size) {
      throw fail(
        `${tiled ? "tile" : "strip"} ${block} ends at byte ${offsets[block]! + count} of ${source.size}; it is truncated, damaged or still being written`,
      );
    }
    if (count * codec.maxRatio < bytesOf(block)) {
      throw fail(
        `${tiled ? "tile" : "strip"} ${block} has ${count} bytes, too few for its ${bytesOf(block)} bytes of pixels; it is damaged`,
      );
    }
  }
  return {
    rows,
    columns,
    dtype,
    littleEndian: directory.littleEndian,
    codec,
    predictor,
    blockRows,
    blockColumns,
    tiled,
    offsets,
    byteCounts,
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
