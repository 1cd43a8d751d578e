import { EngineError } from "../../../errors.js";
import { NEXT_FREE, PARAMETERS, WHOLE_PARAMETERS } from "./parameters.js";

const PAGE = 65536;
/** Where free memory begins: behind the parameters and what the kernels keep for themselves. */
const FIRST_FREE = 2 * PAGE;

/**
 * Memories that plans gave back. A memory that threads share is freed only when the collectors of all of
 * them have looked, and those of idle threads never do: so the next plan takes it over.
 */
const spare = new Map<boolean, WebAssembly.Memory[]>([
  [true, []],
  [false, []],
]);

/** A plan's memory: JavaScript and the kernels of all threads take pieces of it and never give back. */
export class Arena {
  readonly memory: WebAssembly.Memory;
  readonly #isShared: boolean;

  constructor(isShared: boolean) {
    this.#isShared = isShared;
    this.memory =
      spare.get(isShared)!.pop() ??
      new WebAssembly.Memory({ initial: 16, maximum: PAGE, shared: isShared });
    this.uint8(0, FIRST_FREE).fill(0);
    new Int32Array(this.memory.buffer)[NEXT_FREE / 4] = FIRST_FREE;
  }

  /** Leaves the memory to a plan to come. */
  release(): void {
    spare.get(this.#isShared)!.push(this.memory);
  }

  /** Bytes taken. */
  get used(): number {
    return Atomics.load(new Int32Array(this.memory.buffer), NEXT_FREE / 4) >>> 0;
  }

  /** Takes a piece, whatever it holds; its address. */
  allocate(bytes: number): number {
    const size = Math.ceil(bytes / 64) * 64;
    const start = this.used;
    Atomics.store(new Int32Array(this.memory.buffer), NEXT_FREE / 4, (start + size) | 0);
    const missing = Math.ceil((start + size - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.#grow(missing);
    return start;
  }

  #grow(pages: number): void {
    try {
      this.memory.grow(pages);
    } catch (cause) {
      const remedy = "take fewer bins, or the js engine";
      throw new EngineError("wasm", `there is not enough memory for this plan; ${remedy}`, {
        cause,
      });
    }
  }

  /** A piece with these values. */
  place(values: Float64Array | Uint8Array): number {
    const start = this.allocate(values.byteLength);
    if (values instanceof Float64Array) this.float64(start, values.length).set(values);
    else this.uint8(start, values.length).set(values);
    return start;
  }

  /** Views hold until the memory grows. */
  float64(start: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, start, length);
  }

  uint32(start: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, start, length);
  }

  uint8(start: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, start, length);
  }

  parameter(index: number): number {
    return this.float64(PARAMETERS, index + 1)[index]!;
  }

  setParameter(index: number, value: number): void {
    this.float64(PARAMETERS, index + 1)[index] = value;
    this.uint32(WHOLE_PARAMETERS, index + 1)[index] = value;
  }
}
