import type { Image } from "../../src/array.js";
import { AUTOMATIC_MASKS, type AutomaticMask } from "../../src/mask/automatic.js";
import { MaskHistory } from "../../src/mask/history.js";
import {
  combineMasks,
  emptyMask,
  invertMask,
  type Mask,
  maskedFraction,
  unmask,
} from "../../src/mask/mask.js";
import { packMask, unpackMask } from "../../src/mask/mask-bits.js";
import { growMask, shrinkMask } from "../../src/mask/morphology.js";
import { drawMask, type MaskShape, type Point } from "../../src/mask/shapes.js";
import { maskAbove, maskBelow, maskBetween } from "../../src/mask/threshold.js";
import type { MaskMessageToKernel, MaskMessageToPage } from "../../src/widget-messages.js";
import { COLOR_TRAITS, type ColorControls, colorControls } from "../controls/color-controls.js";
import { button, choice, numberField, toolbar } from "../controls/controls.js";
import { listenToKeys } from "../controls/cursor-keys.js";
import { readout } from "../controls/readout.js";
import { imageGeometry } from "../image/image-geometry.js";
import { rasterOf, type Union } from "../raster/raster.js";
import { RasterPlot } from "../raster/raster-plot.js";
import type { Panel, ViewState } from "../view-state.js";
import { drawWithPointer } from "./draw-with-pointer.js";
import { numbersOf, TOOLS, type ToolName, withNumbers } from "./mask-tools.js";
import { paintVeil, type VeilStyle } from "./mask-veil.js";

const AROUND = 52;

/** A mask over its image, and what changes it. */
export class MaskPanel implements Panel {
  readonly plot: RasterPlot;
  readonly #state: ViewState;
  readonly #controls: ColorControls;
  readonly #readout: HTMLOutputElement = readout();
  readonly #told: HTMLOutputElement = readout();
  readonly #numbers: HTMLElement = document.createElement("span");
  readonly #undo: HTMLButtonElement;
  readonly #redo: HTMLButtonElement;
  #image: Image | undefined;
  #history: MaskHistory | undefined;
  #mask: Mask = emptyMask([0, 0]);
  #drawn: Mask | undefined;
  #tool: ToolName = "rectangle";
  #masks = true;
  #veil: VeilStyle = "transparent";
  #width = 10;
  #cursor: readonly [row: number, column: number] | undefined;

