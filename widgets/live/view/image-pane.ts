import { keepKeys } from "../../controls/controls.js";
import type { Pixel } from "../../image/image-geometry.js";
import { type Coloring, paintSamples } from "../../raster/paint-samples.js";
import { type Raster, sampleRaster } from "../../raster/raster.js";
import { context2d, sizedContext } from "./canvas-axes.js";
import type { Handle } from "./handles.js";

/** Pixels of the image that an arrow key moves a handle by; with the shift key. */
const [SMALL, LARGE] = [0.25, 5];

const ARROWS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** What the user does on the image. */
export interface ImageActions {
  /** A handle goes somewhere; `done` when it is let go. */
  drag(name: string, pixel: Pixel, done: boolean): void;
  /** The pointer is over a pixel, or has left. */
  move(pixel: Pixel | undefined): void;
  /** A rectangle was drawn with the shift key. */
  mask(from: Pixel, to: Pixel): void;
}

/** Draws lines over the image, in its pixels. */
export type DrawOver = (
  context: CanvasRenderingContext2D,
  place: (row: number, column: number) => readonly [x: number, y: number],
) => void;

/** The image with what lies over it, and handles that are dragged. */
export class ImagePane {
  readonly element: HTMLElement = document.createElement("div");
  readonly #image: HTMLCanvasElement = document.createElement("canvas");
  readonly #over: HTMLCanvasElement = document.createElement("canvas");
  readonly #handles = new Map<string, HTMLElement>();
  readonly #at = new Map<string, Pixel>();
  readonly #actions: ImageActions;
  readonly #shape: readonly [rows: number, columns: number];
  #scale = 1;

  constructor(shape: readonly [number, number], actions: ImageActions) {
    this.#shape = shape;
    this.#actions = actions;
    this.element.className = "cakelab-live-image";
    this.element.append(this.#image, this.#over);
    this.#listen();
  }

  /** Fits the image into a place. */
  resize(width: number, height: number): void {
    const [rows, columns] = this.#shape;
    this.#scale = Math.min(width / columns, height / rows);
    this.element.style.width = `${this.#scale * columns}px`;
    this.element.style.height = `${this.#scale * rows}px`;
  }

  get canvases(): readonly HTMLCanvasElement[] {
    return [this.#image, this.#over];
  }

  paint(raster: Raster, coloring: Coloring): void {
    const [rows, columns] = this.#shape;
    const [wide, high] = [columns, rows].map((size) =>
      Math.max(1, Math.round(size * this.#scale * devicePixelRatio)),
    ) as [number, number];
    this.#image.width = wide;
    this.#image.height = high;
    const samples = new Float32Array(wide * high);
    const window = { left: 0, right: columns, top: 0, bottom: rows };
    sampleRaster(raster, window, [high, wide], "max", samples);
    const picture = new ImageData(wide, high);
    paintSamples(samples, coloring, new Uint32Array(picture.data.buffer));
    context2d(this.#image).putImageData(picture, 0, 0);
  }

  /** Draws over the image, and places the handles. */
  drawOver(draw: DrawOver, handles: readonly Handle[]): void {
    const [rows, columns] = this.#shape;
    const [width, height] = [columns * this.#scale, rows * this.#scale];
    const context = sizedContext(this.#over, width, height);
    draw(context, (row, column) => [(column + 0.5) * this.#scale, (row + 0.5) * this.#scale]);
    for (const handle of handles) this.#place(handle);
    for (const [name, element] of this.#handles) {
      if (!handles.some((handle) => handle.name === name)) element.hidden = true;
    }
  }

  #place({ name, at, text }: Handle): void {
    const element = this.#handles.get(name) ?? this.#newHandle(name);
    const [rows, columns] = this.#shape;
    const [row, column] = at;
    element.hidden = !(row > -0.5 && column > -0.5 && row < rows - 0.5 && column < columns - 0.5);
    element.style.transform = `translate(${(column + 0.5) * this.#scale}px, ${(row + 0.5) * this.#scale}px)`;
    element.setAttribute("aria-label", `${name} handle: ${text}`);
    this.#at.set(name, at);
  }

  #newHandle(name: string): HTMLElement {
    const element = document.createElement("div");
    element.className = "cakelab-live-handle";
    element.dataset.handle = name;
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    element.setAttribute("aria-roledescription", "handle, moved by arrow keys");
    element.title = name;
    keepKeys(element);
    let grip: readonly [rows: number, columns: number] | undefined;
    const pixelOf = (event: PointerEvent): Pixel => {
      const [row, column] = this.#pixelAt(event);
      return [row + grip![0], column + grip![1]];
    };
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      // What was held stays under the pointer.
      const [row, column] = this.#pixelAt(event);
      const at = this.#at.get(name)!;
      grip = [at[0] - row, at[1] - column];
      event.stopPropagation();
    });
    element.addEventListener("pointermove", (event) => {
      if (grip !== undefined) this.#actions.drag(name, pixelOf(event), false);
    });
    const release = (event: PointerEvent): void => {
      if (grip === undefined) return;
      const pixel = pixelOf(event);
      grip = undefined;
      this.#actions.drag(name, pixel, true);
    };
    element.addEventListener("pointerup", release);
    element.addEventListener("pointercancel", release);
    element.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (arrow === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = event.shiftKey ? LARGE : SMALL;
      const [row, column] = this.#at.get(name)!;
      this.#actions.drag(name, [row + step * arrow[0], column + step * arrow[1]], true);
      event.preventDefault();
      event.stopPropagation();
    });
    this.#handles.set(name, element);
    this.element.append(element);
    return element;
  }

  #listen(): void {
    let from: Pixel | undefined;
    const { element } = this;
    element.addEventListener("pointermove", (event) => this.#actions.move(this.#pixelAt(event)));
    element.addEventListener("pointerleave", () => this.#actions.move(undefined));
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.shiftKey) return;
      from = this.#pixelAt(event);
      element.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    element.addEventListener("pointerup", (event) => {
      if (from === undefined) return;
      const start = from;
      from = undefined;
      this.#actions.mask(start, this.#pixelAt(event));
    });
  }

  #pixelAt(event: PointerEvent): Pixel {
    const box = this.#over.getBoundingClientRect();
    return [
      (event.clientY - box.top) / this.#scale - 0.5,
      (event.clientX - box.left) / this.#scale - 0.5,
    ];
  }
}
