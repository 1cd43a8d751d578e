import type { RowsHeader, RowsThere } from "./diffractogram-messages.js";

type Numbers = Float32Array | Float64Array;

/** The table that has nothing, of no generation that there is. */
export const NO_ROWS: RowsThere = { generation: -1, count: 0 };

/**
 * A table that grows by rows and keeps the newest ones; a copy of it elsewhere follows by taking only
 * the rows that it has not.
 */
export class GrowingRows<T extends Numbers> {
  readonly #make: (length: number) => T;
  #data: T;
  #columns = 0;
  #most: number;
  #generation = 0;
  #count = 0;
  #first = 0;

  constructor(make: (length: number) => T, most: number = Number.POSITIVE_INFINITY) {
    this.#make = make;
    this.#most = most;
    this.#data = make(0);
  }

  get columns(): number {
    return this.#columns;
  }

  /** The number of the oldest row that is kept. */
  get first(): number {
    return this.#first;
  }

  /** Rows that are kept. */
  get length(): number {
    return this.#count - this.#first;
  }

  /** What a copy of this table says that it has. */
  get there(): RowsThere {
    return { generation: this.#generation, count: this.#count };
  }

  /** The rows that are kept, one after another: a view that the next row may outdate. */
  get data(): T {
    return this.#data.subarray(0, this.length * this.#columns) as T;
  }

  /** Begins another table. */
  begin(columns: number, most: number = this.#most): void {
    this.#most = most;
    this.#columns = columns;
    this.#generation++;
    this.#count = this.#first = 0;
    this.#data = this.#make(0);
  }

  /** Adds a row; a full table drops its oldest one. */
  add(row: ArrayLike<number>): void {
    this.#room(1);
    this.#data.set(row, this.length * this.#columns);
    this.#count++;
    this.#keep(Math.max(this.#first, this.#count - this.#most));
  }

  /** The rows that a copy has not. */
  since({ generation, count }: RowsThere): { header: RowsHeader; data: T } {
    const known = generation === this.#generation ? count : 0;
    const first = Math.min(Math.max(known, this.#first), this.#count);
    const header = { ...this.there, first, kept: this.#first, columns: this.#columns };
    return { header, data: this.data.slice((first - this.#first) * this.#columns) as T };
  }

  /** Takes rows of the table that this one is a copy of; false where rows before them are missing. */
  take(header: RowsHeader, rows: T): boolean {
    const { generation, count, first, kept, columns } = header;
    if (generation !== this.#generation || columns !== this.#columns) {
      if (first !== kept) return false;
      this.#columns = columns;
      this.#generation = generation;
      this.#first = this.#count = first;
    }
    if (first > this.#count) {
      if (first !== kept) return false;
      this.#first = this.#count = first;
    }
    // Another view of the same kernel may have asked for rows that are here already.
    const fresh = rows.subarray((this.#count - first) * columns) as T;
    if (count > this.#count) {
      this.#room(count - this.#count);
      this.#data.set(fresh, this.length * columns);
      this.#count = count;
    }
    this.#keep(kept);
    return true;
  }

  #keep(first: number): void {
    if (first <= this.#first) return;
    this.#data.copyWithin(0, (first - this.#first) * this.#columns, this.#used);
    this.#first = first;
  }

  get #used(): number {
    return this.length * this.#columns;
  }

  #room(rows: number): void {
    const needed = this.#used + rows * this.#columns;
    if (needed <= this.#data.length) return;
    const larger = this.#make(Math.max(needed, 2 * this.#data.length));
    larger.set(this.data);
    this.#data = larger;
  }
}
