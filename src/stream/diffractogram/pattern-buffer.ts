import type { Image } from "../../array.js";
import { OptionError } from "../../errors.js";

/** Rows that memory is taken for at first; it grows with what is in it. */
const FIRST_ROWS = 64;
/** Numbers of one typed array, at most. */
const MOST_NUMBERS = 2 ** 29;
/** Rows of a buffer, at most. */
export const MOST_ROWS: number = MOST_NUMBERS;

/**
 * The last patterns of a sector with their times: a ring of rows in one array, so that a full one drops
 * its oldest row without moving the others.
 *
 * A pattern of another length, or on another radial axis, begins the buffer anew.
 */
export class PatternBuffer {
  /** The most rows. */
  readonly capacity: number;
  /** Bin centres of its rows; empty before the first. */
  radial: Float64Array = new Float64Array(0);
  /** Rows there are. */
  length = 0;
  /** Rows that were appended since it began (anew), dropped ones too. */
  appended = 0;
  /** Raised by one each time it begins anew. */
  generation = 0;
  #rows: Float32Array = new Float32Array(0);
  #timestamps: Float64Array = new Float64Array(0);

  /** @throws OptionError for a capacity that is no whole number above 0. */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1 || capacity > MOST_ROWS) {
      throw new OptionError(
        "bufferSize",
        capacity,
        `${capacity} rows cannot be; give a whole number from 1 to ${MOST_ROWS}`,
      );
    }
    this.capacity = capacity;
  }

  /** Bins of a row; 0 before the first. */
  get bins(): number {
    return this.radial.length;
  }

  /**
   * Takes a pattern in, and drops the oldest one where there is no room.
   *
   * @param timestamp seconds since 1970.
   * @throws OptionError where the buffer would need more memory than an array can have.
   */
  append(radial: Float64Array, intensity: ArrayLike<number>, timestamp: number): void {
    if (!this.#fits(radial)) this.#beginWith(radial);
    const at = this.appended % this.capacity;
    this.#makeRoom(at + 1);
    this.#rows.set(intensity, at * this.bins);
    this.#timestamps[at] = timestamp;
    this.appended++;
    this.length = Math.min(this.appended, this.capacity);
  }

  /** A row, 0 = the oldest; it is no copy, and another pattern is there once it was dropped. */
  row(index: number): Float32Array {
    const at = this.#placeOf(index);
    return this.#rows.subarray(at * this.bins, (at + 1) * this.bins);
  }

  /** Seconds since 1970 of a row. */
  timestamp(index: number): number {
    return this.#timestamps[this.#placeOf(index)]!;
  }

  /** All rows, the oldest first: `[rows, bins]`. */
  toImage(): Image<Float32Array> {
    const { length, bins } = this;
    const data = new Float32Array(length * bins);
    for (let index = 0; index < length; index++) data.set(this.row(index), index * bins);
    return { data, shape: [length, bins] };
  }

  /** Empties it. */
  reset(): void {
    if (this.appended === 0) return;
    this.#beginWith(new Float64Array(0));
  }

  #fits(radial: Float64Array): boolean {
    const { bins } = this;
    const isSame = (at: number): boolean => radial[at] === this.radial[at];
    return radial.length === bins && isSame(0) && isSame(bins - 1);
  }

  #beginWith(radial: Float64Array): void {
    this.radial = radial;
    this.length = 0;
    this.appended = 0;
    this.generation++;
    this.#rows = new Float32Array(0);
    this.#timestamps = new Float64Array(0);
  }

  #makeRoom(rows: number): void {
    const { bins, capacity } = this;
    const there = this.#timestamps.length;
    if (rows <= there) return;
    const wanted = Math.min(capacity, Math.max(FIRST_ROWS, 2 * there));
    const numbers = Math.min(wanted * bins, MOST_NUMBERS);
    const taken = Math.floor(numbers / bins);
    if (taken < rows) {
      throw new OptionError(
        "bufferSize",
        capacity,
        `${capacity} rows of ${bins} points are more than ${MOST_NUMBERS} numbers; take fewer`,
      );
    }
    const [data, timestamps] = [new Float32Array(taken * bins), new Float64Array(taken)];
    data.set(this.#rows);
    timestamps.set(this.#timestamps);
    this.#rows = data;
    this.#timestamps = timestamps;
  }

  #placeOf(index: number): number {
    if (!Number.isInteger(index) || index < 0 || index >= this.length) {
      throw new OptionError("row", index, `${index} is none of the ${this.length} rows`);
    }
    return (this.appended - this.length + index) % this.capacity;
  }
}
