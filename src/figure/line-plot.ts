import { type Axis, axes } from "./axes.js";
import { card, type Frame } from "./card.js";
import { envelope } from "./envelope.js";
import { drawLegend, legendRows } from "./legend.js";
import { type LineStyle, lineStyles } from "./line-colors.js";
import { drawMarks, type Mark } from "./marks.js";
import { type Scale, type ScaleName, scaleBetween } from "./scale.js";
import { element, short } from "./svg.js";
import { linearTicks, scaleTicks, tickText } from "./ticks.js";

const MARGIN = { left: 74, right: 20, bottom: 50, top: 16, title: 24 };
/** Points of all lines together, so that a figure stays below 300 kB. */
const MOST_POINTS = 24_000;

/** A curve. */
export interface Line {
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** A plot of curves. */
export interface LinePlotOptions {
  readonly title?: string;
  /** What it shows, for those who cannot see it. */
  readonly description: string;
  readonly width: number;
  /** Of the plot's own area. */
  readonly plotHeight: number;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly scale?: ScaleName;
  /** Limits of the horizontal axis. Default: those of the curves. */
  readonly xRange?: readonly [low: number, high: number];
  readonly marks?: readonly Mark[];
}

/** Curves over one axis as an SVG document. */
export function linePlot(lines: readonly Line[], options: LinePlotOptions): string {
  const { width, plotHeight: height, title, scale: name = "linear" } = options;
  const top = MARGIN.top + (title === undefined ? 0 : MARGIN.title);
  const legend = legendRows(
    lines.map((line) => line.label),
    width - MARGIN.left - MARGIN.right,
  );
  const frame: Frame = {
    x: MARGIN.left,
    y: top + 18 * legend.length,
    width: width - MARGIN.left - MARGIN.right,
    height,
  };
  const [left, right] = options.xRange ?? extent(lines.map((line) => line.x));
  const shown = lines.map((line) => clipped(line, left, right));
  const [low, high] = verticalLimits(shown, name);
  const vertical = scaleBetween(name, low, high);
  const styles = lineStyles(lines.length);
  const columns = Math.max(20, Math.min(frame.width, Math.floor(MOST_POINTS / (2 * lines.length))));
  const place = (value: number) => (value - left) / (right - left || 1);
  const curves = shown.map((line, i) => curve(line, frame, place, vertical, columns, styles[i]!));
  const horizontalAxis: Axis = {
    title: options.xTitle,
    ticks: linearTicks(left, right, 8).map((value) => ({
      place: place(value),
      text: tickText(value),
    })),
  };
  const verticalAxis: Axis = {
    title: options.yTitle,
    ticks: scaleTicks(name, low, high, 6).map((value) => ({
      place: vertical.place(value),
      text: tickText(value),
    })),
  };
  const content =
    curves.join("") +
    drawMarks(options.marks ?? [], frame, place) +
    axes(frame, horizontalAxis, verticalAxis) +
    drawLegend(legend, styles, frame.x, top + 4);
  return card(width, frame.y + height + MARGIN.bottom, title, options.description, content);
}

function extent(arrays: readonly ArrayLike<number>[]): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      const value = array[i]!;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

function clipped(line: Line, left: number, right: number): Line {
  let [start, end] = [0, line.x.length];
  while (start < end && line.x[start]! < left) start++;
  while (end > start && line.x[end - 1]! > right) end--;
  const cut = (values: ArrayLike<number>) =>
    Array.from({ length: end - start }, (_, i) => values[start + i]!);
  return { label: line.label, x: cut(line.x), y: cut(line.y) };
}

function verticalLimits(lines: readonly Line[], name: ScaleName): [low: number, high: number] {
  if (name === "log") {
    const positive = lines.map(({ y }) => Array.from(y).filter((value) => value > 0));
    const [low, high] = extent(positive);
    return low > 0 ? [low, high * 1.1] : [1, 10];
  }
  const [low, high] = extent(lines.map(({ y }) => y));
  const room = 0.04 * (high - low || 1);
  return [low >= 0 && low < 0.3 * high ? 0 : low - room, high + room];
}

function curve(
  line: Line,
  frame: Frame,
  place: (value: number) => number,
  vertical: Scale,
  columns: number,
  { color, dash }: LineStyle,
): string {
  const { x, y } = envelope(line.x, line.y, columns);
  let path = "";
  let drawing = false;
  let [fromX, fromY] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(y[i]!)) {
      drawing = false;
      continue;
    }
    // Tenths of a pixel, each from the last written point: short, and errors do not add up.
    const toX = Math.round(10 * (frame.x + place(x[i]!) * frame.width));
    const toY = Math.round(10 * (frame.y + (1 - vertical.place(y[i]!)) * frame.height));
    path += drawing
      ? `l${short((toX - fromX) / 10)} ${short((toY - fromY) / 10)}`
      : `M${short(toX / 10)} ${short(toY / 10)}`;
    [fromX, fromY, drawing] = [toX, toY, true];
  }
  return element("path", {
    d: path || "M0 0",
    fill: "none",
    stroke: color,
    "stroke-width": 1.2,
    "stroke-dasharray": dash,
    "stroke-linejoin": "round",
  });
}
