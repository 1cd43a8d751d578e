import type { PlotAxis } from "plotly.js";
import type { Axes } from "./axes-plot.js";

/** Where values of the axes are on a layer, in CSS pixels from its upper left corner. */
export interface LayerPlace {
  readonly width: number;
  readonly height: number;
  x(value: number): number;
  y(value: number): number;
}

/** Draws in CSS pixels. */
export type DrawLayer = (context: CanvasRenderingContext2D, place: LayerPlace) => void;

/** A canvas that lies within the axes of a plot, at the screen's resolution. */
export class Layer {
  readonly canvas: HTMLCanvasElement = document.createElement("canvas");
  readonly #draw: DrawLayer;

  constructor(draw: DrawLayer) {
    this.#draw = draw;
    this.canvas.setAttribute("aria-hidden", "true");
  }

  paint({ x, y }: Axes): void {
    const { canvas } = this;
    const [width, height] = [x._length, y._length];
    const wide = Math.max(1, Math.round(width * devicePixelRatio));
    const high = Math.max(1, Math.round(height * devicePixelRatio));
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
    }
    const style = `left:${x._offset}px;top:${y._offset}px;width:${width}px;height:${height}px`;
    if (canvas.style.cssText !== style) canvas.style.cssText = style;
    const context = canvas.getContext("2d")!;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    const [perX, perY] = [perValue(x), perValue(y)];
    const [x0, y1] = [x.range[0], y.range[1]];
    this.#draw(context, {
      ...{ width, height },
      x: (value) => (value - x0) * perX,
      // The upper end of an axis is at the top.
      y: (value) => (y1 - value) * perY,
    });
  }
}

function perValue({ range, _length }: PlotAxis): number {
  return _length / (range[1] - range[0]);
}
