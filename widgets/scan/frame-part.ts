import type { ScaleName } from "../../src/figure/scale.js";
import type { ViewArrays } from "../../src/widget-messages.js";
import { ImagePanel } from "../image/image-panel.js";
import { type LocalState, localState } from "../local-state.js";
import type { ViewState } from "../view-state.js";

/** Traits of an image that is a part of a map. */
const TRAITS = {
  ...{ scale: "log", colormap: "viridis", limits: null, percentiles: [0.5, 99.8], reduce: "max" },
  ...{ poni: null, rings: [], sectors: null, regions: [], picked: null },
};

/** The detector image of the point that was picked. */
export class FramePart {
  readonly element: HTMLElement = document.createElement("div");
  readonly #words: HTMLElement = document.createElement("div");
  readonly #host: HTMLElement = document.createElement("div");
  readonly #view: ViewState;
  #state: LocalState | undefined;
  #panel: ImagePanel | undefined;
  #usual: ScaleName = "log";

  constructor(view: ViewState) {
    this.#view = view;
    this.element.className = "cakelab-scan-frame";
    this.element.hidden = true;
    this.#words.setAttribute("role", "status");
    this.#host.hidden = true;
    this.element.append(this.#words, this.#host);
  }

  /** Says what there is, or why there is nothing, in the place of the image. */
  say(text: string): void {
    this.element.hidden = false;
    this.#words.textContent = text;
  }

  /** Shows an image; `name`: what it is of. */
  show(arrays: ViewArrays, name: string, scale: ScaleName = "log"): void {
    this.say(name);
    this.#host.hidden = false;
    if (this.#panel === undefined) {
      const height = this.#view.get<number>("height");
      this.#state = localState({ ...TRAITS, title: name, height }, this.#view);
      this.#panel = new ImagePanel(this.#host, this.#state);
    }
    this.#state!.set({ title: name });
    // What the user has chosen stays, while it is the same kind of image.
    if (scale !== this.#usual) this.#state!.set({ scale });
    this.#usual = scale;
    this.#state!.show(arrays);
  }

  /** Takes the image away. */
  clear(): void {
    this.#host.hidden = true;
  }

  /** The image as a picture, where there is one. */
  async toCanvases(): Promise<HTMLCanvasElement[]> {
    return this.#panel === undefined || this.#host.hidden ? [] : [await this.#panel.toCanvas()];
  }

  resize(): void {
    this.#panel?.resize();
  }

  destroy(): void {
    this.#panel?.destroy();
  }
}
