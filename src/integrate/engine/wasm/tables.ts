import type { Arena } from "./arena.js";
import * as at from "./parameters.js";

/** Where a plan's tables of pixels and rows begin. */
export interface Tables {
  readonly mask: number;
  readonly normalization: number;
  readonly codes: number;
  readonly rowWeights: number;
  readonly rowPairs: number;
  readonly rowPairCounts: number;
}

/** Room for the tables, with the mask in it. */
export function placeTables(
  arena: Arena,
  [rows, columns]: readonly [number, number],
  mask: Uint8Array,
): Tables {
  const pixels = rows * columns;
  const tables = {
    mask: arena.place(mask),
    normalization: arena.allocate(8 * pixels),
    codes: arena.allocate(4 * pixels),
    rowWeights: arena.allocate(4 * rows),
    rowPairs: arena.allocate(4 * rows),
    rowPairCounts: arena.allocate(4 * rows),
  };
  arena.setParameter(at.ROWS, rows);
  arena.setParameter(at.COLUMNS, columns);
  arena.setParameter(at.MASK, tables.mask);
  arena.setParameter(at.NORMALIZATION, tables.normalization);
  arena.setParameter(at.CODES, tables.codes);
  arena.setParameter(at.ROW_WEIGHTS, tables.rowWeights);
  arena.setParameter(at.ROW_PAIRS, tables.rowPairs);
  arena.setParameter(at.ROW_PAIR_COUNTS, tables.rowPairCounts);
  return tables;
}
