import type { Detector } from "../../../src/detector/detector.js";
import type { LiveImages } from "../../../src/live-arrays.js";
import { liveMask } from "../../../src/mask/live-mask.js";
import { History } from "../../parameters/history.js";
import type { ViewState } from "../../view-state.js";
import { createLiveEngine, type LiveEngine } from "../live-engine.js";
import type { ImageOptions } from "../live-image.js";
import type { LiveSettings } from "../live-settings.js";
import { edgesOf } from "./bin-edges.js";
import { type DrawnCake, FrameLoop } from "./frame-loop.js";
import {
  type LiveState,
  readState,
  STATE_TRAITS,
  sameState,
  settingsOf,
  writeState,
} from "./live-state.js";
import type { Surroundings } from "./parameters.js";

/** What a session tells the view of it. */
export interface SessionEvents {
  /** The state is another one. */
  onState(): void;
  /** A cake is there to be drawn. */
  onCake(cake: DrawnCake, exact: boolean): void;
  /** Something failed; without an error, all is well again. */
  onError(error: unknown): void;
}

/**
 * The state of a live cake on the page: changed by the user or the kernel, integrated here, undone and
 * done again, and told the kernel when it rests.
 */
export class LiveSession {
  readonly images: LiveImages;
  readonly detector: Detector;
  readonly #view: ViewState;
  readonly #events: SessionEvents;
  readonly #history: History<LiveState>;
  readonly #brightest: number;
  #state: LiveState;
  /** What the kernel was told last: its echo is no news. */
  #told: LiveState;
  #engine: LiveEngine | undefined;
  #loop: FrameLoop | undefined;
  #cake: DrawnCake | undefined;
  #masked: string;
  #masking = false;
  #closed = false;

  constructor(view: ViewState, images: LiveImages, detector: Detector, events: SessionEvents) {
    this.#view = view;
    this.images = images;
    this.detector = detector;
    this.#events = events;
    this.#state = this.#told = readState(view);
    this.#masked = maskKey(this.#state);
    this.#history = new History(this.#state, sameState);
    this.#brightest = brightestOf(images.image.data);
    view.onChange(STATE_TRAITS, () => this.#hear());
    void this.#open();
  }

  get state(): LiveState {
    return this.#state;
  }

  /** What computes frames; empty until it is there. */
  get engine(): string {
    return this.#engine?.mode ?? "";
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** What the parameters are measured against, with the ranges that are drawn now. */
  get around(): Surroundings {
    const { pixel1, pixel2 } = this.detector;
    const { radialRange, azimuthRange } = this.#state;
    const cake = this.#cake;
    return {
      ...{ pixel1, pixel2, brightest: this.#brightest },
      shape: this.images.image.shape,
      unit: this.#view.get("unit"),
      radial: radialRange ?? (cake === undefined ? [0, 1] : edgesOf(cake.radial)),
      azimuth: azimuthRange ?? (cake === undefined ? [-180, 180] : edgesOf(cake.azimuthal)),
    };
  }

  /** Takes another state; `done`: the user has let go, so that it is kept and told. */
  change(state: LiveState, done: boolean): void {
    this.#take(state);
    if (!done) return;
    this.#history.keep(state);
    this.#tell();
  }

  undo(): void {
    this.#go(this.#history.undo());
  }

  redo(): void {
    this.#go(this.#history.redo());
  }

  close(): void {
    this.#closed = true;
    this.#loop?.end();
    this.#engine?.close();
    this.#engine = this.#cake = undefined;
  }

  async #open(): Promise<void> {
    try {
      const { image, mask: _given, ...others } = this.images;
      const options: ImageOptions = { ...this.#view.get<ImageOptions>("image_options"), ...others };
      const mask = this.#handMask();
      const engine = await createLiveEngine({
        ...{ image, detector: this.detector },
        options: mask === undefined ? options : { ...options, mask },
      });
      if (this.#closed) return engine.close();
      this.#engine = engine;
      this.#loop = new FrameLoop(
        engine,
        (cake, exact) => {
          this.#cake = cake;
          this.#events.onError(undefined);
          this.#events.onCake(cake, exact);
        },
        (error) => this.#events.onError(error),
      );
      this.#request();
    } catch (error) {
      if (!this.#closed) this.#events.onError(error);
    }
  }

  #take(state: LiveState): void {
    this.#state = state;
    this.#events.onState();
    this.#request();
  }

  #request(): void {
    if (this.#masked !== maskKey(this.#state)) void this.#mask();
    else this.#loop?.request(this.#settings());
  }

  #settings(): LiveSettings {
    return settingsOf(this.#state, {
      unit: this.#view.get("unit"),
      correctSolidAngle: this.#view.get("correct_solid_angle"),
      method: this.#view.get("method"),
    });
  }

  /** Masks what the state says, of several changes the last one; then a cake follows. */
  async #mask(): Promise<void> {
    if (this.#masking || this.#engine === undefined) return;
    this.#masking = true;
    try {
      while (this.#masked !== maskKey(this.#state) && !this.#closed) {
        this.#masked = maskKey(this.#state);
        await this.#engine.setMask(this.#handMask());
      }
    } catch (error) {
      this.#events.onError(error);
    } finally {
      this.#masking = false;
    }
    if (!this.#closed) this.#loop?.request(this.#settings());
  }

  #handMask() {
    const { maskAbove: above, maskRegions: regions } = this.#state;
    return liveMask(this.images.image, this.images.mask, { above, regions });
  }

  #go(state: LiveState | undefined): void {
    if (state === undefined) return;
    this.#take(state);
    this.#tell();
  }

  #tell(): void {
    this.#told = this.#state;
    writeState(this.#view, this.#state);
  }

  #hear(): void {
    const state = readState(this.#view);
    if (sameState(state, this.#told)) return;
    this.#told = state;
    this.#history.keep(state);
    this.#take(state);
  }
}

function maskKey({ maskAbove, maskRegions }: LiveState): string {
  return JSON.stringify([maskAbove, maskRegions]);
}

function brightestOf(data: ArrayLike<number>): number {
  let brightest = 1;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value > brightest && Number.isFinite(value)) brightest = value;
  }
  return brightest;
}
