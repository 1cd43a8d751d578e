import { keepKeys } from "../controls/controls.js";
import type { LinePlot } from "../lines/line-plot.js";
import type { Channel } from "./channels.js";

/** A range of the horizontal axis. */
export type Range = readonly [low: number, high: number];

/** A range that is seen on a plot. */
export interface Band extends Channel {
  readonly range: Range;
}

/** What a drag or a key changes of a range. */
const PARTS = ["low", "whole", "high"] as const;
type Part = (typeof PARTS)[number];
const WORDS: Readonly<Record<Part, string>> = { low: "from", whole: "middle", high: "to" };
/** Of a band over the curves. */
const OPACITY = 0.22;
/** Steps of an arrow with the shift key. */
const LARGE = 10;

/**
 * Ranges on a plot as bands: moved by their middle, resized by their ends, with the mouse or the arrow
 * keys; a drag beside them draws the chosen one anew.
 */
export class RangeBands {
  readonly #plot: LinePlot;
  readonly #element: HTMLElement = document.createElement("div");
  readonly #ends: (() => void)[] = [];
  #bands: readonly Band[] = [];
  #chosen = 0;

  /** Called with a band's number and its new range, at each move. */
  onChange: (band: number, range: Range) => void = () => undefined;
  /** How far an arrow key moves, in the axis' unit. */
  step = 1;

  constructor(plot: LinePlot) {
    this.#plot = plot;
    this.#element.className = "cakelab-bands";
    plot.element.after(this.#element);
    plot.onPlace = () => this.#place();
    const draw = (event: PointerEvent): void => {
      const start = plot.pointAt(event.clientX, event.clientY);
      if (start === undefined || event.button !== 0 || this.#bands.length === 0) return;
      event.preventDefault();
      this.#follow((x) => this.onChange(this.#chosen, sorted(start.x, x)));
    };
    plot.element.addEventListener("pointerdown", draw);
  }

  /** The band that a drag beside all of them draws. */
  choose(band: number): void {
    this.#chosen = band;
  }

  show(bands: readonly Band[]): void {
    const same = bands.length === this.#bands.length && this.#element.children.length > 0;
    this.#bands = bands;
    this.#chosen = Math.min(this.#chosen, Math.max(0, bands.length - 1));
    // Elements that have the focus, or are being dragged, stay.
    if (!same) this.#element.replaceChildren(...bands.map((_, i) => this.#make(i)));
    for (const [i, band] of bands.entries()) {
      const element = this.#element.children[i] as HTMLElement;
      element.style.setProperty("--band", band.color);
      for (const [k, part] of PARTS.entries()) {
        const value = placeOf(band.range, part);
        const handle = element.children[k]!;
        handle.setAttribute("aria-label", `${band.name} ${WORDS[part]}`);
        handle.setAttribute("aria-valuenow", String(Number(value.toPrecision(6))));
      }
    }
    this.#place();
  }

  /** Draws the bands on a picture of the plot, at twice the screen's size. */
  drawOn(picture: HTMLCanvasElement): void {
    const { frame, range } = this.#plot;
    if (frame === undefined || range === undefined) return;
    const { left, top, width, height } = frame;
    const [x0, x1] = range.x;
    const place = (value: number): number =>
      left + Math.min(Math.max((value - x0) / (x1 - x0), 0), 1) * width;
    const context = picture.getContext("2d")!;
    context.save();
    context.scale(2, 2);
    for (const { range: band, color } of this.#bands) {
      const [from, to] = [place(band[0]), place(band[1])];
      context.fillStyle = color;
      context.globalAlpha = OPACITY;
      context.fillRect(from, top, to - from, height);
      context.globalAlpha = 1;
      for (const edge of [from, to]) context.fillRect(edge - 0.75, top, 1.5, height);
    }
    context.restore();
  }

  destroy(): void {
    for (const end of this.#ends) end();
    this.#element.remove();
  }

  #make(band: number): HTMLElement {
    const element = document.createElement("div");
    element.className = "cakelab-band";
    for (const part of PARTS) {
      const handle = document.createElement("div");
      handle.className = `cakelab-band-${part}`;
      handle.tabIndex = 0;
      handle.setAttribute("role", "slider");
      keepKeys(handle);
      handle.addEventListener("focus", () => this.choose(band));
      handle.addEventListener("keydown", (event) => {
        const sign = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (sign === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        this.#shift(band, part, sign * this.step * (event.shiftKey ? LARGE : 1));
      });
      handle.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.stopPropagation();
        handle.focus();
        let former = this.#plot.xAt(event.clientX);
        this.#follow((x) => {
          this.#shift(band, part, x - former);
          former = x;
        });
      });
      element.append(handle);
    }
    return element;
  }

  /** Moves a part of a band; an end that is moved past the other one takes it along. */
  #shift(band: number, part: Part, by: number): void {
    const [low, high] = this.#bands[band]!.range;
    const range: Range =
      part === "whole"
        ? [low + by, high + by]
        : part === "low"
          ? [low + by, Math.max(low + by, high)]
          : [Math.min(low, high + by), high + by];
    this.onChange(band, range);
  }

  /** Hears where the pointer is, on the horizontal axis, until it is released. */
  #follow(hear: (x: number) => void): void {
    const move = (event: PointerEvent): void => hear(this.#plot.xAt(event.clientX));
    const end = (): void => {
      window.removeEventListener("pointermove", move, true);
      window.removeEventListener("pointerup", end, true);
      window.removeEventListener("pointercancel", end, true);
    };
    window.addEventListener("pointermove", move, true);
    window.addEventListener("pointerup", end, true);
    window.addEventListener("pointercancel", end, true);
    this.#ends.push(end);
  }

  #place(): void {
    const { frame, range } = this.#plot;
    if (frame === undefined || range === undefined) return;
    const { left, top, width, height } = frame;
    this.#element.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
    const [x0, x1] = range.x;
    for (const [i, { range: band }] of this.#bands.entries()) {
      const style = (this.#element.children[i] as HTMLElement).style;
      style.left = `${(100 * (band[0] - x0)) / (x1 - x0)}%`;
      style.width = `${(100 * (band[1] - band[0])) / (x1 - x0)}%`;
    }
  }
}

function placeOf([low, high]: Range, part: Part): number {
  return part === "low" ? low : part === "high" ? high : (low + high) / 2;
}

function sorted(a: number, b: number): Range {
  return a < b ? [a, b] : [b, a];
}
