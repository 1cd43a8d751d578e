import type { Image } from "../../array.js";
import { CakelabError, FileFormatError } from "../../errors.js";
import { bytesPerSample, hostIsLittleEndian, samplesFromBytes, swapBytes } from "../../samples.js";
import { type FileSource, windowed } from "../file-source.js";
import type { Page } from "./page.js";
import { undoFloatingPoint, undoHorizontal } from "./predictor.js";

/** Small strips lie side by side: one read for many of them. */
const blockWindow = 2 ** 20;

/**
 * The pixels of a page.
 *
 * @throws FileFormatError for pixels that cannot be decoded, or the signal's reason.
 */
export async function decodePage(
  source: FileSource,
  page: Page,
  signal?: AbortSignal,
): Promise<Image> {
  const { rows, columns, dtype, littleEndian } = page;
  signal?.throwIfAborted();
  const shape: Image["shape"] = [rows, columns];
  const contiguous = await readContiguous(source, page);
  if (contiguous !== undefined) {
    signal?.throwIfAborted();
    return { data: samplesFromBytes(contiguous, dtype, littleEndian), shape };
  }

  const size = bytesPerSample(dtype);
  const rowBytes = columns * size;
  const output = new Uint8Array(rows * rowBytes);
  const blocks = windowed(source, blockWindow);
  const across = Math.ceil(columns / page.blockColumns);
  for (let block = 0; block < page.offsets.length; block++) {
    signal?.throwIfAborted();
    const decoded = await decodeBlock(blocks, page, block);
    const firstRow = Math.floor(block / across) * page.blockRows;
    const left = (block % across) * page.blockColumns * size;
    const stride = page.blockColumns * size;
    const width = Math.min(stride, rowBytes - left);
    const height = Math.min(page.blockRows, rows - firstRow);
    if (width === rowBytes && stride === rowBytes) {
      output.set(decoded.subarray(0, height * rowBytes), firstRow * rowBytes);
      continue;
    }
    for (let row = 0; row < height; row++) {
      const from = row * stride;
      output.set(decoded.subarray(from, from + width), (firstRow + row) * rowBytes + left);
    }
  }
  return { data: samplesFromBytes(output, dtype, hostIsLittleEndian()), shape };
}

/** The direct path: plain strips that follow one another are the image, read in one go. */
async function readContiguous(source: FileSource, page: Page): Promise<Uint8Array | undefined> {
  const { codec, tiled, offsets, rows, columns, blockRows, dtype } = page;
  if (codec.name !== "none" || tiled) return undefined;
  const blockBytes = blockRows * columns * bytesPerSample(dtype);
  if (!offsets.every((offset, block) => offset === offsets[0]! + block * blockBytes)) {
    return undefined;
  }
  return source.read(offsets[0]!, rows * columns * bytesPerSample(dtype));
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
