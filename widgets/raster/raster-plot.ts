import type { Layout, PlotAxis, PlotElement, Plotly, Trace } from "plotly.js";
import { loadPlotly, PLOT_CONFIG } from "../plot/load-plotly.js";
import { onThemeChange, type Theme, themeOf } from "../plot/theme.js";
import { colorBar, colorBarTrace } from "./color-bar.js";
import { type Coloring, paintSamples } from "./paint-samples.js";
import { sampleRaster } from "./raster.js";
import { rasterLayout } from "./raster-layout.js";
import {
  type PlotPoint,
  type PlotRange,
  type RasterScene,
  wholeRange,
  windowOf,
} from "./raster-scene.js";

/** Buttons of plotly that have no use here, or are better found in the toolbar. */
const REMOVED = ["autoScale2d", "select2d", "lasso2d", "toImage"];
const DRAWING = ["drawrect", "drawcircle", "drawclosedpath", "eraseshape"];
/** A press that moves less than this, in pixels, is a click. */
const CLICK = 4;

/**
 * An image with axes and a colour bar: plotly draws the axes and what lies over the image; the image
 * itself is painted below them at the screen's resolution, whatever its size.
 */
export class RasterPlot {
  /** Plotly's element, in which also the pointer is heard. */
  readonly element: HTMLElement;
  readonly #canvas: HTMLCanvasElement = document.createElement("canvas");
  readonly #lines: readonly [HTMLElement, HTMLElement];
  readonly #host: HTMLElement;
  readonly #draws: boolean;
  readonly #ends: (() => void)[] = [];
  #plotly: Plotly | undefined;
  #plot: PlotElement | undefined;
  #scene: RasterScene | undefined;
  #coloring: Coloring = { scale: "linear", colormap: "viridis", limits: [0, 1] };
  #overlay: readonly Trace[] = [];
  #extra: Layout = {};
  #samples: Float32Array = new Float32Array(0);
  #sampled = "";
  #marked: PlotPoint | undefined;
  #drawn: Promise<unknown> = Promise.resolve();
  #destroyed = false;
  #range: PlotRange | undefined;

  /** Called with the point below the pointer; without one when it has left. */
  onMove: (point: PlotPoint | undefined) => void = () => undefined;
  onClick: (point: PlotPoint) => void = () => undefined;
  /** Called when another part is seen. */
  onRange: (range: PlotRange) => void = () => undefined;
  /** Called when the user has drawn or changed shapes. */
  onShapes: (shapes: readonly Record<string, unknown>[]) => void = () => undefined;

  /** `draws`: whether the user may draw shapes over the image. */
  constructor(host: HTMLElement, options: { readonly draws?: boolean } = {}) {
    this.#host = host;
    this.#draws = options.draws ?? false;
    host.classList.add("cakelab-raster");
    this.element = document.createElement("div");
    this.element.className = "cakelab-axes";
    const line = (name: string): HTMLElement => {
      const made = document.createElement("div");
      made.className = `cakelab-crosshair cakelab-crosshair-${name}`;
      made.hidden = true;
      return made;
    };
    this.#lines = [line("x"), line("y")];
    this.#canvas.setAttribute("aria-hidden", "true");
    host.append(this.#canvas, ...this.#lines, this.element);
    this.#listen();
  }

  /** Shows an image, all of it; `keep`: the part that is seen now. */
  show(scene: RasterScene, coloring: Coloring, keep = false): Promise<void> {
    const former = keep ? this.range : undefined;
    this.#scene = scene;
    this.#coloring = coloring;
    this.#sampled = "";
    return this.#draw(former);
  }

  /** Other colours for the same image. */
  async recolor(coloring: Coloring): Promise<void> {
    this.#coloring = coloring;
    this.paint();
    await this.#queue(async () => {
      if (this.#plot === undefined) return;
      await this.#plotly!.restyle(this.#plot, { marker: [colorBar(coloring, this.#theme())] }, [0]);
    });
  }

  /** What lies over the image: traces of plotly in the units of the axes, and more of its layout. */
  overlay(traces: readonly Trace[], layout: Layout = {}): Promise<void> {
    this.#overlay = traces;
    this.#extra = layout;
    return this.#scene === undefined ? Promise.resolve() : this.#draw(this.range);
  }

