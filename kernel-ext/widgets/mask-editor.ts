import type { Image } from "../../src/array.js";
import { writeMask } from "../../src/export/mask.js";
import { pictureWidth } from "../../src/figure/picture.js";
import { readMask } from "../../src/image/read-mask.js";
import { type AutomaticMask, automaticMask } from "../../src/mask/automatic.js";
import { emptyMask, type Mask, maskedFraction, toMask } from "../../src/mask/mask.js";
import { packMask, unpackMask } from "../../src/mask/mask-bits.js";
import type { MaskMessageToKernel, MaskMessageToPage } from "../../src/widget-messages.js";
import { describeImage, type ImageFigureOptions, imageFigure } from "../show/image-figure.js";
import { ColorView, colorState, colorTraits } from "./color-view.js";
import { pageClass } from "./figure-view.js";
import { poniText } from "./poni-text.js";
import type { TraitTable } from "./trait-spec.js";
import type { PageClass, State } from "./widget.js";

/**
 * A mask that is drawn over its image: shapes, pencil, thresholds, growing, shrinking, what is found by
 * itself; undone and done again. 1 = masked.
 *
 * @example
 * ```ts
 * const editor = new MaskEditor(image, { ai, scale: "log" });
 * editor                                  // shown; draw on it
 * await cake(image, ai, { mask: editor.mask })
 * ```
 */
export class MaskEditor extends ColorView {
  static override readonly model: PageClass = pageClass("MaskEditorModel");
  static override readonly view: PageClass = pageClass("MaskEditor");
  static override readonly traits: TraitTable = {
    ...colorTraits,
    poni: { type: "string", nullable: true },
    masked_fraction: { type: "number", default: 0 },
    file: { type: "string", default: "image.mask" },
  };

  /** Part of the pixels that are masked, 0 to 1: changes whenever the mask does. */
  declare maskedFraction: number;
  /** The name under which the page's button saves. */
  declare file: string;

  readonly #image: Image;
  readonly #options: ImageFigureOptions;
  #mask: Mask;

  constructor(image: Image, options: ImageFigureOptions & { readonly file?: string } = {}) {
    const { ai, mask, title = "", width = 640, file = "image.mask" } = options;
    const start = mask === undefined ? emptyMask(image.shape) : toMask(mask);
    const [rows, columns] = image.shape;
    const height = options.height ?? Math.round((pictureWidth(width) * rows) / columns);
    super(
      {
        ...colorState(options),
        ...{ title, width, height, file, maskedFraction: maskedFraction(start) },
        poni: ai === undefined ? null : poniText(ai),
        description: `Mask editor. ${describeImage(image, options)}`,
      },
      { image, mask: start },
    );
    this.#image = image;
    this.#options = options;
    this.#mask = start;
  }

  /** The mask as it is now; setting another one shows it. */
  get mask(): Mask {
    return this.#mask;
  }
  set mask(mask: Image) {
    this.#keep(toMask(mask));
    this.#tell({ do: "mask", add: false }, [packMask(this.#mask)]);
  }

  /** Writes the mask in the format that the name says: .mask, .edf, .npy, .tif or .msk. */
  async save(path: string = this.file): Promise<void> {
    await writeMask(path, this.#mask);
  }

  override get svg(): string {
    const { limits: _former, ...options } = this.#options;
    return imageFigure(this.#image, { ...options, ...this.look, mask: this.#mask }).svg;
  }

  protected override handleMessage(
    content: Record<string, unknown>,
    buffers: readonly Uint8Array[],
  ): unknown {
    const message = content as MaskMessageToKernel;
    switch (message.do) {
      case "mask":
        return this.#keep(unpackMask(buffers[0]!, this.#image.shape));
      case "automatic":
        return this.#answer(async () => {
          const found = automaticMask(message.name as AutomaticMask, this.#image, this.#options.ai);
          this.#tell({ do: "mask", add: true }, [packMask(found)]);
          return `${message.name}: ${count(found)} pixels found`;
        });
      case "save":
        return this.#answer(async () => {
          await this.save(message.path);
          return `saved as ${message.path}; 1 = masked`;
        });
      case "load":
        return this.#answer(async () => {
          this.mask = await readMask(message.path);
          return `${message.path}: ${count(this.#mask)} pixels are masked`;
        });
      default:
        return super.handleMessage(content, buffers);
    }
  }

  #keep(mask: Mask): void {
    this.#mask = mask;
    this.maskedFraction = maskedFraction(mask);
  }

  async #answer(work: () => Promise<string>): Promise<void> {
    try {
      this.#tell({ do: "told", text: await work(), failed: false });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#tell({ do: "told", text, failed: true });
    }
  }

  #tell(message: MaskMessageToPage, buffers: readonly Uint8Array[] = []): void {
    this.send(message as unknown as State, buffers);
  }
}

function count({ data }: Mask): number {
  return data.reduce((sum, value) => sum + value, 0);
}
