import { whole } from "./memory";
import { ROWS } from "../parameters";

// The rows of an image are summed in blocks, each into areas of its own that are then added up in their
// order: whichever thread takes a block, the same bytes come out, and none waits for one that wakes late.

let counter: usize = 0;
let blocks = 0;
let next = 0;

/** Rows of the block at work. */
export let firstRow = 0;
export let endRow = 0;

/** Begins to take blocks, once the image is there: `gate` is then 1. */
export function beginBlocks(gate: usize, count: i32): void {
  counter = gate + 4;
  blocks = count;
  while (atomic.load<i32>(gate) == 0) {}
}

/** Takes the next block that no thread has; its number, or −1 where none is left. */
export function takeBlock(): i32 {
  next = atomic.add<i32>(counter, 1);
  if (next >= blocks) return -1;
  const rows = <i64>whole(ROWS);
  firstRow = <i32>((rows * next) / blocks);
  endRow = <i32>((rows * (next + 1)) / blocks);
  return next;
}
