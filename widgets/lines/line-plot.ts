import type { Layout, Trace } from "plotly.js";
import type { Mark } from "../../src/figure/marks.js";
import type { ScaleName } from "../../src/figure/scale.js";
import { tickText } from "../../src/figure/ticks.js";
import { type Axes, AxesPlot, type Drawing } from "../plot/axes-plot.js";
import { baseLayout, frameAxis } from "../plot/base-layout.js";
import { plainText } from "../plot/plain-text.js";
import type { PlotRange } from "../plot/plot-range.js";
import type { Theme } from "../plot/theme.js";
import { markLayout } from "./mark-layout.js";
import { type Points, visibleOutline } from "./outline.js";
import { hasPlace, placesFor, type ValueScale, valueScale, valueTicks } from "./value-scale.js";

/** A curve of a line plot. */
export interface PlotLine {
  /** Ascending. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly color: string;
  /** Lengths of dashes and gaps; none for a line without gaps. */
  readonly dash?: readonly number[];
  /** What its values are lifted by. */
  readonly lift?: number;
}

/** What a line plot shows. */
export interface LineScene {
  readonly lines: readonly PlotLine[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly scale: ScaleName;
  readonly xRange: readonly [number, number];
  readonly marks?: readonly Mark[];
  /** Values that are to be seen besides those of the curves, such as the ends of their errors. */
  readonly alsoSeen?: readonly [low: number, high: number];
  /** Whether numbers with many digits stand at the vertical axis. */
  readonly wide?: boolean;
  /** What a drag of the pointer does. Default `"zoom"`. */
  readonly drag?: "zoom" | false;
  /** Whether it stands below an image with the same horizontal axis, which says what that is. */
  readonly below?: boolean;
}

/** On a logarithmic scale, what is below this part of the largest value is left out at first. */
const FAINTEST = 1e-7;
const LINE_WIDTH = 1.3;
/** At the left of an axis with long numbers, in pixels. */
const WIDE_MARGIN = 84;
/** More lines than this are as thin as can be: browsers without a GPU draw those ten times as fast. */
const FEW_LINES = 8;
/** How far beyond the frame a line may be drawn, in its heights: canvases have limits. */
const BEYOND = 20;

/**
 * Curves over an axis: plotly draws the axes, the curves are painted below them, at each zoom with all
 * the points that the screen can show.
 */
export class LinePlot extends AxesPlot {
  #scene: LineScene | undefined;
  #scale: ValueScale = valueScale("linear", 0, 1);
  #whole: PlotRange | undefined;

