import type { Image } from "../../array.js";
import { CakelabError, FileFormatError } from "../../errors.js";
import { bytesPerSample, hostIsLittleEndian, samplesFromBytes, swapBytes } from "../../samples.js";
import { type FileSource, windowed } from "../file-source.js";
import { crop, type Region } from "../region.js";
import type { Page } from "./page.js";
import { undoFloatingPoint, undoHorizontal } from "./predictor.js";

/** Small strips lie side by side: one read for many of them. */
const blockWindow = 2 ** 20;

/**
 * The pixels of a page, or of a region of it, for which no more than the strips or tiles in its rows
 * are read.
 *
 * @throws FileFormatError for pixels that cannot be decoded, or the signal's reason.
 */
export async function decodePage(
  source: FileSource,
  page: Page,
  { signal, region }: { signal?: AbortSignal | undefined; region?: Region } = {},
): Promise<Image> {
  const { columns, dtype, littleEndian } = page;
  signal?.throwIfAborted();
  const rows = { first: region?.row ?? 0, count: region?.rows ?? page.rows };
  const contiguous = await readContiguous(source, page, rows);
  signal?.throwIfAborted();
  const data =
    contiguous === undefined
      ? samplesFromBytes(await readRows(source, page, rows, signal), dtype, hostIsLittleEndian())
      : samplesFromBytes(contiguous, dtype, littleEndian);
  const image: Image = { data, shape: [rows.count, columns] };
  return region === undefined ? image : crop(image, { ...region, row: 0 });
}

/** Rows of a page from `first` on. */
interface RowRange {
  readonly first: number;
  readonly count: number;
}

/** The bytes of rows, block by block, in the byte order of this machine. */
async function readRows(
  source: FileSource,
  page: Page,
  { first, count }: RowRange,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const { rows, columns, dtype, blockRows, blockColumns } = page;
  const size = bytesPerSample(dtype);
  const rowBytes = columns * size;
  const output = new Uint8Array(count * rowBytes);
  const blocks = windowed(source, blockWindow);
  const across = Math.ceil(columns / blockColumns);
  const stride = blockColumns * size;
  for (let block = 0; block < page.offsets.length; block++) {
    const top = Math.floor(block / across) * blockRows;
    const begin = Math.max(first, top);
    const end = Math.min(first + count, top + blockRows, rows);
    if (begin >= end) continue;
    signal?.throwIfAborted();
    const decoded = await decodeBlock(blocks, page, block);
    const left = (block % across) * stride;
    const width = Math.min(stride, rowBytes - left);
    if (width === rowBytes && stride === rowBytes) {
      const part = decoded.subarray((begin - top) * rowBytes, (end - top) * rowBytes);
      output.set(part, (begin - first) * rowBytes);
      continue;
    }
    for (let row = begin; row < end; row++) {
      const from = (row - top) * stride;
      output.set(decoded.subarray(from, from + width), (row - first) * rowBytes + left);
    }
  }
  return output;
}

/** The direct path: plain strips that follow one another are the image, read in one go. */
async function readContiguous(
  source: FileSource,
  page: Page,
  { first, count }: RowRange,
): Promise<Uint8Array | undefined> {
  const { codec, tiled, offsets, columns, blockRows, dtype } = page;
  if (codec.name !== "none" || tiled) return undefined;
  const rowBytes = columns * bytesPerSample(dtype);
  const blockBytes = blockRows * rowBytes;
  if (!offsets.every((offset, block) => offset === offsets[0]! + block * blockBytes)) {
    return undefined;
  }
  return source.read(offsets[0]! + first * rowBytes, count * rowBytes);
}

/** A strip or tile in the byte order of this machine, at least as long as its pixels need. */
async function decodeBlock(source: FileSource, page: Page, block: number): Promise<Uint8Array> {
  const { codec, tiled, rows, blockRows, blockColumns, dtype, predictor } = page;
  const size = bytesPerSample(dtype);
  const limit = blockRows * blockColumns * size;
  const length = tiled
    ? limit
    : Math.min(blockRows, rows - block * blockRows) * blockColumns * size;
  // No compression doubles anything: a longer block, such as one that claims the whole file, is
  // not worth reading further.
  const byteCount = Math.min(page.byteCounts[block]!, 2 * limit + 2 ** 16);
  const data = await source.read(page.offsets[block]!, byteCount);
  let decoded: Uint8Array;
  try {
    decoded = await codec.decode(data, length, limit);
    if (decoded.length < length) {
      throw new Error(`its ${codec.name} data end after ${decoded.length} of ${length} bytes`);
    }
  } catch (error) {
    if (error instanceof CakelabError) throw error;
    throw new FileFormatError(
      source.name,
      `${tiled ? "tile" : "strip"} ${block}: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  }
  const aligned =
    decoded.byteOffset % size === 0 ? decoded.subarray(0, length) : decoded.slice(0, length);
  if (predictor === 3) return undoFloatingPoint(aligned, blockColumns, dtype);
  if (page.littleEndian !== hostIsLittleEndian()) swapBytes(aligned, size);
  if (predictor === 2) undoHorizontal(aligned, blockColumns, dtype);
  return aligned;
}
