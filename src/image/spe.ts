import { FileFormatError } from "../errors.js";
import type { SampleType } from "../samples.js";
import { readFields } from "./binary-fields.js";
import type { FileSource } from "./file-source.js";
import type { ImageFile, ImageFormat } from "./format.js";
import { rawImageFile } from "./raw-file.js";

/**
 * Princeton Instruments' SPE, versions 2 (WinView) and 3 (LightField): a header of 4100 bytes, then
 * the frames, then in version 3 a text of XML.
 */
export const spe: ImageFormat = {
  name: "SPE",
  extensions: [".spe"],
  // The format has no mark of its own.
  matches: (_head, name) => /\.spe(\.gz|\.bz2)?$/i.test(name),
  open: openSpe,
};

const headerBytes = 4100;
const dataTypes: Readonly<Record<number, SampleType>> = {
  0: "float32",
  1: "int32",
  2: "int16",
  3: "uint16",
};

async function openSpe(source: FileSource): Promise<ImageFile> {
  if (source.size < headerBytes) {
    throw new FileFormatError(source.name, "its header is cut off; it is still being written");
  }
  const head = await source.read(0, headerBytes);
  const view = new DataView(head.buffer, head.byteOffset);
  const dtype = dataTypes[view.getUint16(108, true)];
  if (dtype === undefined) {
    throw new FileFormatError(
      source.name,
      `unsupported: data type ${view.getUint16(108, true)}; float32, int32, int16 and uint16 are read`,
    );
  }
  const frames = view.getInt32(1446, true);
  if (frames < 1) throw new FileFormatError(source.name, `its header says ${frames} frames`);
  const footer = Number(view.getBigUint64(678, true));
  return rawImageFile(source, {
    offset: headerBytes,
    rows: view.getUint16(656, true),
    columns: view.getUint16(42, true),
    dtype,
    littleEndian: true,
    frames,
    header: footer === 0 ? version2(head) : await version3(source, footer),
  });
}

function version2(head: Uint8Array): Record<string, string> {
  return readFields(head, [
    { name: "exposure_time", at: 10, type: "f32" },
    { name: "date", at: 20, type: { text: 10 } },
    { name: "center_wavelength", at: 72, type: "f32" },
    { name: "time", at: 172, type: { text: 7 } },
    { name: "grating", at: 650, type: "f32" },
  ]);
}

const maxFooter = 2 ** 24;

/** Of the XML only what names a value is taken: it may hold a whole calibration. */
async function version3(source: FileSource, footer: number): Promise<Record<string, string>> {
  const length = source.size - footer;
  if (length <= 0 || length > maxFooter) return {};
  const text = new TextDecoder().decode(await source.read(footer, length));
  const entries: [string, string][] = [];
  const created = /<Origin\b[^>]*\bcreated="([^"]*)"/.exec(text)?.[1];
  if (created !== undefined) entries.push(["date", created]);
  const milliseconds = /<ExposureTime\b[^>]*>([^<]*)<\/ExposureTime>/.exec(text)?.[1];
  if (milliseconds !== undefined) {
    entries.push(["exposure_time", `${Number(milliseconds) / 1000}`]);
  }
  const camera = /<Camera\b[^>]*\bmodel="([^"]*)"/.exec(text)?.[1];
  if (camera !== undefined) entries.push(["detector", camera]);
  return Object.fromEntries(entries);
}
