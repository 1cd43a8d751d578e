import type { Layout, Trace } from "plotly.js";
import { type Axes, AxesPlot, type Drawing } from "../plot/axes-plot.js";
import type { PlotRange } from "../plot/plot-range.js";
import type { Theme } from "../plot/theme.js";
import { colorBar, colorBarTrace } from "./color-bar.js";
import { type Coloring, paintSamples } from "./paint-samples.js";
import { type Raster, sampleRaster, type Window } from "./raster.js";
import { axisTicks, rasterLayout } from "./raster-layout.js";
import { type RasterScene, wholeRange, windowOf } from "./raster-scene.js";

/**
 * An image with axes and a colour bar: plotly draws the axes and what lies over the image; the image
 * itself is painted below them at the screen's resolution, whatever its size.
 */
export class RasterPlot extends AxesPlot {
  #scene: RasterScene | undefined;
  #coloring: Coloring = { scale: "linear", colormap: "viridis", limits: [0, 1] };
  #overlay: readonly Trace[] = [];
  #extra: Layout = {};
  #samples: Float32Array = new Float32Array(0);
  #sampled = "";

  /** Paints over the image, a word for each pixel of the screen, before it is shown. */
  onPaint:
    | ((pixels: Uint32Array, size: readonly [number, number], window: Window) => void)
    | undefined;

  /** Shows an image, all of it; `keep`: the part that is seen now. */
  show(scene: RasterScene, coloring: Coloring, keep = false): Promise<void> {
    const former = keep ? this.range : undefined;
    this.#scene = scene;
    this.#coloring = coloring;
    this.#sampled = "";
    return this.draw(former);
  }

  /** Another image in the place of the one that is shown: no axis is drawn anew. */
  async replace(raster: Raster, coloring: Coloring): Promise<void> {
    if (this.#scene === undefined) return;
    this.#scene = { ...this.#scene, raster };
    this.#sampled = "";
    const isSame = JSON.stringify(coloring) === JSON.stringify(this.#coloring);
    await (isSame ? this.paint() : this.recolor(coloring));
  }

  /** Other colours for the same image. */
  async recolor(coloring: Coloring): Promise<void> {
    this.#coloring = coloring;
    this.paint();
    if (this.#scene?.colorTitle === undefined) return;
    await this.restyle({ marker: [colorBar(coloring, this.theme)] }, 0);
  }

  /** What lies over the image: traces of plotly in the units of the axes, and more of its layout. */
  overlay(traces: readonly Trace[], layout: Layout = {}): Promise<void> {
    this.#overlay = traces;
    this.#extra = layout;
    return this.#scene === undefined ? Promise.resolve() : this.draw(this.range);
  }

  /** What is shown. */
  get raster(): Raster | undefined {
    return this.#scene?.raster;
  }

  protected get whole(): PlotRange | undefined {
    return this.#scene && wholeRange(this.#scene);
  }

  protected drawing(
    theme: Theme,
    size: { readonly width: number; readonly height: number },
    seen: PlotRange,
  ): Drawing {
    const scene = this.#scene!;
    return {
      traces: [colorBarTrace(this.#coloring, theme, scene.colorTitle), ...this.#overlay],
      layout: { ...rasterLayout(scene, theme, size, seen), ...this.#extra },
    };
  }

  protected override ticks(seen: PlotRange): Layout {
    return this.#scene === undefined ? {} : axisTicks(this.#scene, seen);
  }

  protected paintCanvas(axes: Axes): void {
    const scene = this.#scene!;
    const { width, height } = this.canvas;
    const window = windowOf(scene, axes);
    const key = JSON.stringify([window, width, height, scene.union]);
    if (key !== this.#sampled) {
      if (this.#samples.length !== width * height) this.#samples = new Float32Array(width * height);
      sampleRaster(scene.raster, window, [height, width], scene.union ?? "mean", this.#samples);
      this.#sampled = key;
    }
    const picture = new ImageData(width, height);
    const pixels = new Uint32Array(picture.data.buffer);
    paintSamples(this.#samples, this.#coloring, pixels);
    this.onPaint?.(pixels, [height, width], window);
    this.canvas.getContext("2d")!.putImageData(picture, 0, 0);
  }

  protected release(): void {
    this.#scene = undefined;
    this.#samples = new Float32Array(0);
  }
}
