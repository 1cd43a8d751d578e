import { whole } from "./memory";
import { ROWS } from "../parameters";

// The rows of an image are summed in blocks, which threads take from a common counter: none waits for one
// that wakes late. Whole numbers are added up per thread; float64 sums would depend on who did what, so
// they have an area for each block, added up in their order: the same bytes come out, whoever did it.

let gate: usize = 0;
let blocks = 0;

/** Rows of the block at work. */
export let firstRow = 0;
export let endRow = 0;

/** Begins to take blocks; at `at` stands how many rows of the image are there, then a counter. */
export function beginBlocks(at: usize, count: i32): void {
  gate = at;
  blocks = count;
}

/** Takes the next block that no thread has, once its rows are there; its number, or −1 where none is left. */
export function takeBlock(): i32 {
  const block = atomic.add<i32>(gate + 4, 1);
  if (block >= blocks) return -1;
  setRows(block, blocks);
  return block;
}

/** Takes the next of so many parts of the rows' pairs, after all blocks; −1 where none is left. */
export function takePairs(parts: i32): i32 {
  const part = atomic.add<i32>(gate + 8, 1);
  if (part >= parts) return -1;
  setRows(part, parts);
  return part;
}

function setRows(part: i32, parts: i32): void {
  const rows = <i64>whole(ROWS);
  firstRow = <i32>((rows * part) / parts);
  endRow = <i32>((rows * (part + 1)) / parts);
  while (atomic.load<i32>(gate) < endRow) {}
}