  /** The part that is seen. */
  get range(): PlotRange | undefined {
    const layout = this.#plot?._fullLayout;
    if (layout?.xaxis === undefined) return this.#range;
    return { x: [...layout.xaxis.range], y: [...layout.yaxis.range] };
  }
  set range(range: PlotRange | undefined) {
    const target = range ?? (this.#scene && wholeRange(this.#scene));
    void this.#queue(async () => {
      if (this.#plot === undefined || target === undefined) return;
      await this.#plotly!.relayout(this.#plot, {
        "xaxis.range": [...target.x],
        "yaxis.range": [...target.y],
      });
      this.paint();
    });
  }

  /** Shows a part that is `factor` times as large, with a point where it was. */
  zoom(factor: number, about?: PlotPoint): void {
    const { range } = this;
    if (range === undefined) return;
    const part = ([a, b]: readonly [number, number], at: number): [number, number] => [
      at + factor * (a - at),
      at + factor * (b - at),
    ];
    const { x, y } = about ?? {
      x: (range.x[0] + range.x[1]) / 2,
      y: (range.y[0] + range.y[1]) / 2,
    };
    this.range = { x: part(range.x, x), y: part(range.y, y) };
  }

  /** Draws the crosshair at a point, or removes it. */
  mark(point: PlotPoint | undefined): void {
    this.#marked = point;
    const [vertical, horizontal] = this.#lines;
    const axes = this.#axes();
    const inside =
      point !== undefined &&
      axes !== undefined &&
      isWithin(point.x, axes.x.range) &&
      isWithin(point.y, axes.y.range);
    vertical.hidden = horizontal.hidden = !inside;
    if (!inside) return;
    const place = (value: number, { range, _offset, _length }: PlotAxis, up: boolean): number => {
      const part = (value - range[0]) / (range[1] - range[0]);
      return _offset + (up ? 1 - part : part) * _length;
    };
    vertical.style.cssText = `left:${place(point.x, axes.x, false)}px;top:${axes.y._offset}px;height:${axes.y._length}px`;
    horizontal.style.cssText = `top:${place(point.y, axes.y, true)}px;left:${axes.x._offset}px;width:${axes.x._length}px`;
  }

  /** The point at a place on the page; undefined outside of the axes. */
  pointAt(clientX: number, clientY: number): PlotPoint | undefined {
    const axes = this.#axes();
    if (axes === undefined) return undefined;
    const box = this.element.getBoundingClientRect();
    const px = (clientX - box.left - axes.x._offset) / axes.x._length;
    const py = (clientY - box.top - axes.y._offset) / axes.y._length;
    if (px < 0 || px > 1 || py < 0 || py > 1) return undefined;
    const [x0, x1] = axes.x.range;
    const [y0, y1] = axes.y.range;
    return { x: x0 + px * (x1 - x0), y: y1 + py * (y0 - y1) };
  }

  /** Paints the image where the axes are now. */
  paint(): void {
    const axes = this.#axes();
    const scene = this.#scene;
    if (axes === undefined || scene === undefined) return;
    const ratio = devicePixelRatio;
    const width = Math.max(1, Math.round(axes.x._length * ratio));
    const height = Math.max(1, Math.round(axes.y._length * ratio));
    const canvas = this.#canvas;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    canvas.style.cssText = `left:${axes.x._offset}px;top:${axes.y._offset}px;width:${axes.x._length}px;height:${axes.y._length}px`;
    const window = windowOf(scene, axes);
    const key = JSON.stringify([window, width, height, scene.union]);
    if (key !== this.#sampled) {
      if (this.#samples.length !== width * height) this.#samples = new Float32Array(width * height);
      sampleRaster(scene.raster, window, [height, width], scene.union ?? "mean", this.#samples);
      this.#sampled = key;
    }
    const picture = new ImageData(width, height);
    paintSamples(this.#samples, this.#coloring, new Uint32Array(picture.data.buffer));
    canvas.getContext("2d")!.putImageData(picture, 0, 0);
    this.mark(this.#marked);
  }

  /** Fits the plot to the place that it has. */
  resize(): void {
    if (this.#scene !== undefined) void this.#draw(this.range);
  }

  /** A picture of the plot, at twice the screen's size. */
  async toCanvas(): Promise<HTMLCanvasElement> {
    await this.#drawn;
    const { clientWidth: width, clientHeight: height } = this.element;
    const picture = document.createElement("canvas");
    picture.width = 2 * width;
    picture.height = 2 * height;
    const context = picture.getContext("2d")!;
    context.fillStyle = this.#theme().paper;
    context.fillRect(0, 0, picture.width, picture.height);
    const axes = this.#axes();
    if (axes === undefined || this.#plotly === undefined) return picture;
    context.imageSmoothingEnabled = false;
    context.drawImage(
      this.#canvas,
      2 * axes.x._offset,
      2 * axes.y._offset,
      2 * axes.x._length,
      2 * axes.y._length,
    );
    const over = new Image();
    over.src = await this.#plotly.toImage(this.#plot!, { format: "svg", width, height });
    await over.decode();
    context.drawImage(over, 0, 0, picture.width, picture.height);
    return picture;
  }

  /** Frees everything; the plot is of no use afterwards. */
  destroy(): void {
    this.#destroyed = true;
    for (const end of this.#ends) end();
    if (this.#plot !== undefined) this.#plotly?.purge(this.#plot);
    this.#plot = undefined;
    this.#scene = undefined;
    this.#samples = new Float32Array(0);
    this.#canvas.width = this.#canvas.height = 0;
    this.#host.replaceChildren();
  }

  /** Plotly draws one thing after another; what comes meanwhile waits. */
  #queue(work: () => Promise<void>): Promise<void> {
    const next = this.#drawn.then(() => (this.#destroyed ? undefined : work()));
    this.#drawn = next.catch(() => undefined);
    return next;
  }

  #draw(range: PlotRange | undefined): Promise<void> {
    return this.#queue(async () => {
      this.#plotly ??= await loadPlotly();
      const scene = this.#scene;
      if (scene === undefined || this.#destroyed || this.element.clientWidth === 0) return;
      const first = this.#plot === undefined;
      const theme = this.#theme();
      const { clientWidth: width, clientHeight: height } = this.element;
      const size = { width, height };
      const traces = [colorBarTrace(this.#coloring, theme, scene.colorTitle), ...this.#overlay];
      this.#plot = await this.#plotly.react(
        this.element,
        traces,
        { ...rasterLayout(scene, theme, size, range), ...this.#extra },
        {
          ...PLOT_CONFIG,
          modeBarButtonsToRemove: REMOVED,
          modeBarButtonsToAdd: this.#draws ? DRAWING : [],
        },
      );
      if (first) this.#follow(this.#plot);
      this.paint();
    });
  }

  #follow(plot: PlotElement): void {
    const moved = (event: Record<string, unknown>): void => {
      this.paint();
      const { range } = this;
      if (range !== undefined) this.onRange(range);
      if (Object.keys(event).some((key) => key.startsWith("shapes"))) {
        this.onShapes((plot.layout.shapes as Record<string, unknown>[] | undefined) ?? []);
      }
    };
    plot.on("plotly_relayouting", moved);
    plot.on("plotly_relayout", moved);
  }

  #listen(): void {
    let pressed: PointerEvent | undefined;
    const { element } = this;
    element.addEventListener("pointermove", (event) =>
      this.onMove(this.pointAt(event.clientX, event.clientY)),
    );
    element.addEventListener("pointerleave", () => this.onMove(undefined));
    element.addEventListener("pointerdown", (event) => {
      pressed = event;
    });
    const release = (event: PointerEvent): void => {
      const start = pressed;
      pressed = undefined;
      if (start === undefined || start.button !== 0) return;
      if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > CLICK) return;
      const point = this.pointAt(event.clientX, event.clientY);
      if (point !== undefined) this.onClick(point);
    };
    window.addEventListener("pointerup", release, true);
    this.#ends.push(
      () => window.removeEventListener("pointerup", release, true),
      onThemeChange(() => this.resize()),
    );
  }

  #axes(): { x: PlotAxis; y: PlotAxis } | undefined {
    const layout = this.#plot?._fullLayout;
    return layout?.xaxis === undefined ? undefined : { x: layout.xaxis, y: layout.yaxis };
  }

  #theme(): Theme {
    return themeOf(this.#host);
  }
}

function isWithin(value: number, [a, b]: readonly [number, number]): boolean {
  return (value - a) * (value - b) <= 0;
}
