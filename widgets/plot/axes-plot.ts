import type { Layout, PlotAxis, PlotElement, Plotly, Trace } from "plotly.js";
import { type DrawLayer, Layer } from "./layer.js";
import { listenToClicks } from "./listen-to-clicks.js";
import { loadPlotly, PLOT_CONFIG } from "./load-plotly.js";
import { isWithin, type PlotPoint, type PlotRange } from "./plot-range.js";
import { onThemeChange, type Theme, themeOf } from "./theme.js";
import { wheelFactor } from "./wheel-factor.js";

/** Buttons of plotly that have no use here, or are better found in the toolbar. */
const REMOVED = ["resetScale2d", "autoScale2d", "select2d", "lasso2d", "toImage"];
const DRAWING = ["drawrect", "drawcircle", "drawclosedpath", "eraseshape"];
/** Milliseconds: plotly takes a tenth of it where it answers at all. */
const PATIENCE = 1000;

/** Where the axes are on the screen, and what they show. */
export interface Axes {
  readonly x: PlotAxis;
  readonly y: PlotAxis;
}

/** What plotly draws. */
export interface Drawing {
  readonly traces: Trace[];
  readonly layout: Layout;
}

/**
 * Axes that plotly draws, over a canvas for what it would be slow at: pan, zoom, a crosshair, and what
 * the pointer does, in the units of the axes.
 */
export abstract class AxesPlot {
  /** Plotly's element, in which also the pointer is heard. */
  readonly element: HTMLElement;
  protected readonly canvas: HTMLCanvasElement = document.createElement("canvas");
  readonly #lines: readonly [HTMLElement, HTMLElement];
  readonly #host: HTMLElement;
  readonly #draws: boolean;
  readonly #ownDoubleClick: boolean;
  readonly #ends: (() => void)[] = [];
  readonly #layers: Layer[] = [];
  #plotly: Plotly | undefined;
  #plot: PlotElement | undefined;
  #marked: PlotPoint | undefined;
  #drawn: Promise<unknown> = Promise.resolve();
  #destroyed = false;
  #asked: PlotRange | undefined;
  #waiting: Promise<void> | undefined;
  #target: PlotRange | undefined;
  #ticks = "";
  #painted = "";

  /** Called with the point below the pointer; without one when it has left. */
  onMove: (point: PlotPoint | undefined) => void = () => undefined;
  onClick: (point: PlotPoint) => void = () => undefined;
  /** Called when another part is seen. */
  onRange: (range: PlotRange) => void = () => undefined;
  /** Called when the user has drawn or changed shapes. */
  onShapes: (shapes: readonly Record<string, unknown>[]) => void = () => undefined;
  /** Called when the axes have been drawn, at another place or with another range. */
  onPlace: () => void = () => undefined;

