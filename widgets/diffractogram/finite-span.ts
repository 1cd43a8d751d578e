import type { Profile } from "../lines/profiles.js";

/** From the first to the last value (exclusive) that is one; all where none is. */
export function finiteSpan(values: ArrayLike<number>): [first: number, end: number] {
  let [first, end] = [0, values.length];
  while (first < end && !Number.isFinite(values[first]!)) first++;
  while (end > first && !Number.isFinite(values[end - 1]!)) end--;
  return first < end ? [first, end] : [0, values.length];
}

/**
 * A profile without the bins at its ends that no pixel lies in: an open end of a range is at 90°, as
 * LaVue means it, however far a detector sees.
 */
export function withoutEmptyEnds({ label, x, y }: Profile): Profile {
  const [first, end] = finiteSpan(y);
  const cut = (values: ArrayLike<number>): ArrayLike<number> =>
    Array.prototype.slice.call(values, first, end) as number[];
  return first === 0 && end === y.length ? { label, x, y } : { label, x: cut(x), y: cut(y) };
}

/** Columns of a table, from the first to the last (exclusive). */
export function columnsOf(
  data: Float32Array,
  columns: number,
  [first, end]: readonly [number, number],
): Float32Array {
  if (first === 0 && end === columns) return data;
  const rows = data.length / columns;
  const cut = new Float32Array(rows * (end - first));
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    cut.set(data.subarray(from + first, from + end), row * (end - first));
  }
  return cut;
}
