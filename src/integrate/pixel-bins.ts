/**
 * Which bins each pixel goes to, with which fraction: a sparse matrix, pixel by pixel.
 *
 * Pixel p has the entries `start[p]` to `start[p + 1]` of `bin` and `weight`.
 */
export interface PixelBins {
  readonly bins: number;
  readonly start: Uint32Array;
  readonly bin: Uint32Array;
  readonly weight: Float64Array;
}

/** Collects the entries of a PixelBins, pixel after pixel. */
export class PixelBinsBuilder {
  readonly #bins: number;
  readonly #start: Uint32Array;
  #bin: Uint32Array;
  #weight: Float64Array;
  #entries = 0;
  #pixel = 0;

  constructor(pixels: number, bins: number) {
    this.#bins = bins;
    this.#start = new Uint32Array(pixels + 1);
    this.#bin = new Uint32Array(2 * pixels);
    this.#weight = new Float64Array(2 * pixels);
  }

  add(bin: number, weight: number): void {
    if (this.#entries === this.#bin.length) this.#grow();
    this.#bin[this.#entries] = bin;
    this.#weight[this.#entries] = weight;
    this.#entries++;
  }

  /** Ends the current pixel; one without entries counts in no bin. */
  next(): void {
    this.#start[++this.#pixel] = this.#entries;
  }

  finish(): PixelBins {
    return {
      bins: this.#bins,
      start: this.#start,
      bin: this.#bin.slice(0, this.#entries),
      weight: this.#weight.slice(0, this.#entries),
    };
  }

  #grow(): void {
    const pixels = this.#start.length - 1;
    // What the pixels so far needed, scaled to all of them, is seldom far from the end.
    const likely = Math.ceil((this.#entries / Math.max(1, this.#pixel)) * pixels * 1.1);
    const length = Math.max(likely, Math.ceil(this.#entries * 1.25), 1024);
    this.#bin = copied(this.#bin, new Uint32Array(length));
    this.#weight = copied(this.#weight, new Float64Array(length));
  }
}

function copied<T extends Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
