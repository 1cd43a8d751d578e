import { FileFormatError } from "../../errors.js";
import { bytesPerSample, type SampleType } from "../../samples.js";
import type { FileSource } from "../file-source.js";
import type { Codec } from "./codecs.js";
import { countOf, type Directory, readNumber, readNumbers } from "./directory.js";
import { Tag } from "./tags.js";

/** Where the blocks of a page lie: strips, which are as wide as the image, or tiles, row by row. */
export interface Blocks {
  readonly blockRows: number;
  readonly blockColumns: number;
  /** Tiles are always whole; the last strip ends with the image. */
  readonly tiled: boolean;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
}

/**
 * Reads where the blocks lie, and checks by arithmetic that the file can hold them.
 *
 * @throws FileFormatError
 */
export async function readBlocks(
  source: FileSource,
  directory: Directory,
  image: { rows: number; columns: number; dtype: SampleType; codec: Codec },
): Promise<Blocks> {
  const { rows, columns, codec } = image;
  const fail = (message: string): FileFormatError => new FileFormatError(source.name, message);
  const size = bytesPerSample(image.dtype);
  const tiled = directory.entries.has(Tag.tileWidth);
  const block = tiled ? "tile" : "strip";
  const { blockRows, blockColumns } = await readBlockShape(source, directory, image, tiled);
  if (blockColumns === 0 || blockRows === 0) {
    throw fail(`its ${block}s are ${blockRows} × ${blockColumns} pixels; it is damaged`);
  }
  const blockBytes = blockRows * blockColumns * size;
  if (blockBytes > Math.max(4 * rows * columns * size, 2 ** 24)) {
    throw fail(`its tiles of ${blockRows} × ${blockColumns} pixels dwarf the image; it is damaged`);
  }

  const count = Math.ceil(rows / blockRows) * Math.ceil(columns / blockColumns);
  const offsetTag = tiled ? Tag.tileOffsets : Tag.stripOffsets;
  const found = countOf(directory, offsetTag);
  if (found !== count) {
    throw fail(
      `has ${found} ${block}s where ${rows} × ${columns} pixels need ${count}; it is damaged`,
    );
  }
  const offsets = (await readNumbers(source, directory, offsetTag, count))!;
  const pixelBytes = (i: number): number =>
    tiled ? blockBytes : Math.min(blockRows, rows - i * blockRows) * columns * size;
  const countTag = tiled ? Tag.tileByteCounts : Tag.stripByteCounts;
  const declared = await readNumbers(source, directory, countTag, count);
  if (declared === undefined && codec.name !== "none") {
    throw fail(`does not say how long its ${block}s are; it is damaged`);
  }
  const byteCounts = declared ?? offsets.map((_, i) => pixelBytes(i));

  for (let i = 0; i < count; i++) {
    const end = offsets[i]! + byteCounts[i]!;
    if (end > source.size) {
      throw fail(
        `${block} ${i} ends at byte ${end} of ${source.size}; it is truncated, damaged or still being written`,
      );
    }
    if (byteCounts[i]! * codec.maxRatio < pixelBytes(i)) {
      throw fail(
        `${block} ${i} has ${byteCounts[i]} bytes, too few for its ${pixelBytes(i)} bytes of pixels; it is damaged`,
      );
    }
  }
  return { blockRows, blockColumns, tiled, offsets, byteCounts };
}

async function readBlockShape(
  source: FileSource,
  directory: Directory,
  { rows, columns }: { rows: number; columns: number },
  tiled: boolean,
): Promise<{ blockRows: number; blockColumns: number }> {
  if (tiled) {
    return {
      blockRows: (await readNumber(source, directory, Tag.tileLength)) ?? 0,
      blockColumns: (await readNumber(source, directory, Tag.tileWidth)) ?? 0,
    };
  }
  const rowsPerStrip = (await readNumber(source, directory, Tag.rowsPerStrip)) ?? rows;
  return { blockRows: Math.min(rowsPerStrip, rows), blockColumns: columns };
}
