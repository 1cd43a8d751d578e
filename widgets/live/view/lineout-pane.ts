import { displayLimits } from "../../../src/figure/limits.js";
import { type ScaleName, scaleBetween } from "../../../src/figure/scale.js";
import { scaleTicks } from "../../../src/figure/ticks.js";
import type { Theme } from "../../plot/theme.js";
import { edgesOf } from "./bin-edges.js";
import { areaOf, drawAxes, sizedContext } from "./canvas-axes.js";
import type { DrawnCake } from "./frame-loop.js";

const MEAN = "#2f7ed8";
const PICKED = "#d9480f";

/** The mean of all cakes against the radial unit, and one cake that was picked. */
export class LineoutPane {
  readonly canvas: HTMLCanvasElement = document.createElement("canvas");
  readonly #title: string;
  #cake: DrawnCake | undefined;
  #mean: Float64Array = new Float64Array(0);
  #size: readonly [width: number, height: number] = [1, 1];

  constructor(title: string) {
    this.#title = title;
    this.canvas.className = "cakelab-live-lineout";
  }

  /** The mean of the cakes in each radial bin. */
  get mean(): Float64Array {
    return this.#mean;
  }

  resize(width: number, height: number): void {
    this.#size = [width, height];
  }

  show(cake: DrawnCake): void {
    this.#cake = cake;
    this.#mean = meanOf(cake);
  }

  draw(
    scaleName: ScaleName,
    theme: Theme,
    cursor: number | undefined,
    picked: number | undefined,
  ): void {
    const [width, height] = this.#size;
    const context = sizedContext(this.canvas, width, height);
    const area = areaOf(width, height);
    const cake = this.#cake;
    if (cake === undefined) return;
    const bins = cake.shape[1];
    const one =
      picked === undefined
        ? undefined
        : cake.intensity.subarray(picked * bins, (picked + 1) * bins);
    const [least, most] = displayLimits(this.#mean, scaleName, [0, 100]);
    const range = scaleName === "log" ? [least, most * 1.5] : [Math.min(0, least), most * 1.05];
    const [bottom, top] = range as [number, number];
    const scale = scaleBetween(scaleName, bottom, top > bottom ? top : bottom + 1);
    const [low, high] = edgesOf(cake.radial);
    const ticks = scaleTicks(scaleName, bottom, top, 5);
    drawAxes(
      context,
      area,
      { title: this.#title, low, high },
      { title: "intensity", low: bottom, high: top, ticks, place: (value) => scale.place(value) },
      theme,
    );
    context.save();
    context.beginPath();
    context.rect(area.left, area.top, area.width, area.height);
    context.clip();
    const line = (values: ArrayLike<number>, color: string): void => {
      context.strokeStyle = color;
      context.lineWidth = 1.3;
      context.beginPath();
      let isOn = false;
      for (let bin = 0; bin < bins; bin++) {
        const value = values[bin]!;
        if (!Number.isFinite(value)) {
          isOn = false;
          continue;
        }
        const x = area.left + ((bin + 0.5) / bins) * area.width;
        const y = area.top + (1 - scale.place(Math.max(value, bottom))) * area.height;
        if (isOn) context.lineTo(x, y);
        else context.moveTo(x, y);
        isOn = true;
      }
      context.stroke();
    };
    if (one !== undefined) line(one, PICKED);
    line(this.#mean, MEAN);
    if (cursor !== undefined) {
      const x = area.left + ((cursor - low) / (high - low)) * area.width;
      context.strokeStyle = theme.faint;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(x, area.top);
      context.lineTo(x, area.top + area.height);
      context.stroke();
    }
    context.restore();
  }

  /** The radial bin at a place of the page. */
  binAt(clientX: number): number | undefined {
    const box = this.canvas.getBoundingClientRect();
    const area = areaOf(...this.#size);
    const x = (clientX - box.left - area.left) / area.width;
    return this.#cake !== undefined && x >= 0 && x < 1
      ? Math.floor(x * this.#cake.shape[1])
      : undefined;
  }
}

function meanOf({ intensity, shape: [rows, columns] }: DrawnCake): Float64Array {
  const sums = new Float64Array(columns);
  const counts = new Uint16Array(columns);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      const value = intensity[i]!;
      if (Number.isNaN(value)) continue;
      sums[column]! += value;
      counts[column]!++;
    }
  }
  return sums.map((sum, column) => (counts[column] === 0 ? Number.NaN : sum / counts[column]!));
}
