import type { Theme } from "../../plot/theme.js";
import { type Coloring, paintSamples } from "../../raster/paint-samples.js";
import { type Raster, rasterOf, sampleRaster } from "../../raster/raster.js";
import { degreeTicks, edgesOf } from "./bin-edges.js";
import { type Area, areaOf, drawAxes, sizedContext } from "./canvas-axes.js";
import type { DrawnCake } from "./frame-loop.js";

/** A point of a cake: a radial value in the unit, and χ in degrees. */
export interface CakePoint {
  readonly radial: number;
  readonly chi: number;
}

/** The cake: radial values to the right, azimuth upwards. */
export class CakePane {
  readonly canvas: HTMLCanvasElement = document.createElement("canvas");
  readonly #title: string;
  #picture: ImageData | undefined;
  #samples = new Float32Array(0);
  #cake: DrawnCake | undefined;
  #raster: Raster | undefined;
  #size: readonly [width: number, height: number] = [1, 1];

  constructor(title: string) {
    this.#title = title;
    this.canvas.className = "cakelab-live-cake";
  }

  get raster(): Raster | undefined {
    return this.#raster;
  }

  resize(width: number, height: number): void {
    this.#size = [width, height];
  }

  show(cake: DrawnCake): void {
    this.#cake = cake;
    this.#raster = rasterOf({ data: cake.intensity, shape: [cake.shape[0], cake.shape[1]] });
  }

  draw(
    coloring: Coloring,
    theme: Theme,
    cursor: CakePoint | undefined,
    picked: number | undefined,
  ): void {
    const [width, height] = this.#size;
    const context = sizedContext(this.canvas, width, height);
    const area = areaOf(width, height);
    const [cake, raster] = [this.#cake, this.#raster];
    if (cake === undefined || raster === undefined) return;
    this.#paint(context, raster, coloring, area);
    const [low, high] = edgesOf(cake.radial);
    const [bottom, top] = edgesOf(cake.azimuthal);
    const x = { title: this.#title, low, high };
    drawAxes(
      context,
      area,
      x,
      { title: "χ / °", low: bottom, high: top, ticks: degreeTicks(bottom, top) },
      theme,
    );
    context.save();
    context.beginPath();
    context.rect(area.left, area.top, area.width, area.height);
    context.clip();
    if (picked !== undefined) {
      const rows = cake.shape[0];
      const at = area.top + (1 - (picked + 1) / rows) * area.height;
      context.strokeStyle = "#ffffff";
      context.lineWidth = 1.5;
      context.strokeRect(area.left, at, area.width, area.height / rows);
    }
    if (cursor !== undefined) {
      context.strokeStyle = "#ffffff";
      context.globalCompositeOperation = "difference";
      context.lineWidth = 1;
      const px = area.left + ((cursor.radial - low) / (high - low)) * area.width;
      const turned = bottom + mod(cursor.chi - bottom, 360);
      const py = area.top + (1 - (turned - bottom) / (top - bottom)) * area.height;
      context.beginPath();
      context.moveTo(px, area.top);
      context.lineTo(px, area.top + area.height);
      context.moveTo(area.left, py);
      context.lineTo(area.left + area.width, py);
      context.stroke();
    }
    context.restore();
  }

  /** The point at a place of the page; undefined beside the cake. */
  pointAt(
    clientX: number,
    clientY: number,
  ): (CakePoint & { bin: number; row: number }) | undefined {
    const cake = this.#cake;
    if (cake === undefined) return undefined;
    const box = this.canvas.getBoundingClientRect();
    const area = areaOf(...this.#size);
    const x = (clientX - box.left - area.left) / area.width;
    const y = 1 - (clientY - box.top - area.top) / area.height;
    if (!(x >= 0 && x < 1 && y >= 0 && y < 1)) return undefined;
    const bin = Math.floor(x * cake.shape[1]);
    const row = Math.floor(y * cake.shape[0]);
    return { bin, row, radial: cake.radial[bin]!, chi: cake.azimuthal[row]! };
  }

  #paint(context: CanvasRenderingContext2D, raster: Raster, coloring: Coloring, area: Area): void {
    const onScreen = (size: number): number => Math.round(size * devicePixelRatio);
    const [wide, high] = [onScreen(area.width), onScreen(area.height)];
    if (this.#picture?.width !== wide || this.#picture.height !== high) {
      this.#picture = new ImageData(wide, high);
      this.#samples = new Float32Array(wide * high);
    }
    const [rows, columns] = raster.shape;
    const window = { left: 0, right: columns, top: rows, bottom: 0 };
    sampleRaster(raster, window, [high, wide], "mean", this.#samples);
    paintSamples(this.#samples, coloring, new Uint32Array(this.#picture.data.buffer));
    context.putImageData(this.#picture, onScreen(area.left), onScreen(area.top));
  }
}

function mod(value: number, divisor: number): number {
  return value - divisor * Math.floor(value / divisor);
}
