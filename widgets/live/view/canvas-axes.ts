import { linearTicks, tickText } from "../../../src/figure/ticks.js";
import type { Theme } from "../../plot/theme.js";

/** Room around a plot for its ticks and titles, in CSS pixels. */
export const MARGIN = { left: 58, right: 8, top: 6, bottom: 38 } as const;
const TICK = 4;

/** An axis of a plot: from the left, or from the bottom. */
export interface CanvasAxis {
  readonly title: string;
  readonly low: number;
  readonly high: number;
  readonly ticks?: readonly number[];
  /** Where a value is drawn, 0 to 1; default: evenly. */
  readonly place?: (value: number) => number;
}

/** The place of a plot's own area, in CSS pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function areaOf(width: number, height: number): Area {
  return {
    left: MARGIN.left,
    top: MARGIN.top,
    width: Math.max(10, width - MARGIN.left - MARGIN.right),
    height: Math.max(10, height - MARGIN.top - MARGIN.bottom),
  };
}

/** Draws a frame with ticks and titles, in the page's colours. */
export function drawAxes(
  context: CanvasRenderingContext2D,
  area: Area,
  x: CanvasAxis,
  y: CanvasAxis,
  theme: Theme,
): void {
  const { left, top, width, height } = area;
  context.strokeStyle = theme.ink;
  context.fillStyle = theme.ink;
  context.lineWidth = 1;
  context.font = `11px ${theme.font}`;
  context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
  context.beginPath();
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const value of x.ticks ?? linearTicks(x.low, x.high, Math.max(2, width / 80))) {
    const at = left + placeOf(x, value) * width;
    context.moveTo(at, top + height);
    context.lineTo(at, top + height + TICK);
    context.fillText(tickText(value), at, top + height + TICK + 2);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const value of y.ticks ?? linearTicks(y.low, y.high, Math.max(2, height / 40))) {
    const at = top + (1 - placeOf(y, value)) * height;
    context.moveTo(left, at);
    context.lineTo(left - TICK, at);
    context.fillText(tickText(value), left - TICK - 2, at);
  }
  context.stroke();
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.fillText(x.title, left + width / 2, top + height + MARGIN.bottom);
  context.save();
  context.translate(12, top + height / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = "middle";
  context.fillText(y.title, 0, 0);
  context.restore();
}

function placeOf({ low, high, place }: CanvasAxis, value: number): number {
  return place === undefined ? (value - low) / (high - low || 1) : place(value);
}

/** Gives a canvas a size in CSS pixels, at the screen's resolution, and empties it. */
export function sizedContext(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D {
  const [wide, high] = [
    Math.round(width * devicePixelRatio),
    Math.round(height * devicePixelRatio),
  ];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = context2d(canvas);
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** A canvas's context, kept where the processor is: it paints it pixel by pixel, frame after frame. */
export function context2d(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  return canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
}