  /**
   * `draws`: whether the user may draw shapes over the plot; `ownDoubleClick`: whether a double click
   * is for something else than to show all.
   */
  constructor(
    host: HTMLElement,
    options: { readonly draws?: boolean; readonly ownDoubleClick?: boolean } = {},
  ) {
    this.#host = host;
    this.#draws = options.draws ?? false;
    this.#ownDoubleClick = options.ownDoubleClick ?? false;
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
    this.canvas.setAttribute("aria-hidden", "true");
    host.append(this.canvas, ...this.#lines, this.element);
    this.#listen();
  }

  /**
   * Draws on a canvas of its own above the plot's, whenever the plot is painted; and whenever the
   * returned function is called, which is quick.
   */
  addLayer(draw: DrawLayer): () => void {
    const layer = new Layer(draw);
    this.#layers.push(layer);
    this.element.before(layer.canvas);
    return () => {
      const { axes } = this;
      if (axes !== undefined && this.whole !== undefined) layer.paint(axes);
    };
  }

  /** All that there is to see; undefined while there is nothing. */
  protected abstract get whole(): PlotRange | undefined;

  /** What plotly draws when a part is seen. */
  protected abstract drawing(
    theme: Theme,
    size: { readonly width: number; readonly height: number },
    seen: PlotRange,
  ): Drawing;

  /** Changes of the layout that come with the part that is seen, such as ticks. */
  protected ticks(_seen: PlotRange): Layout {
    return {};
  }

  /** Paints the canvas, which has the place of the axes and the screen's resolution. */
  protected abstract paintCanvas(axes: Axes, theme: Theme): void;

  /** Frees what was shown. */
  protected abstract release(): void;

  /** Draws axes and canvas; without a range, all. */
  protected draw(range: PlotRange | undefined): Promise<void> {
    this.#asked = range;
    // What is shown meanwhile is drawn by the one that waits.
    this.#waiting ??= this.#queue(async () => {
      this.#waiting = undefined;
      const range = this.#asked;
      this.#plotly ??= await loadPlotly();
      const seen = range ?? this.whole;
      if (seen === undefined || this.#destroyed || this.element.clientWidth === 0) return;
      const first = this.#plot === undefined;
      const { clientWidth: width, clientHeight: height } = this.element;
      const { traces, layout } = this.drawing(this.theme, { width, height }, seen);
      this.#ticks = JSON.stringify(this.ticks(seen));
      this.#plot = await this.#plotly.react(this.element, traces, layout, {
        ...PLOT_CONFIG,
        ...(this.#ownDoubleClick ? { doubleClick: false } : {}),
        modeBarButtonsToRemove: REMOVED,
        modeBarButtonsToAdd: this.#draws ? DRAWING : [],
      });
      if (first) this.#follow(this.#plot);
      this.paint();
    });
    return this.#waiting;
  }

  /** Changes one trace of plotly's. */
  protected restyle(changes: object, trace: number): Promise<void> {
    return this.#queue(async () => {
      if (this.#plot !== undefined) await this.#plotly!.restyle(this.#plot, changes, [trace]);
    });
  }

  /** The part that is seen. */
  get range(): PlotRange | undefined {
    const axes = this.axes;
    return axes && { x: [...axes.x.range], y: [...axes.y.range] };
  }
  set range(range: PlotRange | undefined) {
    const waits = this.#target !== undefined;
    this.#target = range ?? this.whole;
    // Of the ranges that come while plotly is busy, only the last one is drawn.
    if (waits || this.#target === undefined) return;
    void this.#queue(async () => {
      const target = this.#target!;
      this.#target = undefined;
      if (this.#plot === undefined) return;
      await this.#plotly!.relayout(this.#plot, {
        "xaxis.range": [...target.x],
        "yaxis.range": [...target.y],
      });
      this.#paintMoved();
    });
  }

  /** Shows a part that is `factor` times as large, with a point where it was. */
  zoom(factor: number, about?: PlotPoint): void {
    // What was asked for and is not drawn yet is zoomed on from.
    const range = this.#target ?? this.range;
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

  /** Draws the crosshair at a point, or removes it; a line whose value is NaN is left out. */
  mark(point: PlotPoint | undefined): void {
    this.#marked = point;
    const [vertical, horizontal] = this.#lines;
    const { axes } = this;
    const seen = (value: number, axis: PlotAxis): boolean =>
      Number.isNaN(value) || isWithin(value, axis.range);
    const inside =
      point !== undefined && axes !== undefined && seen(point.x, axes.x) && seen(point.y, axes.y);
    vertical.hidden = !inside || Number.isNaN(point.x);
    horizontal.hidden = !inside || Number.isNaN(point.y);
    if (!inside) return;
    const place = (value: number, { range, _offset, _length }: PlotAxis, up: boolean): number => {
      const part = (value - range[0]) / (range[1] - range[0]);
      return _offset + (up ? 1 - part : part) * _length;
    };
    if (!vertical.hidden) {
      vertical.style.cssText = `left:${place(point.x, axes.x, false)}px;top:${axes.y._offset}px;height:${axes.y._length}px`;
    }
    if (!horizontal.hidden) {
      horizontal.style.cssText = `top:${place(point.y, axes.y, true)}px;left:${axes.x._offset}px;width:${axes.x._length}px`;
    }
  }

  /** The point at a place on the page; undefined outside of the axes. */
  pointAt(clientX: number, clientY: number): PlotPoint | undefined {
    const { axes } = this;
    if (axes === undefined) return undefined;
    const box = this.element.getBoundingClientRect();
    const px = (clientX - box.left - axes.x._offset) / axes.x._length;
    const py = (clientY - box.top - axes.y._offset) / axes.y._length;
    if (px < 0 || px > 1 || py < 0 || py > 1) return undefined;
    const [x0, x1] = axes.x.range;
    const [y0, y1] = axes.y.range;
    return { x: x0 + px * (x1 - x0), y: y1 + py * (y0 - y1) };
  }

  /** The value of the horizontal axis at a place of the page, also beyond the axes; NaN without them. */
  xAt(clientX: number): number {
    const { axes } = this;
    if (axes === undefined) return Number.NaN;
    const { range, _offset, _length } = axes.x;
    const left = this.element.getBoundingClientRect().left + _offset;
    return range[0] + ((clientX - left) / _length) * (range[1] - range[0]);
  }

  /** Where the axes are within the plot, in pixels of the page. */
  get frame(): { left: number; top: number; width: number; height: number } | undefined {
    const { axes } = this;
    return (
      axes && {
        left: axes.x._offset,
        top: axes.y._offset,
        width: axes.x._length,
        height: axes.y._length,
      }
    );
  }

  /** Paints the canvas where the axes are now. */
  paint(): void {
    const { axes, canvas } = this;
    if (axes === undefined || this.whole === undefined) return;
    const ratio = devicePixelRatio;
    const width = Math.max(1, Math.round(axes.x._length * ratio));
    const height = Math.max(1, Math.round(axes.y._length * ratio));
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    canvas.style.cssText = `left:${axes.x._offset}px;top:${axes.y._offset}px;width:${axes.x._length}px;height:${axes.y._length}px`;
    this.#painted = viewOf(axes);
    this.paintCanvas(axes, this.theme);
    for (const layer of this.#layers) layer.paint(axes);
    this.mark(this.#marked);
    this.onPlace();
  }

  /** Fits the plot to the place and the theme that it has. */
  resize(): void {
    if (this.whole !== undefined) void this.draw(this.range);
  }

  /** A picture of the plot, at twice the screen's size. */
  async toCanvas(): Promise<HTMLCanvasElement> {
    await this.#drawn;
    const { clientWidth: width, clientHeight: height } = this.element;
    const picture = document.createElement("canvas");
    picture.width = 2 * width;
    picture.height = 2 * height;
    const context = picture.getContext("2d")!;
    context.fillStyle = this.theme.paper;
    context.fillRect(0, 0, picture.width, picture.height);
    const { axes } = this;
    if (axes === undefined || this.#plotly === undefined) return picture;
    context.imageSmoothingEnabled = false;
    for (const canvas of [this.canvas, ...this.#layers.map((layer) => layer.canvas)]) {
      context.drawImage(
        canvas,
        2 * axes.x._offset,
        2 * axes.y._offset,
        2 * axes.x._length,
        2 * axes.y._length,
      );
    }
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
    this.release();
    this.canvas.width = this.canvas.height = 0;
    this.#host.replaceChildren();
  }

  protected get axes(): Axes | undefined {
    const layout = this.#plot?._fullLayout;
    return layout?.xaxis === undefined ? undefined : { x: layout.xaxis, y: layout.yaxis };
  }

  protected get theme(): Theme {
    return themeOf(this.#host);
  }

  /**
   * Plotly draws one thing after another; what comes meanwhile waits. Not for ever: plotly drops the
   * promise of a change that one of its own, such as a drag's, overtakes.
   */
  #queue(work: () => Promise<void>): Promise<void> {
    const next = this.#drawn.then(() => (this.#destroyed ? undefined : work()));
    const patience = this.#drawn.then(() => new Promise((end) => setTimeout(end, PATIENCE)));
    this.#drawn = Promise.race([next, patience]).catch(() => undefined);
    return next;
  }

  #follow(plot: PlotElement): void {
    const moved = (event: Record<string, unknown>): void => {
      this.#paintMoved();
      const { range } = this;
      if (range !== undefined) this.onRange(range);
      if (Object.keys(event).some((key) => key.startsWith("shapes"))) {
        this.onShapes((plot.layout.shapes as Record<string, unknown>[] | undefined) ?? []);
      }
    };
    plot.on("plotly_relayouting", moved);
    plot.on("plotly_relayout", (event) => {
      moved(event);
      this.#renewTicks();
    });
  }

  /** Plotly tells several times of one move. */
  #paintMoved(): void {
    const { axes } = this;
    if (axes !== undefined && viewOf(axes) !== this.#painted) this.paint();
  }

  #renewTicks(): void {
    const { range } = this;
    if (range === undefined) return;
    const changes = this.ticks(range);
    const text = JSON.stringify(changes);
    if (text === this.#ticks) return;
    this.#ticks = text;
    void this.#queue(async () => {
      if (this.#plot !== undefined) await this.#plotly!.relayout(this.#plot, changes);
    });
  }

  #listen(): void {
    const { element } = this;
    element.addEventListener("pointermove", (event) =>
      this.onMove(this.pointAt(event.clientX, event.clientY)),
    );
    element.addEventListener("pointerleave", () => this.onMove(undefined));
    // Plotly's own wheel draws once more a moment later, over whatever was asked for since.
    element.addEventListener("wheel", (event) => {
      const point = this.pointAt(event.clientX, event.clientY);
      if (point === undefined) return;
      event.preventDefault();
      this.zoom(wheelFactor(event), point);
    });
    this.#ends.push(
      listenToClicks(element, (clientX, clientY) => {
        const point = this.pointAt(clientX, clientY);
        if (point !== undefined) this.onClick(point);
      }),
      onThemeChange(this.#host, () => this.resize()),
    );
  }
}

/** What axes show, and where. */
function viewOf({ x, y }: Axes): string {
  return JSON.stringify([x, y].map(({ range, _offset, _length }) => [range, _offset, _length]));
}
