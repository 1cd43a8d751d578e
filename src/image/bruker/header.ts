import { FileFormatError } from "../../errors.js";
import type { FileSource } from "../file-source.js";
import { frameBytes } from "../limits.js";

/** The header of a Bruker frame: lines of 80 characters in blocks of 512 bytes. */
export interface BrukerHeader {
  readonly version: 86 | 100;
  readonly rows: number;
  readonly columns: number;
  readonly dataOffset: number;
  readonly entries: Readonly<Record<string, string>>;
  /** The whole numbers of an entry. @throws FileFormatError where they are not all such. */
  numbers(key: string): number[];
}

const lineBytes = 80;
const blockBytes = 512;
/** `HDRBLKS` is among the first five. */
const firstBlocks = 5;
const maxBlocks = 1000;

/**
 * Reads the header; entries that go over several lines are joined by line ends.
 *
 * @throws FileFormatError
 */
export async function readBrukerHeader(source: FileSource): Promise<BrukerHeader> {
  const fail = (message: string): FileFormatError => new FileFormatError(source.name, message);
  const readBlocks = async (count: number): Promise<Record<string, string>> => {
    if (count * blockBytes > source.size) throw fail("its header is cut off");
    return entriesOf(await source.read(0, count * blockBytes));
  };
  const numbersOf =
    (entries: Readonly<Record<string, string>>) =>
    (key: string): number[] => {
      const numbers = (entries[key] ?? "").split(/\s+/).map((word) => Number(word || Number.NaN));
      if (!numbers.every(Number.isInteger)) {
        throw fail(`its header says ${key}: ${entries[key] ?? "nothing"}; it is damaged`);
      }
      return numbers;
    };
  const start = await readBlocks(firstBlocks);
  const blocks = start.HDRBLKS === undefined ? firstBlocks : numbersOf(start)("HDRBLKS")[0]!;
  if (blocks < firstBlocks || blocks > maxBlocks) {
    throw fail(`its header says that it has ${blocks} blocks; it is damaged`);
  }
  const entries = blocks === firstBlocks ? start : await readBlocks(blocks);
  const numbers = numbersOf(entries);
  const [version] = numbers("FORMAT");
  if (version !== 86 && version !== 100) throw fail(`is of format ${version}; 86 and 100 are read`);
  const rows = numbers("NROWS")[0]!;
  const columns = numbers("NCOLS")[0]!;
  frameBytes(source.name, rows, columns, 4);
  return { version, rows, columns, dataOffset: blocks * blockBytes, entries, numbers };
}

function entriesOf(bytes: Uint8Array): Record<string, string> {
  const text = new TextDecoder("latin1").decode(bytes);
  const entries = new Map<string, string>();
  for (let at = 0; at < text.length; at += lineBytes) {
    const line = text.slice(at, at + lineBytes);
    const colon = line.indexOf(":");
    const key = line.slice(0, colon).trim();
    if (colon <= 0 || key === "__proto__") continue;
    const value = line.slice(colon + 1).trim();
    const before = entries.get(key);
    entries.set(key, before === undefined ? value : `${before}\n${value}`);
  }
  return Object.fromEntries(entries);
}
