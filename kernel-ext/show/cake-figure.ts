import type { Image } from "../../src/array.js";
import type { Cakes } from "../../src/cake/cakes.js";
import { OptionError } from "../../src/errors.js";
import type { Tick } from "../../src/figure/axes.js";
import type { PaintOptions } from "../../src/figure/paint.js";
import { picture } from "../../src/figure/picture.js";
import type { Reduction } from "../../src/figure/reduce.js";
import { degreeTicks, linearTicks, tickText } from "../../src/figure/ticks.js";
import { radialUnit } from "../../src/geometry/units.js";
import type { Integrate2dResult } from "../../src/integrate/result.js";
import type { Figure, FigureOptions } from "./figure.js";

/** How cakes are drawn, and which part of them. */
export interface CakeFigureOptions extends FigureOptions, PaintOptions {
  /** Limits in the radial unit. Default: all that there is. */
  readonly radialRange?: readonly [low: number, high: number];
  /** How bins that fall together are united. Default `"mean"`. */
  readonly reduce?: Reduction;
}

/**
 * A caked image: the radial unit to the right; cakes from 1 downwards, or the azimuth of an
 * `Integrate2dResult` upwards.
 */
export function cakeFigure(
  cakes: Cakes | Integrate2dResult,
  options: CakeFigureOptions = {},
): Figure {
  const { title, width = 640, height = 340, radialRange, ...rest } = options;
  const [first, end] = binsWithin(cakes.radial, radialRange);
  const whole = "centers" in cakes ? fromCakes(cakes) : from2d(cakes);
  const { vertical, words } = whole;
  const image = columnsOf(whole.image, first, end);
  const { symbol, text } = radialUnit(cakes.unit);
  const radial = cakes.radial.subarray(first, end);
  const [low, high] = [radial[0]!, radial.at(-1)!];
  const description = `${title ?? "Caked image"}: ${words}, ${symbol} from ${tickText(low)} to ${tickText(high)} ${text} in ${radial.length} points.`;
  const svg = picture(image, {
    ...rest,
    ...(title === undefined ? {} : { title }),
    description,
    width,
    plotHeight: height,
    horizontal: { title: axisTitle(symbol, text), ticks: radialTicks(radial) },
    vertical,
    colorTitle: "intensity",
  });
  return { svg, description };
}

function binsWithin(
  radial: Float64Array,
  range: readonly [number, number] | undefined,
): [first: number, end: number] {
  if (range === undefined) return [0, radial.length];
  const inside = (value: number) => value >= range[0] && value <= range[1];
  const first = radial.findIndex(inside);
  if (first < 0) {
    throw new OptionError("radialRange", range, `no point lies within ${range.join(" to ")}`);
  }
  return [first, radial.findLastIndex(inside) + 1];
}

function columnsOf({ data, shape: [rows, columns] }: Image, first: number, end: number): Image {
  const cut = new Float64Array(rows * (end - first));
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    cut.set(data.subarray(from + first, from + end), row * (end - first));
  }
  return { data: cut, shape: [rows, end - first] };
}

/** What an axis is called: the quantity and its unit. */
export function axisTitle(symbol: string, text: string): string {
  return text === "" ? symbol : `${symbol} / ${text}`;
}

function fromCakes({ intensity, centers, order }: Cakes) {
  const [rows, columns] = [intensity.length, intensity[0]?.length ?? 0];
  const data = new Float64Array(rows * columns);
  for (const [row, profile] of intensity.entries()) data.set(profile, row * columns);
  const image: Image = { data, shape: [rows, columns] };
  const ticks = linearTicks(0, rows, 9)
    .map((value) => Math.max(1, Math.round(value)))
    .map((cake) => ({
      place: 1 - (cake - 0.5) / rows,
      text: `${cake}${compassPoint(centers[cake - 1]!)}`,
    }));
  const words = `${rows} cakes ${order} from ${tickText(centers[0] ?? 0)}°`;
  return { image, vertical: { title: "cake (direction)", ticks }, words };
}

/** The letter of a cake that points North, East, South or West. */
function compassPoint(degrees: number): string {
  const quarter = (((degrees % 360) + 360) % 360) / 90;
  return Math.abs(quarter - Math.round(quarter)) < 1e-6
    ? ` ${"NESW"[Math.round(quarter) % 4]}`
    : "";
}

function from2d({ intensity, shape, azimuthal }: Integrate2dResult) {
  const [rows, columns] = shape;
  const data = new Float64Array(intensity.length);
  for (let row = 0; row < rows; row++) {
    data.set(intensity.subarray(row * columns, (row + 1) * columns), (rows - 1 - row) * columns);
  }
  const step = rows > 1 ? (azimuthal[1]! - azimuthal[0]!) / 2 : 0;
  const [low, high] = [azimuthal[0]! - step, azimuthal.at(-1)! + step];
  const ticks: Tick[] = degreeTicks(low, high).map((value) => ({
    place: (value - low) / (high - low || 1),
    text: tickText(value),
  }));
  const image: Image = { data, shape: [rows, columns] };
  return {
    image,
    vertical: { title: "χ / °", ticks },
    words: `χ from ${tickText(Math.round(low))}° to ${tickText(Math.round(high))}°`,
  };
}

function radialTicks(radial: Float64Array): Tick[] {
  const half = radial.length > 1 ? (radial[1]! - radial[0]!) / 2 : 0.5;
  const [low, high] = [radial[0]! - half, radial.at(-1)! + half];
  return linearTicks(low, high, 8).map((value) => ({
    place: (value - low) / (high - low),
    text: tickText(value),
  }));
}
