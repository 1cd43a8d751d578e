import type { LiveEngine } from "../live-engine.js";
import type { LiveSettings } from "../live-settings.js";

/** A cake as it is drawn, quick or exact. */
export interface DrawnCake {
  readonly radial: Float64Array;
  readonly azimuthal: Float64Array;
  readonly intensity: Float32Array | Float64Array;
  readonly shape: readonly [nptAzim: number, nptRad: number];
}

/** How long nothing may have changed before the exact cake is asked for. */
const REST = 90;
/** What a screen takes for a frame, in milliseconds. */
const SCREEN = 12;

/** Computes cakes as fast as they can be drawn: of all that is asked for meanwhile, the last one. */
export class FrameLoop {
  readonly #engine: LiveEngine;
  readonly #draw: (cake: DrawnCake, exact: boolean, settings: LiveSettings) => void;
  readonly #fail: (error: unknown) => void;
  #wanted: LiveSettings | undefined;
  #busy = false;
  #ended = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #exact = new AbortController();

  constructor(
    engine: LiveEngine,
    draw: (cake: DrawnCake, exact: boolean, settings: LiveSettings) => void,
    fail: (error: unknown) => void,
  ) {
    this.#engine = engine;
    this.#draw = draw;
    this.#fail = fail;
  }

  /** Draws a cake soon, and the exact one when nothing else is asked for. */
  request(settings: LiveSettings): void {
    this.#wanted = settings;
    clearTimeout(this.#rest);
    this.#exact.abort();
    if (!this.#busy) void this.#run();
    this.#rest = setTimeout(() => void this.#finish(settings), REST);
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#rest);
    this.#exact.abort();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    try {
      let next = this.#take();
      while (next !== undefined && !this.#ended) {
        const { settings } = next;
        const cake = await next.cake;
        const drawn = performance.now();
        // While this frame is drawn the next one is computed.
        next = this.#take();
        if (!this.#ended) this.#draw(cake, false, settings);
        await this.#pause(drawn);
        next ??= this.#take();
      }
    } catch (error) {
      if (!this.#ended) this.#fail(error);
    } finally {
      this.#busy = false;
    }
  }

  async #finish(settings: LiveSettings): Promise<void> {
    this.#exact = new AbortController();
    const { signal } = this.#exact;
    try {
      const cake = await this.#engine.exact(settings, { signal });
      if (!this.#ended && !signal.aborted) this.#draw(cake, true, settings);
    } catch (error) {
      if (!this.#ended && !signal.aborted) this.#fail(error);
    }
  }

  #take(): { settings: LiveSettings; cake: Promise<DrawnCake> } | undefined {
    const settings = this.#wanted;
    this.#wanted = undefined;
    return settings && { settings, cake: this.#engine.quick(settings) };
  }

  /** Lets the page have its turn, and no more frames than a screen shows. */
  #pause(since: number): Promise<unknown> {
    const left = SCREEN - (performance.now() - since);
    return new Promise((resolve) => setTimeout(resolve, Math.max(0, left)));
  }
}
