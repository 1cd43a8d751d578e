import type { Image } from "../../array.js";
import { FileFormatError } from "../../errors.js";
import type { FileSource } from "../file-source.js";
import type { ImageFile, ImageFormat, ReadOptions } from "../format.js";
import { frameBytes } from "../limits.js";
import { unpackPixels } from "./packed-bits.js";

/** mar345 image plates and mar555: packed pixels of 16 bits, and a table of those beyond. */
export const mar345: ImageFormat = {
  name: "mar345",
  extensions: [1200, 1600, 1800, 2000, 2300, 2400, 3000, 3450].map((size) => `.mar${size}`),
  matches: (head) =>
    head.length >= 64 && (word(head, 0, true) === 1234 || word(head, 0, false) === 1234),
  open: openMar345,
};

const headerBytes = 4096;
/** Pixels beyond 16 bits come in records of 8: place from 1, and value. */
const highRecord = 64;
const key = /CCP4 packed image( V2)?, X: (\d{4}), Y: (\d{4})/;

interface Layout {
  readonly header: Readonly<Record<string, string>>;
  readonly littleEndian: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly highPixels: number;
}

async function openMar345(source: FileSource): Promise<ImageFile> {
  const layout = await readLayout(source);
  const { rows, columns, header } = layout;
  return {
    frames: 1,
    shape: [rows, columns],
    dtype: "uint32",
    compression: "ccp4",
    header,
    read: (_frame, options) => readPixels(source, layout, options),
  };
}

async function readLayout(source: FileSource): Promise<Layout> {
  const fail = (message: string): FileFormatError => new FileFormatError(source.name, message);
  if (source.size < headerBytes) throw fail("its header is cut off; it is still being written");
  const head = await source.read(0, headerBytes);
  const littleEndian = word(head, 0, true) === 1234;
  const number = (index: number): number => word(head, 4 * index, littleEndian);
  const columns = number(1);
  const rows = number(5) / columns;
  if (number(3) === 2) throw fail("unsupported: spiral data; convert it with marcvt");
  if (!Number.isInteger(rows)) {
    throw fail(`its header says ${number(5)} pixels in rows of ${columns}; it is damaged`);
  }
  frameBytes(source.name, rows, columns, 4);
  const highPixels = number(2);
  if (highPixels < 0 || headerBytes + highRecord * Math.ceil(highPixels / 8) > source.size) {
    throw fail(`its header says ${highPixels} pixels beyond 16 bits; it is damaged or truncated`);
  }
  return { header: entriesOf(head), littleEndian, rows, columns, highPixels };
}

/** `KEY value` lines; lines of names and values (`PIXEL LENGTH 150 HEIGHT 150`) as `PIXEL_LENGTH`. */
function entriesOf(head: Uint8Array): Record<string, string> {
  const entries = new Map<string, string>();
  const text = new TextDecoder("latin1").decode(head.subarray(64));
  for (const line of text.split("END OF HEADER", 1)[0]!.split(/[\r\n]+/)) {
    const [, name, value] = /^([A-Z][A-Z0-9]*)\s+(.*\S)\s*$/.exec(line.trim()) ?? [];
    if (name === undefined) continue;
    if (!pairs.has(name)) {
      entries.set(name, value!);
      continue;
    }
    const words = value!.split(/\s+/);
    for (let i = 0; i + 1 < words.length; i += 2) entries.set(`${name}_${words[i]}`, words[i + 1]!);
  }
  return Object.fromEntries(entries);
}

const pairs: ReadonlySet<string> = new Set([
  "PIXEL",
  "OFFSET",
  "PHI",
  "OMEGA",
  "COUNTS",
  "CENTER",
  "INTENSITY",
  "HISTOGRAM",
  "COLLIMATOR",
]);

async function readPixels(
  source: FileSource,
  { rows, columns, highPixels, littleEndian, header }: Layout,
  { signal }: ReadOptions = {},
): Promise<Image> {
  const fail = (message: string): FileFormatError => new FileFormatError(source.name, message);
  signal?.throwIfAborted();
  const tableBytes = highRecord * Math.ceil(highPixels / 8);
  // No packing makes a pixel longer than 38 bits.
  const most = Math.min(source.size - headerBytes, tableBytes + 5 * rows * columns + 4096);
  const bytes = await source.read(headerBytes, most);
  signal?.throwIfAborted();
  const searched = new TextDecoder("latin1").decode(bytes.subarray(0, tableBytes + 4096));
  const found = key.exec(searched);
  if (found === null) throw fail("has no packed image; it is damaged or truncated");
  if (Number(found[2]) !== columns || Number(found[3]) !== rows) {
    throw fail(
      `holds ${found[3]} × ${found[2]} pixels, not the ${rows} × ${columns} of its header`,
    );
  }
  const table = found.index - 1 - tableBytes;
  if (table < 0) throw fail("its table of high pixels is cut off; it is damaged");
  const options = {
    columns,
    pixels: rows * columns,
    version: found[1] === undefined ? 1 : 2,
  } as const;
  try {
    const data = unpackPixels(bytes.subarray(found.index + found[0].length + 1), options);
    for (let i = 0; i < 8 * Math.ceil(highPixels / 8); i++) {
      const place = word(bytes, table + 8 * i, littleEndian) - 1;
      if (place >= 0 && place < data.length) {
        data[place] = word(bytes, table + 8 * i + 4, littleEndian);
      }
    }
    return { data, shape: [rows, columns], header: { ...header } };
  } catch (error) {
    throw new FileFormatError(source.name, (error as Error).message, { cause: error });
  }
}

function word(bytes: Uint8Array, at: number, littleEndian: boolean): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getInt32(at, littleEndian);
}
