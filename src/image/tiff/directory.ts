import { FileFormatError } from "../../errors.js";
import { type FileSource, windowed } from "../file-source.js";

/** An image file directory (IFD): what a TIFF file says about one of its pages. */
export interface Directory {
  readonly littleEndian: boolean;
  readonly entries: ReadonlyMap<number, Entry>;
}

interface Entry {
  readonly type: number;
  readonly count: number;
  /** The values themselves if they fit, otherwise their offset. */
  readonly field: DataView;
}

interface Layout {
  readonly littleEndian: boolean;
  readonly big: boolean;
}

/** More pages than any series has, few enough to be walked in seconds. */
const maxPages = 100_000;

const maxEntries = 4096;

const bytesOfType: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 16: 8 };

/**
 * The directories of all pages of a TIFF or BigTIFF file, in order.
 *
 * @throws FileFormatError if the chain of directories leaves the file, or returns to where it was:
 * a damaged pointer would otherwise be followed for ever.
 */
export async function readDirectories(file: FileSource): Promise<Directory[]> {
  const source = windowed(file);
  const { layout, first } = await readStart(source);
  const directories: Directory[] = [];
  const visited = new Set<number>();
  for (let offset = first; offset !== 0; ) {
    if (visited.has(offset)) {
      throw new FileFormatError(
        file.name,
        `its chain of pages returns to byte ${offset}; it is damaged`,
      );
    }
    if (visited.size === maxPages) {
      throw new FileFormatError(
        file.name,
        `has more than ${maxPages} pages; split it into several files`,
      );
    }
    visited.add(offset);
    const { directory, next } = await readDirectory(source, offset, layout);
    directories.push(directory);
    offset = next;
  }
  if (directories.length === 0)
    throw new FileFormatError(file.name, "is a TIFF file without a page");
  return directories;
}

/**
 * The single number of a tag, or `undefined` if the tag is not there.
 *
 * @throws FileFormatError if it is not one unsigned integer.
 */
export async function readNumber(
  source: FileSource,
  directory: Directory,
  tag: number,
): Promise<number | undefined> {
  return (await readNumbers(source, directory, tag, 1))?.[0];
}

/**
 * The `count` numbers of a tag, or `undefined` if the tag is not there.
 *
 * @throws FileFormatError if there are more or less, if they are not unsigned integers (SHORT,
 * LONG or LONG8), or lie outside the file.
 */
export async function readNumbers(
  source: FileSource,
  { entries, littleEndian }: Directory,
  tag: number,
  count: number,
): Promise<number[] | undefined> {
  const entry = entries.get(tag);
  if (entry === undefined) return undefined;
  if (entry.count !== count || ![3, 4, 16].includes(entry.type)) {
    throw new FileFormatError(
      source.name,
      `tag ${tag} holds ${entry.count} values of type ${entry.type} and should hold ${count === 1 ? "one unsigned integer" : `${count} unsigned integers`}; it is damaged`,
    );
  }
  const view = await valuesOf(source, entry, tag, littleEndian);
  return Array.from({ length: count }, (_, i) => {
    if (entry.type === 3) return view.getUint16(2 * i, littleEndian);
    if (entry.type === 4) return view.getUint32(4 * i, littleEndian);
    return Number(view.getBigUint64(8 * i, littleEndian));
  });
}

/** How many values a tag says that it has; 0 if it is not there. */
export function countOf(directory: Directory, tag: number): number {
  return directory.entries.get(tag)?.count ?? 0;
}

/** The text of a tag up to its first NUL, or `undefined` if there is none that can be read. */
export async function readText(
  source: FileSource,
  { entries, littleEndian }: Directory,
  tag: number,
): Promise<string | undefined> {
  const entry = entries.get(tag);
  if (entry === undefined || entry.type !== 2 || entry.count > 2 ** 20) return undefined;
  try {
    const view = await valuesOf(source, entry, tag, littleEndian);
    const text = new TextDecoder().decode(view).split("\0", 1)[0]!.trim();
    return text === "" ? undefined : text;
  } catch (error) {
    // A description that is cut off does not make the pixels wrong.
    if (error instanceof FileFormatError) return undefined;
    throw error;
  }
}

async function readStart(source: FileSource): Promise<{ layout: Layout; first: number }> {
  const view = viewOf(await source.read(0, Math.min(16, Math.max(8, source.size))));
  const littleEndian = view.getUint8(0) === 0x49;
  const big = view.getUint16(2, littleEndian) === 43;
  if (!big) return { layout: { littleEndian, big }, first: view.getUint32(4, littleEndian) };
  if (view.byteLength < 16 || view.getUint16(4, littleEndian) !== 8) {
    throw new FileFormatError(source.name, "is a BigTIFF file with a damaged start");
  }
  return { layout: { littleEndian, big }, first: Number(view.getBigUint64(8, littleEndian)) };
}

async function readDirectory(
  source: FileSource,
  offset: number,
  { littleEndian, big }: Layout,
): Promise<{ directory: Directory; next: number }> {
  const [countBytes, entryBytes, pointerBytes] = big ? [8, 20, 8] : [2, 12, 4];
  const head = viewOf(await source.read(offset, countBytes));
  const count = big ? Number(head.getBigUint64(0, littleEndian)) : head.getUint16(0, littleEndian);
  if (count === 0 || count > maxEntries) {
    throw new FileFormatError(
      source.name,
      `the page at byte ${offset} says that it has ${count} tags; it is damaged`,
    );
  }
  const length = count * entryBytes;
  const body = viewOf(await source.read(offset + countBytes, length + pointerBytes));
  const entries = new Map<number, Entry>();
  for (let at = 0; at < length; at += entryBytes) {
    const tag = body.getUint16(at, littleEndian);
    // The first of two equal tags counts, as in libtiff.
    if (entries.has(tag)) continue;
    entries.set(tag, {
      type: body.getUint16(at + 2, littleEndian),
      count: big
        ? Number(body.getBigUint64(at + 4, littleEndian))
        : body.getUint32(at + 4, littleEndian),
      field: new DataView(body.buffer, body.byteOffset + at + (big ? 12 : 8), pointerBytes),
    });
  }
  const next = big
    ? Number(body.getBigUint64(length, littleEndian))
    : body.getUint32(length, littleEndian);
  return { directory: { littleEndian, entries }, next };
}

async function valuesOf(
  source: FileSource,
  { type, count, field }: Entry,
  tag: number,
  littleEndian: boolean,
): Promise<DataView> {
  const size = bytesOfType[type];
  if (size === undefined || count === 0) {
    throw new FileFormatError(source.name, `tag ${tag} has no readable value; the file is damaged`);
  }
  if (count * size <= field.byteLength) return field;
  const offset =
    field.byteLength === 8
      ? Number(field.getBigUint64(0, littleEndian))
      : field.getUint32(0, littleEndian);
  return viewOf(await source.read(offset, count * size));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
