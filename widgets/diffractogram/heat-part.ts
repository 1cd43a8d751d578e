import type { GrowingRows } from "../../src/growing-rows.js";
import type { ColorControls } from "../controls/color-controls.js";
import { listenToKeys } from "../controls/cursor-keys.js";
import { plotPlace } from "../controls/place.js";
import { readout } from "../controls/readout.js";
import type { RadialAxis } from "../cursor/radial-axis.js";
import { numberText } from "../cursor/value-text.js";
import type { Column } from "../export/table-text.js";
import { type Raster, rasterOf } from "../raster/raster.js";
import { RasterPlot } from "../raster/raster-plot.js";
import type { ViewState } from "../view-state.js";
import { columnsOf, finiteSpan } from "./finite-span.js";
import { timeText } from "./time-text.js";

/** A buffer in time: a row for each frame, the oldest at the top. */
export interface HeatRows {
  readonly rows: GrowingRows<Float32Array>;
  readonly times: GrowingRows<Float64Array>;
  /** Bin centres of its rows. */
  readonly radial: ArrayLike<number>;
  readonly axis: RadialAxis;
}

/** The diffractograms of one range in time. */
export class HeatPart {
  readonly element: HTMLElement = document.createElement("div");
  readonly #colors: ColorControls;
  readonly #plot: RasterPlot;
  readonly #readout: HTMLOutputElement = readout();
  #heat: HeatRows | undefined;
  #raster: Raster | undefined;
  #shown = "";
  /** Limits of what there was to see when it was drawn last. */
  #whole: readonly number[] = [];
  #cursor: { readonly row: number; readonly bin: number } | undefined;

  constructor(state: ViewState, colors: ColorControls) {
    this.#colors = colors;
    const place = plotPlace(state.get<number>("height"));
    this.#plot = new RasterPlot(place);
    this.element.append(place, this.#readout);
    this.#plot.onMove = (point) => this.#moveTo(point && this.#pointAt(point.x, point.y));
    listenToKeys(place, "heat map", {
      move: (right, down) => this.#step(right, down),
      leave: () => this.#moveTo(undefined),
      zoom: (factor) => this.#plot.zoom(factor, this.#cursor && this.#placeOf(this.#cursor)),
      reset: () => this.reset(),
    });
  }

  /** Shows a buffer; where the user has zoomed in, that part stays. */
  async show(heat: HeatRows): Promise<void> {
    const { rows, radial, axis } = heat;
    this.#heat = heat;
    if (rows.length === 0 || radial.length !== rows.columns) {
      this.#raster = undefined;
      this.#plot.mark(undefined);
      this.#readout.textContent = "The buffer is empty; Collect fills it.";
      this.element.firstElementChild!.toggleAttribute("hidden", true);
      return;
    }
    this.element.firstElementChild!.toggleAttribute("hidden", false);
    const newest = rows.data.subarray((rows.length - 1) * rows.columns);
    const span = finiteSpan(newest);
    const data = columnsOf(rows.data, rows.columns, span);
    this.#raster = rasterOf({ data, shape: [rows.length, span[1] - span[0]] });
    const half = radial.length > 1 ? (radial[1]! - radial[0]!) / 2 : 0.5;
    const [first, last] = [radial[span[0]]! - half, radial[span[1] - 1]! + half];
    const scene = {
      raster: this.#raster,
      x: { title: axis.title, first, last },
      y: { title: "row", first: rows.first - 0.5, last: rows.first + rows.length - 0.5 },
      colorTitle: "intensity",
    };
    const key = `${rows.there.generation} ${axis.unit} ${span}`;
    const keep = key === this.#shown && !this.#seesAll;
    this.#shown = key;
    await this.#plot.show(scene, this.#colors.coloring(this.#raster), keep);
    this.#whole = [rows.first - 0.5, rows.first + rows.length - 0.5, first, last];
    this.#mark();
  }

  recolor(): void {
    if (this.#raster !== undefined) void this.#plot.recolor(this.#colors.coloring(this.#raster));
  }

  /** Shows all rows again. */
  reset(): void {
    this.#plot.range = undefined;
  }

  resize(): void {
    this.#plot.resize();
  }

  toCanvas(): Promise<HTMLCanvasElement> {
    return this.#plot.toCanvas();
  }

  destroy(): void {
    this.#plot.destroy();
    this.#heat = this.#raster = undefined;
  }

  /** Whether the whole table was seen when it was drawn last: then it grows on the screen. */
  get #seesAll(): boolean {
    const { range } = this.#plot;
    if (range === undefined) return true;
    const now = [Math.min(...range.y), Math.max(...range.y), ...range.x];
    return now.every(
      (value, i) => Math.abs(value - this.#whole[i]!) < 1e-6 * Math.abs(value) + 1e-9,
    );
  }

  /** The radial axis, and a column for each row with its time. */
  columns(): Column[] {
    if (this.#heat === undefined || this.#raster === undefined) return [];
    const { rows, times, radial, axis } = this.#heat;
    const columns = Array.from({ length: rows.length }, (_, i) => ({
      name: `${rows.first + i} ${timeText(times.data[i]!)}`,
      values: rows.data.subarray(i * rows.columns, (i + 1) * rows.columns),
    }));
    return [{ name: axis.title, values: radial }, ...columns];
  }

  #pointAt(x: number, y: number): { row: number; bin: number } | undefined {
    if (this.#heat === undefined || this.#raster === undefined) return undefined;
    const { rows, radial } = this.#heat;
    const step = radial.length > 1 ? radial[1]! - radial[0]! : 1;
    const bin = Math.round((x - radial[0]!) / step);
    const row = Math.round(y);
    const isInside = row >= rows.first && row < rows.there.count && bin >= 0;
    return isInside && bin < rows.columns ? { row, bin } : undefined;
  }

  #placeOf({ row, bin }: { row: number; bin: number }): { x: number; y: number } {
    return { x: this.#heat!.radial[bin]!, y: row };
  }

  #step(right: number, down: number): void {
    if (this.#heat === undefined || this.#raster === undefined) return;
    const { rows } = this.#heat;
    const { row, bin } = this.#cursor ?? { row: rows.first, bin: rows.columns >> 1 };
    const within = (value: number, low: number, end: number): number =>
      Math.min(Math.max(value, low), end - 1);
    this.#moveTo({
      row: within(row + down, rows.first, rows.there.count),
      bin: within(bin + right, 0, rows.columns),
    });
  }

  #moveTo(at: { row: number; bin: number } | undefined): void {
    this.#cursor = at;
    this.#mark();
  }

  #mark(): void {
    const heat = this.#heat;
    const at = this.#cursor;
    if (heat === undefined || this.#raster === undefined) return;
    const { rows, times, radial, axis } = heat;
    if (at === undefined || at.row < rows.first || at.bin >= rows.columns) {
      this.#plot.mark(undefined);
      this.#readout.textContent = "";
      return;
    }
    this.#plot.mark(this.#placeOf(at));
    const index = at.row - rows.first;
    const value = rows.data[index * rows.columns + at.bin]!;
    this.#readout.textContent = [
      `row ${at.row}`,
      ...axis.texts(radial[at.bin]!),
      Number.isNaN(value) ? "no pixel" : `I ${numberText(value)}`,
      timeText(times.data[index]!),
    ].join("  ");
  }
}
