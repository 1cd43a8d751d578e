/**
 * Which bins each pixel goes to, with which fraction: a sparse matrix, in the order of pixels.
 *
 * A pixel mostly covers neighbouring bins, so entries come in pairs: pair k gives the fraction
 * `weight[k]` of pixel `pixel[k]` to bin `bin[k]`, and `nextWeight[k]` to the bin after it. One flat
 * loop over pairs takes half the time of a loop over pixels with one over their bins inside. A pair at
 * the last bin reaches one past it, with weight 0: sums need `bins + 1` places.
 */
export interface PixelBins {
  readonly bins: number;
  readonly pixel: Int32Array;
  readonly bin: Int32Array;
  readonly weight: Float64Array;
  readonly nextWeight: Float64Array;
}

/** Collects a PixelBins, pixel after pixel. */
export class PixelBinsBuilder {
  readonly #bins: number;
  readonly #pixels: number;
  #pixel: Int32Array;
  #bin: Int32Array;
  #weight: Float64Array;
  #nextWeight: Float64Array;
  #pairs = 0;
  #current = 0;
  /** The bin that would complete the last pair, −1 where none can. */
  #open = -1;

  constructor(pixels: number, bins: number) {
    this.#bins = bins;
    this.#pixels = pixels;
    this.#pixel = new Int32Array(pixels);
    this.#bin = new Int32Array(pixels);
    this.#weight = new Float64Array(pixels);
    this.#nextWeight = new Float64Array(pixels);
  }

  /** Gives a fraction of the current pixel to a bin. */
  add(bin: number, weight: number): void {
    if (bin === this.#open) {
      this.#nextWeight[this.#pairs - 1] = weight;
      this.#open = -1;
      return;
    }
    if (this.#pairs === this.#bin.length) this.#grow();
    this.#pixel[this.#pairs] = this.#current;
    this.#bin[this.#pairs] = bin;
    this.#weight[this.#pairs] = weight;
    this.#pairs++;
    this.#open = bin + 1;
  }

  /** Ends the current pixel; one that was given to no bin counts nowhere. */
  next(): void {
    this.#current++;
    this.#open = -1;
  }

  finish(): PixelBins {
    return {
      bins: this.#bins,
      pixel: this.#pixel.slice(0, this.#pairs),
      bin: this.#bin.slice(0, this.#pairs),
      weight: this.#weight.slice(0, this.#pairs),
      nextWeight: this.#nextWeight.slice(0, this.#pairs),
    };
  }

  #grow(): void {
    // What the pixels so far needed, scaled to all of them, is seldom far from the end.
    const likely = Math.ceil((this.#pairs / Math.max(1, this.#current)) * this.#pixels * 1.1);
    const length = Math.max(likely, Math.ceil(this.#pairs * 1.25), 1024);
    this.#pixel = copied(this.#pixel, new Int32Array(length));
    this.#bin = copied(this.#bin, new Int32Array(length));
    this.#weight = copied(this.#weight, new Float64Array(length));
    this.#nextWeight = copied(this.#nextWeight, new Float64Array(length));
  }
}

function copied<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
