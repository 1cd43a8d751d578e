import { FileFormatError } from "../../errors.js";
import { bytesPerSample } from "../../samples.js";
import { bunzip2 } from "../bzip2.js";
import { type FileSource, memorySource, windowed } from "../file-source.js";
import type { ImageFile, ImageFormat, ReadOptions } from "../format.js";
import { gunzip, inflate } from "../inflate.js";
import { readRawFrame } from "../raw-frame.js";
import type { Region } from "../region.js";
import { type EdfLayout, layoutOf } from "./frame-layout.js";
import { readHeaderBlock } from "./header-block.js";

/**
 * EDF, the ESRF's format: one text header and its pixels for each frame. Every frame has a header of
 * its own; a third dimension is read as frames too.
 *
 * @see http://www.edfplus.info is another EDF; this one is described in FabIO's documentation
 */
export const edf: ImageFormat = {
  name: "EDF",
  extensions: [".edf", ".cor"],
  matches: (head) =>
    /^[\r\n\t ]{0,2}\{/.test(ascii(head)) && !ascii(head).startsWith("{\nHEADER_BYTES"),
  open: openEdf,
};

interface EdfFrame {
  readonly header: Readonly<Record<string, string>>;
  readonly layout: EdfLayout;
  readonly dataOffset: number;
  /** Of those in one block. */
  readonly index: number;
}

/** More frames than any scan has. */
const maxFrames = 1_000_000;

async function openEdf(source: FileSource): Promise<ImageFile> {
  const frames = await readFrames(source);
  const first = whole(frames[0]!);
  checkLength(source, first);
  return {
    frames: frames.length,
    shape: [first.layout.rows, first.layout.columns],
    dtype: first.layout.dtype,
    compression: first.layout.compression,
    header: first.header,
    read: async (frame, options) => readFrame(source, whole(frames[frame]!), options),
    readRegion: async (frame, region, options) =>
      readFrame(source, whole(frames[frame]!), options, region),
  };
}

/** A frame, or why it cannot be read: a file that ends in the middle still has those before. */
type FrameOrError = EdfFrame | FileFormatError;

function whole(frame: FrameOrError): EdfFrame {
  if (frame instanceof FileFormatError) throw frame;
  return frame;
}

async function readFrames(file: FileSource): Promise<FrameOrError[]> {
  const source = windowed(file);
  const frames: FrameOrError[] = [];
  let general: Readonly<Record<string, string>> = {};
  for (let offset = 0; ; ) {
    try {
      const block = await readHeaderBlock(source, offset);
      if (block === undefined) break;
      const { header, dataOffset } = block;
      if ("EDF_DataFormatVersion" in header) {
        // A block without pixels of its own: its entries hold for all frames.
        general = header;
        offset = dataOffset + generalBytes(header, file.name);
        continue;
      }
      const entries = { ...ofAllFrames(general), ...header };
      const layout = layoutOf(entries, file.name);
      if (frames.length + layout.frames > maxFrames) {
        throw new FileFormatError(file.name, `has more than ${maxFrames} frames; it is damaged`);
      }
      for (let index = 0; index < layout.frames; index++) {
        frames.push({ header: entries, layout, dataOffset, index });
      }
      offset = dataOffset + layout.blockBytes;
    } catch (error) {
      if (frames.length === 0 || !(error instanceof FileFormatError)) throw error;
      frames.push(error);
      break;
    }
  }
  if (frames.length === 0) throw new FileFormatError(file.name, "is an EDF file without a frame");
  return frames;
}

function generalBytes(header: Readonly<Record<string, string>>, name: string): number {
  const bytes = Number(header.EDF_BinarySize ?? 0);
  if (Number.isInteger(bytes) && bytes >= 0) return bytes;
  throw new FileFormatError(name, "its general header is damaged (EDF_BinarySize)");
}

/** What one frame says of itself alone is not taken from the general header. */
function ofAllFrames(general: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(general).filter(([key]) => !/^(EDF_.*|size|image|headerid)$/i.test(key)),
  );
}

function checkLength({ name, size }: FileSource, { layout, dataOffset, index }: EdfFrame): void {
  const { rows, columns, dtype, compression, blockBytes } = layout;
  const needed =
    compression === "none" ? (index + 1) * rows * columns * bytesPerSample(dtype) : blockBytes;
  const missing = dataOffset + needed - size;
  if (missing > 0) {
    throw new FileFormatError(
      name,
      `${missing} bytes are missing at its end; it is truncated or still being written`,
    );
  }
}

async function readFrame(
  source: FileSource,
  frame: EdfFrame,
  options: ReadOptions = {},
  region?: Region,
): ReturnType<ImageFile["read"]> {
  checkLength(source, frame);
  const { layout, dataOffset, header, index } = frame;
  const bytes = layout.rows * layout.columns * bytesPerSample(layout.dtype);
  const isPacked = layout.compression !== "none";
  const pixels = isPacked ? await unpacked(source, frame, layout.frames * bytes) : source;
  const offset = (isPacked ? 0 : dataOffset) + index * bytes;
  const image = await readRawFrame(pixels, { ...layout, offset }, { ...options, region });
  return { ...image, header: { ...header } };
}

async function unpacked(
  source: FileSource,
  { layout, dataOffset }: EdfFrame,
  limit: number,
): Promise<FileSource> {
  const packed = await source.read(dataOffset, layout.blockBytes);
  try {
    const bytes =
      layout.compression === "bzip2"
        ? bunzip2(packed, limit)
        : await (layout.compression === "gzip" ? gunzip : inflate)(packed, limit);
    return memorySource(bytes, source.name);
  } catch (error) {
    throw new FileFormatError(source.name, (error as Error).message, { cause: error });
  }
}

function ascii(head: Uint8Array): string {
  return String.fromCharCode(...head.subarray(0, 32));
}
