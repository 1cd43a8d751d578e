import { PEAK_COLUMNS, type PeakColumn } from "./tracked-peaks.js";

const COLUMNS = PEAK_COLUMNS.length;
const FIRST_SIZE = 64;

/** What became of one value of one peak, pattern by pattern, the oldest first. */
export interface PeakSeries {
  /** Numbers of the frames. */
  readonly numbers: Float64Array;
  /** Seconds since 1970. */
  readonly timestamps: Float64Array;
  /** NaN where `status` is not 0. */
  readonly values: Float64Array;
  /** Standard errors. */
  readonly errors: Float64Array;
  /** Places in `PEAK_STATUS`. */
  readonly status: Uint8Array;
}

/** The last rows of one peak, in all directions; grows to its length, then the oldest make room. */
export class SeriesRing {
  readonly #length: number;
  readonly #directions: number;
  /** Rows that came, also those that are no more. */
  #came = 0;
  #numbers = new Float64Array(0);
  #timestamps = new Float64Array(0);
  /** `[row][direction][column]`. */
  #values = new Float64Array(0);
  #errors = new Float64Array(0);
  /** `[row][direction]`. */
  #status = new Uint8Array(0);

  constructor(length: number, directions: number) {
    this.#length = length;
    this.#directions = directions;
  }

  get directions(): number {
    return this.#directions;
  }

  /** Takes the peak's row of each direction: rows `first`, `first + stride`, … of the arrays. */
  append(
    { number, timestamp }: { readonly number: number; readonly timestamp: number },
    rows: { readonly values: Float64Array; readonly errors: Float64Array; status: Uint8Array },
    first: number,
    stride: number,
  ): void {
    this.#grow();
    const row = this.#came++ % this.#numbers.length;
    this.#numbers[row] = number;
    this.#timestamps[row] = timestamp;
    for (let direction = 0; direction < this.#directions; direction++) {
      const from = first + direction * stride;
      const to = row * this.#directions + direction;
      this.#status[to] = rows.status[from]!;
      for (let column = 0; column < COLUMNS; column++) {
        this.#values[to * COLUMNS + column] = rows.values[from * COLUMNS + column]!;
        this.#errors[to * COLUMNS + column] = rows.errors[from * COLUMNS + column]!;
      }
    }
  }

  series(name: PeakColumn, direction: number): PeakSeries {
    const column = PEAK_COLUMNS.indexOf(name);
    const size = this.#numbers.length;
    const count = Math.min(this.#came, size);
    const series = {
      numbers: new Float64Array(count),
      timestamps: new Float64Array(count),
      values: new Float64Array(count),
      errors: new Float64Array(count),
      status: new Uint8Array(count),
    };
    for (let i = 0; i < count; i++) {
      const row = (this.#came - count + i) % size;
      const at = row * this.#directions + direction;
      series.numbers[i] = this.#numbers[row]!;
      series.timestamps[i] = this.#timestamps[row]!;
      series.values[i] = this.#values[at * COLUMNS + column]!;
      series.errors[i] = this.#errors[at * COLUMNS + column]!;
      series.status[i] = this.#status[at]!;
    }
    return series;
  }

  #grow(): void {
    const size = this.#numbers.length;
    if (this.#came < size || size === this.#length) return;
    const next = Math.min(this.#length, Math.max(FIRST_SIZE, 2 * size));
    const rows = next * this.#directions;
    this.#numbers = longer(this.#numbers, next);
    this.#timestamps = longer(this.#timestamps, next);
    this.#values = longer(this.#values, rows * COLUMNS);
    this.#errors = longer(this.#errors, rows * COLUMNS);
    const status = new Uint8Array(rows);
    status.set(this.#status);
    this.#status = status;
  }
}

function longer(values: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(size);
  copy.set(values);
  return copy;
}
