import type { FileSource } from "../../image/file-source.js";
import { type Fields, fieldsAt, NotUnderstood } from "./fields.js";

/** An element of an array by its index; `undefined` where it was never written. */
export type ElementReader = (index: number) => Promise<Fields | undefined>;

/** Data blocks of one size: those that a super block lists. */
interface Level {
  readonly blocks: number;
  /** Elements of each block. */
  readonly elements: number;
  /** The first element and the first block of the level, in the whole array. */
  readonly firstElement: number;
  readonly firstBlock: number;
}

const ADDRESS = 8;
/** Signature, version, client and the header's address, with which every block begins. */
const PREFIX = 4 + 1 + 1 + ADDRESS;
const CHECKSUM = 4;

/**
 * HDF5's extensible array, in which a dataset with one unlimited dimension has its chunks: the first
 * elements lie in the index block, the next ones in data blocks that it lists, and the rest in blocks
 * of growing size that super blocks list.
 *
 * @throws NotUnderstood at once or when asked, for another array, or damage.
 * @see https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html VII.D
 */
export async function extensibleArray(
  source: FileSource,
  address: number,
  isFiltered: boolean,
): Promise<ElementReader> {
  const head = await fieldsAt(source, address, 12 + 7 * 8);
  head.expect("EAHD");
  const isKnown = head.u8() === 0 && (head.u8() === 1) === isFiltered;
  const elementBytes = head.u8();
  if (!isKnown || elementBytes < (isFiltered ? 13 : 8)) {
    throw new NotUnderstood("another extensible array");
  }
  const indexBits = head.u8();
  const inIndex = head.u8();
  const least = head.u8();
  const pointers = head.u8();
  const pageLength = 2 ** head.u8();
  head.skip(6 * 8);
  const index = head.address();
  if (index === undefined) return async () => undefined;
  if (least < 1 || pointers < 2 || indexBits > 48) throw new NotUnderstood("another array");
  const direct = 2 * Math.log2(pointers);
  const listed = 2 * (pointers - 1);
  const levels = levelsOf(1 + indexBits - Math.log2(least), least);
  const offsetBytes = Math.ceil(indexBits / 8);
  const blocksAt = index + PREFIX + inIndex * elementBytes;

  const pointerAt = async (at: number): Promise<number | undefined> =>
    (await fieldsAt(source, at, ADDRESS)).address();
  const elementAt = (at: number): Promise<Fields> => fieldsAt(source, at, elementBytes);
  const expectAt = async (at: number, signature: string): Promise<void> =>
    (await fieldsAt(source, at, 4)).expect(signature);
  await expectAt(index, "EAIB");

  return async (number) => {
    if (number < inIndex) return elementAt(index + PREFIX + number * elementBytes);
    const place = number - inIndex;
    const at = Math.floor(Math.log2(Math.floor(place / least) + 1));
    const level = levels[at];
    if (level === undefined) throw new NotUnderstood("an index beyond the array");
    const block = Math.floor((place - level.firstElement) / level.elements);
    const element = (place - level.firstElement) % level.elements;
    if (at < direct) {
      const data = await pointerAt(blocksAt + ADDRESS * (level.firstBlock + block));
      if (data === undefined) return undefined;
      await expectAt(data, "EADB");
      return elementAt(data + PREFIX + offsetBytes + element * elementBytes);
    }
    const list = await pointerAt(blocksAt + ADDRESS * (listed + at - direct));
    if (list === undefined) return undefined;
    await expectAt(list, "EASB");
    const pages = level.elements > pageLength ? level.elements / pageLength : 0;
    const bits = Math.ceil(pages / 8);
    const bitsAt = list + PREFIX + offsetBytes;
    const data = await pointerAt(bitsAt + level.blocks * bits + ADDRESS * block);
    if (data === undefined) return undefined;
    await expectAt(data, "EADB");
    const first = data + PREFIX + offsetBytes;
    if (pages === 0) return elementAt(first + element * elementBytes);
    // Of a block in pages, each has a checksum after it, and so has the beginning.
    const page = Math.floor(element / pageLength);
    // The bits of all blocks follow each other, whatever the room for those of one is.
    const bit = block * pages + page;
    const [byte] = await source.read(bitsAt + (bit >> 3), 1);
    if (!(byte! & (0x80 >> (bit & 7)))) return undefined;
    const pageAt = first + CHECKSUM + page * (pageLength * elementBytes + CHECKSUM);
    return elementAt(pageAt + (element % pageLength) * elementBytes);
  };
}

function levelsOf(count: number, least: number): Level[] {
  const levels: Level[] = [];
  let firstElement = 0;
  let firstBlock = 0;
  for (let i = 0; i < count; i++) {
    const blocks = 2 ** Math.floor(i / 2);
    const elements = 2 ** Math.ceil(i / 2) * least;
    levels.push({ blocks, elements, firstElement, firstBlock });
    firstElement += blocks * elements;
    firstBlock += blocks;
  }
  return levels;
}
