import type { TypedArray } from "../../array.js";
import { CakelabError } from "../../errors.js";
import { recycle, uninitializedBytes } from "../../host/uninitialized.js";
import { bytesPerSample, type SampleType, samplesFromBytes } from "../../samples.js";
import { HEADER_BYTES, HYBRID, PATCH_BYTES, typeOfCode } from "./dtypes.js";
import { decodeHybrid } from "./hybrid.js";
import { narrowWide } from "./wide-integers.js";

/** What came over the wire: a frame, or what is wrong with one after which the next can be read. */
export interface WireFrame {
  /** As sent, of 16 bits. */
  readonly number: number;
  readonly data: TypedArray | undefined;
  readonly problem: string | undefined;
  /** On the wire, with its header. */
  readonly bytes: number;
}

/** Bytes after which nobody can tell where the next frame begins: the client is to be given up. */
export class OutOfStep extends CakelabError {
  readonly tag = "out-of-step";
}

/**
 * Frames out of one client's bytes, whose pixels are read straight into the memory of their frame:
 * fill `target`, say how much of it was `filled`, and so on.
 */
export class FrameReader {
  readonly #pixels: number;
  readonly #signed: boolean;
  readonly #allocate: (bytes: number) => Uint8Array;
  readonly #small = new Uint8Array(HEADER_BYTES);
  #stage: "header" | "count" | "pixels" | "patches" = "header";
  #memory: Uint8Array = this.#small;
  #at = 0;
  #number = 0;
  #code = 0;
  #patches = 0;
  #base: Uint8Array | undefined;
  #bytes = 0;
  #expected = HEADER_BYTES;

  /**
   * @param signed whether integers are read as signed, of which the protocol says nothing
   * @param allocate gives the memory of a frame
   */
  constructor(
    pixels: number,
    signed: boolean,
    allocate: (bytes: number) => Uint8Array = uninitializedBytes,
  ) {
    this.#allocate = allocate;
    this.#pixels = pixels;
    this.#signed = signed;
  }

  /** Where the next bytes are to go; never empty. */
  get target(): Uint8Array {
    return this.#memory.subarray(this.#at);
  }

  /** How many bytes of a frame have come that is not complete. */
  get begun(): number {
    return this.#bytes;
  }

  /** How many bytes it is to have, as far as they have said so. */
  get expected(): number {
    return this.#expected;
  }

  /**
   * Takes note of bytes in `target`; the frame that they complete.
   *
   * @throws OutOfStep
   */
  filled(bytes: number): WireFrame | undefined {
    this.#at += bytes;
    this.#bytes += bytes;
    if (this.#at < this.#memory.length) return undefined;
    switch (this.#stage) {
      case "header":
        this.#readHeader();
        return undefined;
      case "count":
        this.#readCount();
        return undefined;
      case "pixels":
        if (this.#patches === 0) return this.#finish(undefined);
        this.#base = this.#memory;
        this.#begin("patches", uninitializedBytes(this.#patches * PATCH_BYTES));
        return undefined;
      case "patches":
        return this.#finish(this.#memory);
    }
  }

  /** Gives up a frame that will not come, when nothing writes to `target` any more. */
  discard(): void {
    if (this.#stage === "pixels") recycle(this.#memory);
    this.#reset();
  }

  #begin(stage: "count" | "pixels" | "patches", memory: Uint8Array): void {
    this.#stage = stage;
    this.#memory = memory;
    this.#at = 0;
  }

  #readHeader(): void {
    const [numberLow, numberHigh, codeLow, codeHigh] = this.#small;
    this.#number = numberLow! + 256 * numberHigh!;
    this.#code = codeLow! + 256 * codeHigh!;
    if (this.#code === HYBRID) {
      this.#expected = HEADER_BYTES + 4 + 2 * this.#pixels;
      this.#begin("count", this.#small);
      return;
    }
    const type = typeOfCode(this.#code, this.#signed);
    if (type === undefined) {
      throw new OutOfStep(
        `the type of a frame is ${this.#code}, and 0 to ${HYBRID} are known; most often the frames before it were not of ${this.#pixels} pixels`,
      );
    }
    this.#beginPixels(bytesPerSample(type));
  }

  #readCount(): void {
    const count = new DataView(this.#small.buffer).getUint32(0, true);
    if (count > this.#pixels) {
      throw new OutOfStep(
        `a hybrid frame announces ${count} values beside its ${this.#pixels} pixels; most often the frames before it were of another size`,
      );
    }
    this.#patches = count;
    this.#beginPixels(2);
  }

  #beginPixels(size: number): void {
    const bytes = this.#pixels * size;
    this.#expected = this.#bytes + bytes + this.#patches * PATCH_BYTES;
    this.#begin("pixels", this.#allocate(bytes));
  }

  #finish(patches: Uint8Array | undefined): WireFrame {
    const number = this.#number;
    const bytes = this.#bytes;
    const pixels = this.#base ?? this.#memory;
    const isHybrid = this.#code === HYBRID;
    const type = isHybrid ? "uint16" : typeOfCode(this.#code, this.#signed)!;
    this.#reset();
    try {
      const data = decode(pixels, type);
      const image = patches === undefined ? data : decodeHybrid(data as Uint16Array, patches);
      if (image.buffer !== pixels.buffer) recycle(pixels);
      return { number, bytes, data: image, problem: undefined };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { number, bytes, data: undefined, problem: error.message };
    }
  }

  #reset(): void {
    this.#stage = "header";
    this.#memory = this.#small;
    this.#at = 0;
    this.#bytes = 0;
    this.#patches = 0;
    this.#base = undefined;
    this.#expected = HEADER_BYTES;
  }
}

function decode(bytes: Uint8Array, type: SampleType): TypedArray {
  return type === "int64" ? narrowWide(bytes) : samplesFromBytes(bytes, type, true);
}
