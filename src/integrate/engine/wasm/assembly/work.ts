import { startCells } from "./cells";
import { divideSmallRows } from "./entries";
import { normalizeRows } from "./normalize";
import { cornerLines, divideRows } from "./split";

/** Rows that a thread takes at a time. */
const PIECE = 4;

/**
 * Does a step of planning for the rows `from` to `to`, together with the other threads: each takes the
 * next rows that nobody has, counted at `counter`, so that none waits for a slower one.
 */
function together(from: i32, to: i32, counter: usize, work: (from: i32, to: i32) => void): void {
  while (true) {
    const start = from + atomic.add<i32>(counter, PIECE);
    if (start >= to) return;
    work(start, min(start + PIECE, to));
  }
}

export function normalizeTogether(from: i32, to: i32, counter: usize): void {
  together(from, to, counter, normalizeRows);
}

export function linesTogether(from: i32, to: i32, counter: usize): void {
  together(from, to, counter, cornerLines);
}

export function divideTogether(from: i32, to: i32, counter: usize): void {
  startCells();
  together(from, to, counter, divideRows);
}

let smallBins: usize = 0;

/** See divideSmallRows; `small` is what listSmall has written. */
export function divideSmallTogether(from: i32, to: i32, counter: usize, small: usize): void {
  smallBins = small;
  together(from, to, counter, (start, end) => divideSmallRows(start, end, smallBins));
}
