import type { FileSource } from "../../image/file-source.js";
import { extensibleArray } from "./extensible-array.js";
import { type Fields, fieldsAt, NotUnderstood } from "./fields.js";
import type { Storage } from "./storage.js";

/** A chunk as it lies in the file. */
export interface RawChunk {
  readonly address: number;
  readonly bytes: number;
  /** A bit for each filter that was left out. */
  readonly mask: number;
}

/** Finds chunks by the place of their first element; `undefined` for one that was never written. */
export type ChunkIndex = (offset: readonly number[]) => Promise<RawChunk | undefined>;

/** What an index has to know of its dataset. */
export interface ChunkGrid {
  readonly shape: readonly number[];
  /** How far each dimension may grow: `Infinity` is unlimited. */
  readonly maxShape: readonly number[];
  readonly chunks: readonly number[];
  /** Bytes of a chunk that no filter has made smaller. */
  readonly chunkBytes: number;
  readonly isFiltered: boolean;
}

/**
 * The index of a chunked dataset, read as far as it is asked for.
 *
 * @throws NotUnderstood at once or when asked, for an index that is not read here, or damage.
 */
export async function chunkIndex(
  source: FileSource,
  storage: Exclude<Storage, { kind: "contiguous" }>,
  grid: ChunkGrid,
): Promise<ChunkIndex> {
  if (storage.kind === "b-tree") return treeIndex(source, storage.address, grid);
  if (storage.kind === "fixed-array") return arrayIndex(source, storage.address, grid);
  if (storage.kind === "extensible-array") return growingIndex(source, storage.address, grid);
  const { address, bytes = grid.chunkBytes } = storage;
  const chunk = { address, bytes, mask: 0 };
  return async () => chunk;
}

interface TreeNode {
  readonly level: number;
  readonly entries: readonly {
    readonly offset: readonly number[];
    readonly bytes: number;
    readonly mask: number;
    readonly child: number;
  }[];
}

/** HDF5's B-tree of version 1, node type 1. Format specification III.A.1. */
function treeIndex(source: FileSource, root: number, grid: ChunkGrid): ChunkIndex {
  const rank = grid.shape.length;
  const nodes = new Map<number, Promise<TreeNode>>();
  const nodeAt = (address: number): Promise<TreeNode> => {
    let node = nodes.get(address);
    if (node === undefined) {
      node = readNode(source, address, rank);
      nodes.set(address, node);
    }
    return node;
  };
  return async (offset) => {
    let address = root;
    // A tree of 64 entries a node with 8 levels would hold more chunks than any file.
    for (let depth = 0, above = Infinity; depth < 16; depth++) {
      const { level, entries } = await nodeAt(address);
      if (level >= above) throw new NotUnderstood("a tree that does not end");
      above = level;
      const entry = entries.findLast((candidate) => compare(candidate.offset, offset) <= 0);
      if (entry === undefined) return undefined;
      if (level > 0) {
        address = entry.child;
        continue;
      }
      if (compare(entry.offset, offset) !== 0) return undefined;
      return { address: entry.child, bytes: entry.bytes, mask: entry.mask };
    }
    throw new NotUnderstood("a tree that does not end");
  };
}

async function readNode(source: FileSource, address: number, rank: number): Promise<TreeNode> {
  const head = await fieldsAt(source, address, 24);
  head.expect("TREE");
  if (head.u8() !== 1) throw new NotUnderstood("a tree of something else");
  const level = head.u8();
  const count = head.u16();
  const keyBytes = 8 + 8 * (rank + 1);
  const fields = await fieldsAt(source, address + 24, count * (keyBytes + 8));
  const entries = Array.from({ length: count }, () => {
    const bytes = fields.u32();
    const mask = fields.u32();
    const offset = Array.from({ length: rank }, () => fields.integer(8));
    fields.skip(8);
    return { bytes, mask, offset, child: fields.integer(8) };
  });
  return { level, entries };
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, i) => value !== b[i]);
  return index < 0 ? 0 : a[index]! - b[index]!;
}

/** HDF5's fixed array. Format specification III.F. */
async function arrayIndex(
  source: FileSource,
  address: number,
  grid: ChunkGrid,
): Promise<ChunkIndex> {
  const head = await fieldsAt(source, address, 28);
  head.expect("FAHD");
  const version = head.u8();
  const isFiltered = head.u8() === 1;
  const entryBytes = head.u8();
  const pageBits = head.u8();
  const count = head.integer(8);
  const block = head.address();
  if (version !== 0 || isFiltered !== grid.isFiltered || entryBytes < (isFiltered ? 13 : 8)) {
    throw new NotUnderstood("another fixed array");
  }
  const steps = grid.shape.map((size, i) => Math.ceil(size / grid.chunks[i]!));
  if (count !== steps.reduce((all, step) => all * step, 1)) {
    throw new NotUnderstood("an array of another length");
  }
  if (block === undefined) return async () => undefined;
  const blockHead = await fieldsAt(source, block, 14);
  blockHead.expect("FADB");
  const pageLength = 2 ** pageBits;
  const isPaged = count > pageLength;
  const pages = isPaged ? Math.ceil(count / pageLength) : 0;
  // A page has 4 bytes of checksum after it, and the block as many after its bits for the pages.
  const first = block + 14 + (isPaged ? Math.ceil(pages / 8) + 4 : 0);
  const isWritten = isPaged ? await source.read(block + 14, Math.ceil(pages / 8)) : undefined;
  return async (offset) => {
    const place = offset.reduce((at, value, i) => at * steps[i]! + value / grid.chunks[i]!, 0);
    const page = Math.floor(place / pageLength);
    if (isWritten !== undefined && !(isWritten[page >> 3]! & (0x80 >> (page & 7)))) {
      return undefined;
    }
    const at = first + place * entryBytes + (isPaged ? 4 * page : 0);
    return chunkOf(await fieldsAt(source, at, entryBytes), grid);
  };
}

/** Of an entry in an array; one that no filter has packed has no size there. */
function chunkOf(entry: Fields, { isFiltered, chunkBytes }: ChunkGrid): RawChunk | undefined {
  const address = entry.address();
  if (address === undefined) return undefined;
  if (!isFiltered) return { address, bytes: chunkBytes, mask: 0 };
  return { address, bytes: entry.integer(entry.left - 4), mask: entry.u32() };
}

/** Chunks of a dataset that grows along its first dimension, row after row of them. */
async function growingIndex(
  source: FileSource,
  address: number,
  grid: ChunkGrid,
): Promise<ChunkIndex> {
  const [, ...sizes] = grid.shape;
  const [first, ...most] = grid.maxShape;
  if (first !== undefined && first < Infinity) throw new NotUnderstood("another way to grow");
  if (most.some((size, i) => size !== sizes[i]))
    throw new NotUnderstood("room in other dimensions");
  const steps = grid.shape.map((size, i) => Math.ceil(size / grid.chunks[i]!));
  const read = await extensibleArray(source, address, grid.isFiltered);
  return async (offset) => {
    const place = offset.reduce((at, value, i) => at * steps[i]! + value / grid.chunks[i]!, 0);
    const entry = await read(place);
    return entry && chunkOf(entry, grid);
  };
}
