import type {
  DiffractogramMessageToPage,
  FrameMessage,
  FrameWish,
} from "../../src/diffractogram-messages.js";
import { GrowingRows } from "../../src/growing-rows.js";
import { type NumberArray, unpackArrays } from "../../src/widget-messages.js";
import type { ViewState } from "../view-state.js";

/** What the screen has room for, and which parts are wanted. */
export type Wanted = Pick<FrameWish, "rows" | "buffer" | "peaks">;

/** The newest that the kernel has, as the page has it. */
export interface LiveFrame extends Omit<FrameMessage, "arrays" | "do" | "heat" | "track"> {
  /** The image, perhaps reduced; as before where it has not changed. */
  readonly picture: NumberArray | undefined;
  /** Whether `picture` is another one than before. */
  readonly isNew: boolean;
  /** Radial values and intensities, one of each for each range. */
  readonly curves: readonly { readonly x: Float64Array; readonly y: Float32Array }[];
}

/**
 * Asks the kernel for what is newest, draws it, and asks again: so that never more than one frame is on
 * its way, and none where nobody looks.
 */
export class FrameFeed {
  /** The rows of the buffer that is wanted, and when each of them was taken. */
  heat: GrowingRows<Float32Array> = new GrowingRows((length) => new Float32Array(length));
  times: GrowingRows<Float64Array> = new GrowingRows((length) => new Float64Array(length));
  readonly track: GrowingRows<Float64Array> = new GrowingRows((length) => new Float64Array(length));
  readonly #state: ViewState;
  readonly #wanted: () => Wanted;
  readonly #nextTurn: (callback: () => void) => void;
  #latest: LiveFrame | undefined;
  #picture: NumberArray | undefined;
  #isDrawing = false;
  #isWaiting = false;
  #isEnded = false;
  #buffer: number | null = null;

  /** Draws; the next frame is asked for when it has. */
  onFrame: (frame: LiveFrame) => Promise<void> = () => Promise.resolve();

  /** @param nextTurn when the page will show what was drawn; on hidden pages, never. */
  constructor(
    state: ViewState,
    wanted: () => Wanted,
    nextTurn: (callback: () => void) => void = (callback) => requestAnimationFrame(callback),
  ) {
    this.#state = state;
    this.#wanted = wanted;
    this.#nextTurn = nextTurn;
    state.onMessage((message, buffers) => {
      const told = message as DiffractogramMessageToPage;
      if (told.do === "frame") this.#take(told, buffers);
    });
  }

  /** What was drawn last. */
  get latest(): LiveFrame | undefined {
    return this.#latest;
  }

  /** Asks for what is newer than what is here, or for what is wanted of it and is not here yet. */
  ask(): void {
    if (this.#isEnded) return;
    const { revision = -1, image = -1, factor = 1 } = this.#latest ?? {};
    const wanted = this.#wanted();
    if (wanted.buffer !== this.#buffer) {
      this.#buffer = wanted.buffer;
      this.heat = new GrowingRows((length) => new Float32Array(length));
      this.times = new GrowingRows((length) => new Float64Array(length));
    }
    const isMore = wanted.peaks && (this.#latest?.peaks ?? null) === null;
    const wish: FrameWish = {
      do: "frame",
      have: isMore ? -1 : revision,
      ...(this.#picture === undefined ? { image: -1, factor: 1 } : { image, factor }),
      ...wanted,
      heat: this.heat.there,
      track: this.track.there,
    };
    this.#state.send(wish);
  }

  end(): void {
    this.#isEnded = true;
    this.#latest = this.#picture = undefined;
  }

  #take(message: FrameMessage, buffers: readonly DataView[]): void {
    if (this.#isEnded) return;
    const { arrays: headers, do: _do, heat, track, ...told } = message;
    const arrays = unpackArrays(headers, buffers);
    // A copy that lacks rows asks for all of them with its next wish.
    this.track.take(track, arrays.track!.data as Float64Array);
    if (heat !== null && heat.buffer === this.#buffer) {
      const { buffer: _buffer, ...rows } = heat;
      this.heat.take(rows, arrays.heat!.data as Float32Array);
      this.times.take({ ...rows, columns: 1 }, arrays.times!.data as Float64Array);
    }
    const isNew = arrays.image !== undefined;
    if (isNew) this.#picture = arrays.image;
    const curves: { x: Float64Array; y: Float32Array }[] = [];
    for (let x = arrays.x0; x !== undefined; x = arrays[`x${curves.length}`]) {
      const y = arrays[`y${curves.length}`]!;
      curves.push({ x: x.data as Float64Array, y: y.data as Float32Array });
    }
    this.#latest = {
      ...told,
      // What was sent to another view of the same kernel says nothing of the image that is here.
      ...(isNew || this.#latest === undefined
        ? {}
        : { image: this.#latest.image, factor: this.#latest.factor }),
      picture: this.#picture,
      isNew: isNew || (this.#isWaiting && (this.#latest?.isNew ?? false)),
      curves,
    };
    this.#isWaiting = true;
    void this.#draw();
  }

  async #draw(): Promise<void> {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    while (this.#isWaiting && !this.#isEnded) {
      this.#isWaiting = false;
      await this.onFrame(this.#latest!).catch(() => undefined);
      await new Promise<void>((resolve) => this.#nextTurn(resolve));
    }
    this.#isDrawing = false;
    this.ask();
  }
}