  /** Shows curves; `keep`: the part of the horizontal axis that is seen now. */
  show(scene: LineScene, keep = false): Promise<void> {
    const former = keep ? this.range : undefined;
    const limits = valueLimits(scene);
    this.#scene = scene;
    this.#scale = valueScale(scene.scale, ...limits);
    this.#whole = { x: scene.xRange, y: placesFor(scene.scale, this.#scale, limits) };
    return this.draw(former === undefined ? undefined : { x: former.x, y: this.#whole.y });
  }

  /** Shows a part of the horizontal axis, and as much of the vertical one as before. */
  showX(x: readonly [number, number]): void {
    const { range } = this;
    if (range !== undefined) this.range = { x, y: range.y };
  }

  /** The intensity at a place of the vertical axis. */
  valueAt(place: number): number {
    return this.#scale.back(place);
  }

  /** The place of an intensity on the vertical axis. */
  placeOf(value: number): number {
    return this.#scale.forward(value);
  }

  protected get whole(): PlotRange | undefined {
    return this.#whole;
  }

  protected drawing(
    theme: Theme,
    size: { readonly width: number; readonly height: number },
    seen: PlotRange,
  ): Drawing {
    const scene = this.#scene!;
    const base = baseLayout(theme, size);
    const nowhere: Trace = { type: "scatter", mode: "markers", x: [null], y: [null] };
    const layout: Layout = {
      ...base,
      margin: {
        ...(base.margin as object),
        ...(scene.below ? { b: 22 } : { r: 16 }),
        ...(scene.wide ? { l: WIDE_MARGIN } : {}),
      },
      dragmode: scene.drag ?? "zoom",
      xaxis: frameAxis(scene.below ? "" : scene.xTitle, seen.x, theme),
      yaxis: { ...frameAxis(scene.yTitle, seen.y, theme), ...this.#tickLayout(seen) },
      ...markLayout(scene.marks ?? [], theme),
    };
    return { traces: [nowhere], layout };
  }

  protected override ticks(seen: PlotRange): Layout {
    const ticks = Object.entries(this.#tickLayout(seen));
    return Object.fromEntries(ticks.map(([name, value]) => [`yaxis.${name}`, value]));
  }

  protected paintCanvas(axes: Axes, theme: Theme): void {
    const { lines, scale } = this.#scene!;
    const context = this.canvas.getContext("2d")!;
    const { width, height } = this.canvas;
    context.clearRect(0, 0, width, height);
    context.lineJoin = "bevel";
    const lineWidth = lines.length > FEW_LINES ? 1 : LINE_WIDTH;
    for (const line of lines) {
      const points = visibleOutline(line.x, line.y, axes.x.range, axes.x._length);
      context.strokeStyle = line.color || theme.ink;
      context.lineWidth = lineWidth * devicePixelRatio;
      context.setLineDash((line.dash ?? []).map((length) => length * devicePixelRatio));
      this.#trace(context, points, line.lift ?? 0, axes, scale);
      context.stroke();
    }
  }

  protected release(): void {
    this.#scene = this.#whole = undefined;
  }

  #trace(
    context: CanvasRenderingContext2D,
    points: Points,
    lift: number,
    { x, y }: Axes,
    scale: ScaleName,
  ): void {
    const { width, height } = this.canvas;
    const [x0, x1] = x.range;
    const [y0, y1] = y.range;
    const { forward } = this.#scale;
    let drawing = false;
    context.beginPath();
    for (let i = 0; i < points.length; i += 2) {
      const value = points[i + 1]! + lift;
      if (Number.isNaN(value)) {
        drawing = false;
        continue;
      }
      const px = ((points[i]! - x0) / (x1 - x0)) * width;
      // What a scale has no place for lies below all that it shows.
      const place = hasPlace(scale, value) ? (forward(value) - y0) / (y1 - y0) : -BEYOND;
      const py = (1 - Math.min(Math.max(place, -BEYOND), BEYOND)) * height;
      if (drawing) context.lineTo(px, py);
      else if (Number.isNaN(points[i + 3] ?? Number.NaN)) {
        // A single point between gaps is a dot.
        context.rect(px - 0.5, py - 0.5, 1, 1);
      } else context.moveTo(px, py);
      drawing = true;
    }
  }

  #tickLayout({ y: [from, to] }: PlotRange): Layout {
    const { scale } = this.#scene!;
    if (scale === "linear") return { tickmode: "auto", exponentformat: "power" };
    const values = valueTicks(scale, this.#scale, from, to);
    return {
      tickmode: "array",
      tickvals: values.map((value) => this.#scale.forward(value)),
      ticktext: values.map((value) => plainText(tickText(value))),
    };
  }
}

/** The lowest and the highest value of all curves that the scale has a place for. */
function valueLimits({ lines, scale, alsoSeen }: LineScene): [low: number, high: number] {
  let [low, high] = alsoSeen ?? [Infinity, -Infinity];
  for (const { y, lift = 0 } of lines) {
    for (let i = 0; i < y.length; i++) {
      const value = y[i]! + lift;
      if (!hasPlace(scale, value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!(high >= low)) return scale === "log" ? [1, 10] : [0, 1];
  return [scale === "log" ? Math.max(low, FAINTEST * high) : low, high];
}
