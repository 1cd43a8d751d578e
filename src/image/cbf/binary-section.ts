import { FileFormatError } from "../../errors.js";
import { bytesPerSample, type SampleType } from "../../samples.js";
import type { FileSource } from "../file-source.js";
import { frameBytes } from "../limits.js";
import { pilatusEntries } from "../pilatus-header.js";

/** What the text before the pixels of a CBF says, checked against the file's size. */
export interface BinarySection {
  readonly header: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly columns: number;
  readonly dtype: SampleType;
  readonly dataOffset: number;
  readonly dataBytes: number;
  /** Base64 of the MD5 of the packed pixels. */
  readonly md5: string | undefined;
}

const starter = [0x0c, 0x1a, 0x04, 0xd5];
/** CBFlib's full headers have a few kilobytes. */
const maxHeader = 2 ** 21;

const elementTypes: Readonly<Record<string, SampleType>> = {
  "signed 8-bit integer": "int8",
  "signed 16-bit integer": "int16",
  "signed 32-bit integer": "int32",
  "signed 64-bit integer": "int64",
  "unsigned 8-bit integer": "uint8",
  "unsigned 16-bit integer": "uint16",
  "unsigned 32-bit integer": "uint32",
  "unsigned 64-bit integer": "uint64",
};

/**
 * Reads the text of a CBF up to its first image.
 *
 * @throws FileFormatError
 */
export async function readBinarySection(source: FileSource): Promise<BinarySection> {
  const fail = (message: string): FileFormatError => new FileFormatError(source.name, message);
  const { text, dataOffset } = await readText(source);
  const section = text.lastIndexOf("--CIF-BINARY-FORMAT-SECTION--");
  if (section < 0) throw fail("its binary section has no header; it is damaged");
  const keys = sectionKeys(text.slice(section));
  const number = (key: string): number => {
    const value = Number(keys.get(key)?.trim() || Number.NaN);
    if (!Number.isInteger(value) || value < 0) {
      throw fail(`its header says ${key}: ${keys.get(key) ?? "nothing"}; it is damaged`);
    }
    return value;
  };
  const conversions = keys.get("conversions");
  if (conversions?.toLowerCase() !== "x-cbf_byte_offset") {
    throw fail(
      `unsupported compression: ${conversions ?? "none named"}; x-CBF_BYTE_OFFSET is read, to which CBFlib's cif2cbf converts`,
    );
  }
  const order = keys.get("X-Binary-Element-Byte-Order") ?? "LITTLE_ENDIAN";
  if (order !== "LITTLE_ENDIAN") throw fail(`unsupported: byte order ${order}`);
  const typeName = keys.get("X-Binary-Element-Type");
  const dtype = elementTypes[typeName ?? ""];
  if (dtype === undefined) {
    throw fail(`unsupported: element type ${typeName ?? "not named"}; integers are read`);
  }
  const columns = number("X-Binary-Size-Fastest-Dimension");
  const rows = number("X-Binary-Size-Second-Dimension");
  frameBytes(source.name, rows, columns, bytesPerSample(dtype));
  if (keys.has("X-Binary-Number-of-Elements")) {
    const elements = number("X-Binary-Number-of-Elements");
    if (elements !== rows * columns) {
      throw fail(`its header says ${elements} pixels and ${rows} × ${columns}; it is damaged`);
    }
  }
  const dataBytes = number("X-Binary-Size");
  const missing = dataOffset + dataBytes - source.size;
  if (missing > 0) {
    throw fail(`${missing} bytes are missing at its end; it is truncated or still being written`);
  }
  if (dataBytes < rows * columns) {
    throw fail(`has ${dataBytes} bytes, too few for ${rows} × ${columns} pixels; it is damaged`);
  }
  return {
    header: { ...textHeader(text.slice(0, section)), ...Object.fromEntries(keys) },
    rows,
    columns,
    dtype,
    dataOffset,
    dataBytes,
    md5: keys.get("Content-MD5"),
  };
}

async function readText(source: FileSource): Promise<{ text: string; dataOffset: number }> {
  for (let length = 2 ** 12; ; length *= 2) {
    const available = Math.min(length, source.size, maxHeader);
    const bytes = await source.read(0, available);
    for (let at = bytes.indexOf(starter[0]!); at >= 0; at = bytes.indexOf(starter[0]!, at + 1)) {
      if (!starter.every((byte, i) => bytes[at + i] === byte)) continue;
      return {
        text: new TextDecoder("latin1").decode(bytes.subarray(0, at)),
        dataOffset: at + starter.length,
      };
    }
    if (available < length) {
      throw new FileFormatError(source.name, "is a CBF file without an image; it is truncated");
    }
  }
}

/** `Key: value` lines, and `conversions="…"`. */
function sectionKeys(text: string): Map<string, string> {
  const keys = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, key, value] = /^\s*([A-Za-z][\w-]*)\s*[:=]\s*(.*)$/.exec(line.trimEnd()) ?? [];
    if (key !== undefined) keys.set(key, value!.replace(/^"|["\s;]+$/g, ""));
  }
  return keys;
}

/** The detector's own lines by their names, and the simple CIF items (`_name value`). */
function textHeader(text: string): Record<string, string> {
  const items = [...text.matchAll(/^(_[\w.[\]-]+)[ \t]+(\S.*?)\s*$/gm)].map(
    ([, key, value]): [string, string] => [key!, value!.replace(/^["']|["']$/g, "")],
  );
  return Object.fromEntries([...items, ...pilatusEntries(text)]);
}
