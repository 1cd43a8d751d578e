/** Whole numbers of which most follow each other, kept as ranges. */
export class NumberRanges {
  /** First and last numbers of ranges, ascending and apart. */
  readonly #ends: number[] = [];

  has(value: number): boolean {
    const at = this.#rangeFrom(value);
    return at > 0 && value <= this.#ends[at - 1]!;
  }

  add(value: number): void {
    const ends = this.#ends;
    const at = this.#rangeFrom(value);
    if (at > 0 && value <= ends[at - 1]!) return;
    const isAfter = at > 0 && ends[at - 1] === value - 1;
    const isBefore = ends[at] === value + 1;
    if (isAfter && isBefore) ends.splice(at - 1, 2);
    else if (isAfter) ends[at - 1] = value;
    else if (isBefore) ends[at] = value;
    else ends.splice(at, 0, value, value);
  }

  /** Where in `#ends` the first range is that begins after a value. */
  #rangeFrom(value: number): number {
    const ends = this.#ends;
    let [low, high] = [0, ends.length / 2];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[2 * middle]! <= value) low = middle + 1;
      else high = middle;
    }
    return 2 * low;
  }
}