  constructor(host: HTMLElement, state: ViewState) {
    this.#state = state;
    this.#controls = colorControls(state);
    const place = document.createElement("div");
    place.style.height = `${state.get<number>("height") + AROUND}px`;
    this.plot = new RasterPlot(place);
    this.plot.onPaint = (pixels, size, window) => {
      if (this.#veil !== "hidden") paintVeil(pixels, size, window, this.#mask, this.#veil);
      if (this.#drawn !== undefined) paintVeil(pixels, size, window, this.#drawn, "drawn");
    };
    this.#undo = button("undo", "Takes the last change back (Ctrl+Z)", () => this.#step("undo"));
    this.#redo = button("redo", "Does it again (Ctrl+Shift+Z)", () => this.#step("redo"));
    this.#numbers.className = "cakelab-group";
    host.append(
      toolbar("Image", ...this.#controls.elements),
      this.#drawingBar(),
      this.#changeBar(),
      place,
      this.#readout,
      this.#fileBar(),
      this.#told,
    );
    this.plot.onMove = (point) => this.#moveTo(point && [Math.round(point.y), Math.round(point.x)]);
    drawWithPointer(this.plot, {
      tool: () => this.#tool,
      settings: () => ({ center: this.#center(), width: this.#width }),
      preview: (shape) => this.#preview(shape),
      finish: (shape) => this.#draw(shape),
    });
    listenToKeys(place, "mask", {
      move: (right, down) => this.#moveBy(down, right),
      leave: () => this.#moveTo(undefined),
      pick: () => this.#drawAtCursor(),
      zoom: (factor) => this.plot.zoom(factor),
      reset: () => {
        this.plot.range = undefined;
      },
    });
    host.addEventListener("keydown", (event) => this.#press(event));
    state.onArrays(() => state.attend(this.#load()));
    state.onChange(COLOR_TRAITS, () => state.attend(this.#recolor()));
    state.onMessage((message, buffers) => this.#hear(message as MaskMessageToPage, buffers));
    state.attend(this.#load());
  }

  resize(): void {
    this.plot.resize();
  }

  toCanvas(): Promise<HTMLCanvasElement> {
    return this.plot.toCanvas();
  }

  destroy(): void {
    this.plot.destroy();
    this.#image = this.#history = this.#drawn = undefined;
    this.#mask = emptyMask([0, 0]);
  }

  #drawingBar(): HTMLElement {
    const tool = choice<ToolName>("draw", TOOLS, (name) => {
      this.#tool = name;
      this.#numbers.replaceChildren();
    });
    tool.show(this.#tool);
    const way = choice(
      "which is",
      [
        ["mask", "masked"],
        ["unmask", "not masked"],
      ],
      (name) => {
        this.#masks = name === "mask";
      },
    );
    const width = numberField("pencil", (value) => {
      this.#width = Math.max(1, value);
    });
    width.show(this.#width);
    return toolbar("Drawing", tool.element, way.element, width.element, this.#numbers);
  }

  #changeBar(): HTMLElement {
    let [low, high] = [0, 0];
    const lowField = numberField("low", (value) => {
      low = value;
    });
    const highField = numberField("high", (value) => {
      high = value;
    });
    const found = choice<AutomaticMask>(
      "find",
      AUTOMATIC_MASKS.map((name) => [name, name.replace("-", " ")]),
      (name) => {
        automatic = name;
      },
    );
    let automatic: AutomaticMask = AUTOMATIC_MASKS[0]!;
    const rule = (text: string, title: string, work: (image: Image) => Mask): HTMLElement =>
      button(text, title, () => {
        if (this.#image !== undefined) this.#change(this.#with(work(this.#image)));
      });
    const change = (text: string, title: string, work: (mask: Mask) => Mask): HTMLElement =>
      button(text, title, () => this.#change(work(this.#mask)));
    return toolbar(
      "Changes",
      found.element,
      button("find", "Adds what is found to the mask", () => {
        this.#tell(`looking for ${automatic.replace("-", " ")} …`, false);
        this.#send({ do: "automatic", name: automatic });
      }),
      lowField.element,
      highField.element,
      rule("below", "Values below low", (image) => maskBelow(image, low)),
      rule("above", "Values above high", (image) => maskAbove(image, high)),
      rule("between", "Values from low to high", (image) => maskBetween(image, low, high)),
      change("grow", "One pixel more all around", (mask) => growMask(mask)),
      change("shrink", "One pixel less all around", (mask) => shrinkMask(mask)),
      change("invert", "Masks what is not masked", invertMask),
      change("clear", "Masks nothing", ({ shape }) => emptyMask(shape)),
      this.#undo,
      this.#redo,
    );
  }

  #fileBar(): HTMLElement {
    const show = choice<VeilStyle>(
      "mask is shown",
      [
        ["transparent", "transparent"],
        ["filled", "filled"],
        ["hidden", "not"],
      ],
      (style) => {
        this.#veil = style;
        this.plot.paint();
      },
    );
    const name = document.createElement("input");
    name.type = "text";
    name.value = this.#state.get("file");
    name.setAttribute("aria-label", "file of the mask");
    const hint = "A .mask (Dioptas), .edf, .npy, .tif or .msk (Fit2D) file; 1 = masked";
    name.title = hint;
    return toolbar(
      "File",
      show.element,
      name,
      button("save", hint, () => this.#send({ do: "save", path: name.value })),
      button("load", hint, () => this.#send({ do: "load", path: name.value })),
    );
  }

  async #load(): Promise<void> {
    const { image, mask } = this.#state.arrays ?? {};
    if (image === undefined) return;
    const shape = image.shape as [number, number];
    this.#image = { data: image.data, shape };
    this.#history = new MaskHistory({ data: mask!.data as Uint8Array, shape });
    const raster = rasterOf(this.#image);
    const scene = {
      raster,
      x: { title: "column / pixel", first: -0.5, last: shape[1] - 0.5 },
      y: { title: "row / pixel", first: -0.5, last: shape[0] - 0.5 },
      square: true,
      colorTitle: "intensity / counts",
      union: this.#state.get<Union>("reduce"),
    };
    this.#show(false);
    await this.plot.show(scene, this.#controls.coloring(raster));
  }

  async #recolor(): Promise<void> {
    const { raster } = this.plot;
    if (raster !== undefined) await this.plot.recolor(this.#controls.coloring(raster));
  }

  #hear(message: MaskMessageToPage, buffers: readonly DataView[]): void {
    if (message.do === "told") this.#tell(message.text, message.failed);
    else if (message.do === "mask" && this.#image !== undefined) {
      const { buffer, byteOffset, byteLength } = buffers[0]!;
      const bits = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
      const mask = unpackMask(bits, this.#image.shape);
      if (message.add) this.#change(this.#with(mask));
      else {
        this.#history?.apply(mask);
        this.#show(false);
      }
    }
  }

  /** The mask with a part more, or less where parts are unmasked. */
  #with(part: Mask): Mask {
    return this.#masks ? combineMasks(this.#mask, part) : unmask(this.#mask, part);
  }

  #change(mask: Mask): void {
    this.#history?.apply(mask);
    this.#show(true);
  }

  #step(which: "undo" | "redo"): void {
    this.#history?.[which]();
    this.#show(true);
  }

  /** Shows the mask as it is now; `tell`: and the kernel is to know it. */
  #show(tell: boolean): void {
    if (this.#history === undefined) return;
    this.#mask = this.#history.mask;
    this.#undo.disabled = !this.#history.canUndo;
    this.#redo.disabled = !this.#history.canRedo;
    const percent = (100 * maskedFraction(this.#mask)).toFixed(3);
    this.#tell(`${percent} % of the pixels are masked`, false);
    this.plot.paint();
    if (tell) this.#send({ do: "mask" }, [packMask(this.#mask).buffer as ArrayBuffer]);
  }

  #preview(shape: MaskShape | undefined): void {
    if (this.#image === undefined) return;
    this.#drawn = shape && drawMask(this.#image.shape, shape);
    this.plot.paint();
  }

  #draw(shape: MaskShape): void {
    if (this.#image === undefined) return;
    this.#change(this.#with(drawMask(this.#image.shape, shape)));
    this.#showNumbers(shape);
  }

  /** The numbers of what was drawn last: others take its place. */
  #showNumbers(shape: MaskShape): void {
    const numbers = numbersOf(shape);
    const fields = numbers.map(([name, value], i) => {
      const field = numberField(name, (next) => {
        const changed = numbers.map(([, old], k) => (k === i ? next : old));
        this.#history?.undo();
        this.#mask = this.#history!.mask;
        this.#draw(withNumbers(shape, changed));
      });
      field.show(value);
      return field.element;
    });
    this.#numbers.replaceChildren(...fields);
  }

  /** A shape of a fifth of the image where the cursor is: for those who draw with the keyboard. */
  #drawAtCursor(): void {
    if (this.#image === undefined || this.#tool === "none") return;
    const [row, column] = this.#cursor ?? this.#image.shape.map((size) => size >> 1);
    const size = Math.round(Math.min(...this.#image.shape) / 10);
    const center: Point = [column!, row!];
    const shapes: Record<Exclude<ToolName, "none">, MaskShape> = {
      rectangle: {
        kind: "rectangle",
        from: [column! - size, row! - size],
        to: [column! + size, row! + size],
      },
      circle: { kind: "circle", center, radius: size },
      ellipse: { kind: "ellipse", center, radii: [size, size / 2] },
      polygon: {
        kind: "polygon",
        points: [
          [column!, row! - size],
          [column! + size, row! + size],
          [column! - size, row! + size],
        ],
      },
      arc: { kind: "arc", center: this.#center(), radii: [size, 1.2 * size], angles: [0, 90] },
      pencil: { kind: "pencil", points: [center], width: this.#width },
    };
    this.#draw(shapes[this.#tool]);
  }

  /** Where the beam is; the image's middle where that is not known. */
  #center(): Point {
    const shape = this.#image?.shape ?? [0, 0];
    const poni = this.#state.get<string | null>("poni");
    const beam = poni === null ? undefined : imageGeometry(poni, shape).pixel(0, 0);
    return beam === undefined ? [shape[1] / 2, shape[0] / 2] : [beam[1], beam[0]];
  }

  #moveBy(down: number, right: number): void {
    if (this.#image === undefined) return;
    const [rows, columns] = this.#image.shape;
    const [row, column] = this.#cursor ?? [rows >> 1, columns >> 1];
    const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most - 1);
    this.#moveTo([within(row + down, rows), within(column + right, columns)]);
  }

  #moveTo(pixel: readonly [row: number, column: number] | undefined): void {
    const image = this.#image;
    const [row, column] = pixel ?? [-1, -1];
    const inside =
      image !== undefined &&
      row >= 0 &&
      column >= 0 &&
      row < image.shape[0] &&
      column < image.shape[1];
    this.#cursor = inside ? pixel : undefined;
    this.plot.mark(inside ? { x: column, y: row } : undefined);
    const at = inside ? row * image.shape[1] + column : -1;
    this.#readout.textContent = inside
      ? `row ${row}  column ${column}  I ${image.data[at]}  ${this.#mask.data[at] === 0 ? "not masked (0)" : "masked (1)"}`
      : "";
  }

  #press(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    if ((event.target as HTMLElement).matches("input")) return;
    this.#step(event.shiftKey ? "redo" : "undo");
    event.preventDefault();
    event.stopPropagation();
  }

  #tell(text: string, failed: boolean): void {
    this.#told.textContent = text;
    this.#told.classList.toggle("cakelab-failed", failed);
  }

  #send(message: MaskMessageToKernel, buffers: ArrayBuffer[] = []): void {
    this.#state.send(message, buffers);
  }
}
