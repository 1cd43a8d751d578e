import { FileFormatError } from "../errors.js";
import type { SampleType } from "../samples.js";
import { type Field, readFields } from "./binary-fields.js";
import { readHeaderBlock } from "./edf/header-block.js";
import type { FileSource } from "./file-source.js";
import type { ImageFile, ImageFormat } from "./format.js";
import { type RawFile, rawImageFile } from "./raw-file.js";

/**
 * GE's flat panels (`.ge`, `.ge1` to `.ge5`): a header of 8192 bytes, then frames. Beside the
 * detector's own header there are two kinds from the APS: one of zeros and one of EDF's text
 * (`.edf.ge5`), both with frames of 2048 × 2048 uint16.
 */
export const ge: ImageFormat = {
  name: "GE",
  extensions: [".ge", ".ge1", ".ge2", ".ge3", ".ge4", ".ge5"],
  matches: (head, name) =>
    startsWith(head, adept) || (hasGeName(name) && (isBlank(head) || head[0] === 0x7b)),
  open: openGe,
};

const adept: readonly number[] = [0x41, 0x44, 0x45, 0x50, 0x54];
const headerBytes = 8192;
/** What the detector records where its header does not say it. */
const panel = { rows: 2048, columns: 2048, dtype: "uint16" } as const;

const fields: readonly Field[] = [
  { name: "ImageFormat", at: 0, type: { text: 10 } },
  { name: "StandardHeaderSizeInBytes", at: 12, type: "u32" },
  { name: "UserHeaderSizeInBytes", at: 18, type: "u32" },
  { name: "NumberOfFrames", at: 22, type: "u16" },
  { name: "NumberOfRowsInFrame", at: 24, type: "u16" },
  { name: "NumberOfColsInFrame", at: 26, type: "u16" },
  { name: "ImageDepthInBits", at: 28, type: "u16" },
  { name: "AcquisitionDate", at: 30, type: { text: 20 } },
  { name: "AcquisitionTime", at: 50, type: { text: 20 } },
  { name: "Operator", at: 90, type: { text: 50 } },
  { name: "DetectorSignature", at: 140, type: { text: 20 } },
  { name: "AcquisitionName", at: 220, type: { text: 40 } },
  { name: "TimeBetweenFramesInMicrosecs", at: 520, type: "f64" },
  { name: "ExposePresetTimeInMicrosecs", at: 540, type: "f64" },
  { name: "AcquisitionFrameRateInFps", at: 548, type: "f32" },
  { name: "ExposureTimeInMillisecs", at: 696, type: "f32" },
  { name: "FrameRateInFps", at: 700, type: "f32" },
  { name: "kVp", at: 704, type: "f32" },
  { name: "mA", at: 708, type: "f32" },
  { name: "TemperatureInDegC", at: 824, type: "f64" },
  { name: "Comment", at: 3132, type: { text: 200 } },
];

const depths: Readonly<Record<number, SampleType>> = { 8: "uint8", 16: "uint16", 32: "uint32" };

async function openGe(source: FileSource): Promise<ImageFile> {
  if (source.size < headerBytes) {
    throw new FileFormatError(source.name, "its header is cut off; it is still being written");
  }
  const head = await source.read(0, headerBytes);
  return rawImageFile(source, startsWith(head, adept) ? own(head, source) : await blank(source));
}

function own(head: Uint8Array, source: FileSource): RawFile {
  const header = readFields(head, fields);
  const number = (name: string): number => Number(header[name]);
  const dtype = depths[number("ImageDepthInBits")];
  if (dtype === undefined) {
    throw new FileFormatError(
      source.name,
      `unsupported: pixels of ${header.ImageDepthInBits} bits; the header is damaged`,
    );
  }
  if (number("NumberOfFrames") === 0) throw new FileFormatError(source.name, "has no frame");
  return {
    offset: number("StandardHeaderSizeInBytes") + number("UserHeaderSizeInBytes"),
    rows: number("NumberOfRowsInFrame"),
    columns: number("NumberOfColsInFrame"),
    dtype,
    littleEndian: true,
    frames: number("NumberOfFrames"),
    header,
  };
}

/** A header without a shape: the number of frames follows from the size of the file. */
async function blank(source: FileSource): Promise<RawFile> {
  const frameBytes = panel.rows * panel.columns * 2;
  const frames = (source.size - headerBytes) / frameBytes;
  if (!Number.isInteger(frames) || frames === 0) {
    throw new FileFormatError(
      source.name,
      `has ${source.size} bytes, which are no whole number of frames of ${panel.rows} × ${panel.columns} uint16 after ${headerBytes}; it is truncated or still being written`,
    );
  }
  const isText = (await source.read(0, 1))[0] === 0x7b;
  const header = isText ? ((await readHeaderBlock(source, 0))?.header ?? {}) : {};
  const declared = header.Num_Images;
  if (declared !== undefined && Number(declared) !== frames) {
    throw new FileFormatError(
      source.name,
      `its header says ${declared} frames, and there are ${frames}; it is damaged or still being written`,
    );
  }
  return { offset: headerBytes, ...panel, littleEndian: true, frames, header };
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}

function isBlank(head: Uint8Array): boolean {
  return head.subarray(0, 64).every((byte) => byte === 0);
}

function hasGeName(name: string): boolean {
  return /\.ge[1-5]?(\.gz|\.bz2)?$/i.test(name);
}
