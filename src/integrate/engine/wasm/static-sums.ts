import type { Settings } from "../../settings.js";
import type { Accumulators } from "./accumulators.js";
import type { Arena } from "./arena.js";
import { FLOAT64, UINT8 } from "./element-types.js";
import { MASK, NORMALIZATION, PARAMETER_COUNT, PARAMETERS } from "./parameters.js";
import { share, type Team } from "./team.js";

/** Sums over the bins that depend on the plan, and on which pixels of an image are invalid. */
export class StaticSums {
  readonly #arena: Arena;
  readonly #team: Team;
  readonly #sums: Accumulators;
  readonly #settings: Settings;
  readonly #image: number;
  readonly #pixels: number;
  readonly #mask: number;
  readonly #normalizationOfPixels: number;
  #invalid: Uint32Array | undefined;

  // Addresses in the memory; 0 for what there is not.
  readonly count: number;
  readonly normalization: number;
  readonly normalization2: number;
  readonly dark: number;
  readonly variance: number;
  /** Σ c² of the invalid pixels, where counting statistics need it. */
  #invalidSquares = 0;

  /** Areas of the fullest bin, in pixels. */
  largestCount = 0;

  /** `image` is the address of the room for images, which is overwritten. */
  constructor(
    arena: Arena,
    team: Team,
    sums: Accumulators,
    settings: Settings,
    image: number,
    pixels: number,
  ) {
    this.#arena = arena;
    this.#team = team;
    this.#sums = sums;
    this.#settings = settings;
    this.#image = image;
    this.#pixels = pixels;
    const parameters = arena.float64(PARAMETERS, PARAMETER_COUNT);
    this.#mask = parameters[MASK]!;
    this.#normalizationOfPixels = parameters[NORMALIZATION]!;
    this.count = sums.place();
    this.normalization = sums.place();
    this.normalization2 = sums.place();
    this.dark = settings.dark === undefined ? 0 : sums.place();
    this.variance = settings.variance === undefined ? 0 : sums.place();
  }

  get invalid(): Uint32Array {
    return this.#invalid ?? new Uint32Array(0);
  }

  /** Address of the Σ c² of invalid pixels, or 0. */
  get invalidSquares(): number {
    return this.invalid.length > 0 ? this.#invalidSquares : 0;
  }

  /** Makes the sums without these pixels; whether that was needed, so that the image is overwritten. */
  async update(invalid: Uint32Array, isPoisson: boolean): Promise<boolean> {
    if (this.#invalid !== undefined && isSame(invalid, this.#invalid)) return false;
    // Were this to fail halfway, the sums would be nobody's.
    this.#invalid = undefined;
    const [sums, image] = [this.#sums, this.#image];
    await this.#onPixels("validPixels", this.#mask);
    for (const pixel of invalid) this.#arena.uint8(image, this.#pixels)[pixel] = 0;
    await sums.sum(UINT8, image);
    this.#keep(sums.sums, this.count);
    await this.withoutNormalization(invalid, async () => {
      await sums.sum(FLOAT64, this.#normalizationOfPixels);
      this.#keep(sums.sums, this.normalization);
      await this.#onPixels("squareValues", this.#normalizationOfPixels);
      await sums.square(image);
      this.#keep(sums.squareSums, this.normalization2);
    });
    const { dark, variance } = this.#settings;
    if (dark !== undefined) {
      this.#placeValues(dark.data, invalid);
      await sums.sum(FLOAT64, image);
      this.#keep(sums.sums, this.dark);
    }
    if (variance !== undefined) {
      this.#placeValues(variance.data, invalid);
      await sums.square(image);
      this.#keep(sums.squareSums, this.variance);
    }
    if (isPoisson && invalid.length > 0) {
      const values = this.#arena.float64(image, this.#pixels).fill(0);
      for (const pixel of invalid) values[pixel] = 1;
      await sums.square(image);
      if (this.#invalidSquares === 0) this.#invalidSquares = sums.place();
      this.#keep(sums.squareSums, this.#invalidSquares);
    }
    const counts = sums.copy(this.count);
    this.largestCount = counts.reduce((largest, pixels) => Math.max(largest, pixels), 0);
    this.#invalid = invalid;
    return true;
  }

  /** Does some work while these pixels have no normalization. */
  async withoutNormalization<T>(invalid: Uint32Array, work: () => Promise<T>): Promise<T> {
    const normalization = () => this.#arena.float64(this.#normalizationOfPixels, this.#pixels);
    const kept = Float64Array.from(invalid, (pixel) => normalization()[pixel]!);
    for (const pixel of invalid) normalization()[pixel] = 0;
    try {
      return await work();
    } finally {
      const again = normalization();
      for (const [i, pixel] of invalid.entries()) again[pixel] = kept[i]!;
    }
  }

  #placeValues(values: ArrayLike<number>, invalid: Uint32Array): void {
    const view = this.#arena.float64(this.#image, this.#pixels);
    view.set(values);
    for (const pixel of invalid) view[pixel] = 0;
  }

  /** Runs a kernel over all pixels that writes a value of each in place of the image. */
  #onPixels(kernel: string, values: number): Promise<number[]> {
    return this.#team.run((thread, threads) => [
      kernel,
      ...share(this.#pixels, thread, threads),
      values,
      this.#image,
    ]);
  }

  #keep(from: number, to: number): void {
    const values = this.#sums.copy(from);
    this.#arena.float64(to, values.length).set(values);
  }
}

function isSame(a: Uint32Array, b: Uint32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
