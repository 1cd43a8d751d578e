import { version } from "../../src/version.js";
import { type MessageToPage, packArrays, type ViewArrays } from "../../src/widget-messages.js";
import { withStill } from "../bundle-still.js";
import { updateDisplay } from "../display.js";
import { pageStill } from "../show/page-still.js";
import { stillBundle } from "../show/still-bundle.js";
import { DOMWidget, domTraits } from "./dom-widget.js";
import type { TraitTable } from "./trait-spec.js";
import type { PageClass, State } from "./widget.js";

/** The class of the page's side that belongs to a view. */
export function pageClass(name: string): PageClass {
  return ["cakelab", version, name];
}

/** The traits of every view. */
export const figureTraits: TraitTable = {
  ...domTraits,
  title: { type: "string", default: "" },
  width: { type: "number", default: 640 },
  height: { type: "number", default: 320 },
  description: { type: "string", default: "" },
};

/**
 * A figure that is alive on the page. Its arrays go there once, when the page asks for them.
 */
export abstract class FigureView extends DOMWidget {
  declare title: string;
  /** Of the whole figure, in pixels; it is never wider than its cell. */
  declare width: number;
  /** Of the plot's own area, in pixels. */
  declare height: number;
  /** The figure in words. */
  declare description: string;

  #arrays: ViewArrays;
  #revision = 0;
  #isShown = false;

  constructor(traits: object, arrays: ViewArrays) {
    super(traits);
    this.#arrays = arrays;
  }

  /** The figure as it is to look now, as an SVG document. */
  abstract get svg(): string;

  /**
   * What a notebook shows: the live view, and before it a still picture, for where no script runs or no
   * kernel is. Where the view lives, the page hides the still.
   */
  override async mimeBundle(): Promise<Record<string, unknown>> {
    const still = await stillBundle(this.svg, this.description);
    this.#isShown = true;
    if (this.isClosed) return still;
    const bundle = await super.mimeBundle();
    return withStill(bundle, { bundle: still, displayId: this.#stillId });
  }

  override toString(): string {
    return this.description;
  }

  /** Shows other arrays: pages that show the view ask for them. */
  protected setArrays(arrays: ViewArrays): void {
    this.#arrays = arrays;
    this.#revision++;
    this.#tell({ do: "changed", revision: this.#revision });
  }

  /** Puts a still of now in the place of those that notebooks have. */
  protected async renewStill(): Promise<void> {
    if (this.#isShown) {
      updateDisplay(await stillBundle(this.svg, this.description), this.#stillId);
    }
  }

  protected override handleMessage(
    content: Record<string, unknown>,
    buffers: readonly Uint8Array[],
  ): unknown {
    if (content.do === "arrays") {
      const { headers, buffers: parts } = packArrays(this.#arrays);
      this.#tell({ do: "arrays", revision: this.#revision, arrays: headers }, parts);
    } else if (content.do === "still") {
      const { width, height } = content as { width: number; height: number };
      const still = pageStill({ width, height }, buffers[0]!, this.description);
      updateDisplay(still, this.#stillId);
    }
    return undefined;
  }

  get #stillId(): string {
    return `cakelab-still-${this.modelId}`;
  }

  #tell(message: MessageToPage, buffers: readonly ArrayBufferView[] = []): void {
    this.send(message as unknown as State, buffers);
  }
}
