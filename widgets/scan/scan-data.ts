import { type BinRange, meanPattern, type Profiles, rangeMap } from "../../src/scan/range-map.js";
import {
  type MapQuantity,
  type ScanMessageToKernel,
  type ScanMessageToPage,
  unpackArrays,
  type ViewArrays,
} from "../../src/widget-messages.js";
import type { ViewState } from "../view-state.js";

/** Maps that are wanted. */
export interface MapsWish {
  readonly quantity: MapQuantity;
  readonly ranges: readonly BinRange[];
  readonly background: BinRange | undefined;
}

/** The numbers of a scan as the page has them, or asks the kernel for them. */
export class ScanData {
  readonly #state: ViewState;
  #arrays: ViewArrays | undefined;
  #profiles: Profiles | undefined;
  #mean: ArrayLike<number> | undefined;
  #asked = 0;
  /** Maps that the kernel computes, while it does, and those that it is to compute next. */
  #waiting: MapsWish | undefined;
  #isBusy = false;
  readonly #patterns = new Map<number, Float32Array>();

  /** Called when patterns have come. */
  onGrown: () => void = () => undefined;
  /** Called with maps, in the order of their ranges. */
  onMaps: (maps: readonly Float32Array[]) => void = () => undefined;
  /** Called when a pattern that was asked for has come. */
  onPattern: () => void = () => undefined;
  /** Called with the detector image of a frame, or why there is none. */
  onFrame: (index: number, frame: ViewArrays | string) => void = () => undefined;
  /** Called with a slice and what is said of it, or why there is none. */
  onSlice: (words: string, slice?: ViewArrays) => void = () => undefined;
  /** Called with why there are no maps. */
  onNoMaps: (text: string) => void = () => undefined;

  constructor(state: ViewState) {
    this.#state = state;
    state.onArrays(() => this.#load());
    state.onMessage((message, buffers) => this.#hear(message as ScanMessageToPage, buffers));
    this.#load();
  }

  /** Whether the numbers have come. */
  get isThere(): boolean {
    return this.#arrays !== undefined;
  }

  get radial(): Float64Array {
    return this.#numbers("radial") as Float64Array;
  }

  /** Positions of a motor. */
  positions(motor: "slow" | "fast"): ArrayLike<number> {
    return this.#numbers(motor);
  }

  /** The frame of a point; −1 where there is none. */
  frameOf(point: number): number {
    return this.#numbers("pointer")[point] ?? -1;
  }

  /** The mean of all patterns. */
  get mean(): ArrayLike<number> {
    this.#mean ??=
      this.#profiles === undefined ? this.#numbers("mean") : meanPattern(this.#profiles);
    return this.#mean;
  }

  /** The pattern of a point; undefined while it is on its way. */
  pattern(point: number): Float32Array | undefined {
    if (this.#profiles === undefined) {
      const known = this.#patterns.get(point);
      if (known === undefined) this.#ask({ do: "pattern", point });
      return known;
    }
    const { data, bins } = this.#profiles;
    return data.subarray(point * bins, (point + 1) * bins);
  }

  /** Has maps made: at once where the patterns are here, else by the kernel, which also fits peaks. */
  makeMaps(wish: MapsWish): void {
    const { quantity, ranges, background } = wish;
    const profiles = this.#profiles;
    if (profiles !== undefined && quantity === "intensity") {
      this.#asked++;
      this.#isBusy = false;
      this.#waiting = undefined;
      this.onMaps(ranges.map((range) => rangeMap(profiles, range, background)));
      return;
    }
    // While the kernel computes, only the last wish is kept.
    this.#waiting = wish;
    this.#askMaps();
  }

  /** Asks for a slice through the sample. */
  askSlice(): void {
    this.#ask({ do: "slice" });
  }

  /** Asks for the detector image of a frame. */
  askFrame(index: number): void {
    this.#ask({ do: "frame", index });
  }

  release(): void {
    this.#arrays = this.#profiles = this.#mean = undefined;
    this.#patterns.clear();
  }

  #numbers(name: string): ArrayLike<number> {
    return this.#arrays?.[name]?.data ?? new Float64Array(0);
  }

  #load(): void {
    const { arrays } = this.#state;
    if (arrays === undefined) return;
    const { patterns } = arrays;
    this.#arrays = arrays;
    this.#mean = undefined;
    this.#patterns.clear();
    this.#profiles = patterns && {
      data: patterns.data as Float32Array,
      points: patterns.shape[0]!,
      bins: patterns.shape[1]!,
    };
    this.onGrown();
  }

  #askMaps(): void {
    if (this.#isBusy || this.#waiting === undefined) return;
    const { quantity, ranges, background } = this.#waiting;
    this.#waiting = undefined;
    this.#isBusy = true;
    const request = ++this.#asked;
    this.#ask({ do: "maps", request, quantity, ranges, background: background ?? null });
  }

  #ask(message: ScanMessageToKernel): void {
    this.#state.send(message);
  }

  #hear(message: ScanMessageToPage, buffers: readonly DataView[]): void {
    if (!this.isThere) return;
    if (message.do === "points") {
      const [points, frames] = [ints(buffers[0]!), ints(buffers[1]!)];
      const patterns = floats(buffers[2]!);
      const { data, bins } = this.#profiles!;
      for (const [i, point] of points.entries()) {
        data.set(patterns.subarray(i * bins, (i + 1) * bins), point * bins);
        this.#arrays!.pointer!.data[point] = frames[i]!;
      }
      this.#mean = undefined;
      this.onGrown();
    } else if (message.do === "maps" && message.request === this.#asked) {
      this.#isBusy = false;
      this.onMaps(buffers.map(floats));
      this.#askMaps();
    } else if (message.do === "pattern") {
      this.#patterns.set(message.point, floats(buffers[0]!));
      this.onPattern();
    } else if (message.do === "frame") {
      this.onFrame(message.index, unpackArrays(message.arrays, buffers));
    } else if (message.do === "no frame") this.onFrame(message.index, message.text);
    else if (message.do === "no maps" && message.request === this.#asked) {
      this.#isBusy = false;
      this.onNoMaps(message.text);
      this.#askMaps();
    } else if (message.do === "slice") {
      this.onSlice(message.words, unpackArrays(message.arrays, buffers));
    } else if (message.do === "no slice") this.onSlice(message.text);
  }
}

// Bytes may lie askew in a message: they are copied.
function ints({ buffer, byteOffset, byteLength }: DataView): Int32Array {
  return new Int32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

function floats({ buffer, byteOffset, byteLength }: DataView): Float32Array {
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
