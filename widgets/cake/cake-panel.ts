import type { ScaleName } from "../../src/figure/scale.js";
import type { CakeRows, NumberArray } from "../../src/widget-messages.js";
import { COLOR_TRAITS, type ColorControls, colorControls } from "../controls/color-controls.js";
import { button, checkbox, toolbar } from "../controls/controls.js";
import { listenToKeys } from "../controls/cursor-keys.js";
import { plotPlace } from "../controls/place.js";
import { readout } from "../controls/readout.js";
import { type Cursor, type CursorLink, linkCursor } from "../cursor/cursor.js";
import { linkRange, type RangeLink } from "../cursor/linked-range.js";
import { type RadialAxis, radialAxis } from "../cursor/radial-axis.js";
import { numberText } from "../cursor/value-text.js";
import { exportButtons } from "../export/export-buttons.js";
import { stacked } from "../export/stacked.js";
import type { Column } from "../export/table-text.js";
import { LinePlot } from "../lines/line-plot.js";
import { type Raster, rasterOf, type Union } from "../raster/raster.js";
import { RasterPlot } from "../raster/raster-plot.js";
import type { Panel, ViewState } from "../view-state.js";
import { type RowAxis, rowAxis } from "./cake-rows.js";

/** Height of the profile below a caked image, within its axes. */
const PROFILE_HEIGHT = 90;

interface Bin {
  readonly row: number;
  readonly column: number;
}

/** A caked image with cursor and levels, and below it the profile that the cursor is in. */
export class CakePanel implements Panel {
  readonly plot: RasterPlot;
  readonly #state: ViewState;
  readonly #controls: ColorControls;
  readonly #readout: HTMLOutputElement = readout();
  readonly #profile: LinePlot;
  readonly #below: HTMLElement = plotPlace(PROFILE_HEIGHT);
  readonly #link: CursorLink;
  readonly #zoom: RangeLink;
  #radial: NumberArray | undefined;
  #intensity: NumberArray | undefined;
  #raster: Raster | undefined;
  #axis: RadialAxis | undefined;
  #rows: RowAxis | undefined;
  #cursor: Bin | undefined;
  #profiled: number | undefined;

  constructor(host: HTMLElement, state: ViewState) {
    this.#state = state;
    this.#controls = colorControls(state);
    const place = plotPlace(state.get<number>("height"));
    this.plot = new RasterPlot(place);
    this.#profile = new LinePlot(this.#below);
    const reset = button("reset", "Shows all of it again (key 0)", () => this.#reset());
    const profile = checkbox("profile", state.get("profile"), (profile) => state.set({ profile }));
    const saves = exportButtons(state, this, () => this.#columns(), ["csv", "dat"]);
    const bar = toolbar("Caked image", ...this.#controls.elements, profile, reset, saves);
    host.append(bar, place, this.#below, this.#readout);
    this.#link = linkCursor(state.group, (cursor) => this.#hear(cursor));
    this.#zoom = linkRange(state.group, (unit, range) => this.#follow(unit, range));
    this.plot.onMove = (point) => this.#moveTo(point && this.#binAt(point.x, point.y));
    this.plot.onRange = ({ x }) => this.#showPart(x);
    this.#profile.onRange = ({ x }) => this.#showPart(x);
    this.#profile.onMove = (point) => {
      const row = this.#profiled ?? this.#cursor?.row;
      const column = point && this.#columnAt(point.x);
      this.#moveTo(column === undefined || row === undefined ? undefined : { row, column });
    };
    listenToKeys(place, "caked image", {
      move: (right, down) => this.#step(right, down),
      leave: () => this.#moveTo(undefined),
      zoom: (factor) => this.plot.zoom(factor, this.#cursor && this.#pointOf(this.#cursor)),
      reset: () => this.#reset(),
    });
    state.onArrays(() => state.attend(this.#load()));
    state.onChange(COLOR_TRAITS, () => state.attend(this.#recolor()));
    state.onChange(["profile"], () => {
      profile.querySelector("input")!.checked = state.get("profile");
      this.#showProfile(true);
    });
    state.onChange(["radial_range"], () => this.#reset());
    state.attend(this.#load());
  }

  resize(): void {
    this.plot.resize();
    this.#profile.resize();
  }

  async toCanvas(): Promise<HTMLCanvasElement> {
    const picture = await this.plot.toCanvas();
    return this.#below.hidden ? picture : stacked([picture, await this.#profile.toCanvas()]);
  }

  destroy(): void {
    this.#link.end();
    this.#zoom.end();
    this.plot.destroy();
    this.#profile.destroy();
    this.#raster = this.#radial = this.#intensity = undefined;
  }

  async #load(): Promise<void> {
    const { radial, intensity } = this.#state.arrays ?? {};
    if (radial === undefined || intensity === undefined) return;
    const shape = intensity.shape as [number, number];
    const state = this.#state;
    const axis = radialAxis(state.get("unit"), state.get("wavelength"), state.get("distance"));
    const again = this.#axis?.unit === axis.unit && this.#intensity?.shape.join() === shape.join();
    this.#radial = radial;
    this.#intensity = intensity;
    this.#axis = axis;
    this.#rows = rowAxis(state.get<CakeRows>("rows"));
    this.#raster = rasterOf({ data: intensity.data, shape });
    this.#profiled = undefined;
    const [first, last] = this.#ends();
    const scene = {
      raster: this.#raster,
      x: { title: axis.title, first, last },
      y: this.#rows.axis,
      rowsUp: this.#rows.rowsUp,
      colorTitle: "intensity",
      union: state.get<Union>("reduce"),
    };
    this.#showProfile(true);
    await this.plot.show(scene, this.#controls.coloring(this.#raster), again);
    if (!again && state.get("radial_range") !== null) this.#reset();
  }

  /** The radial axis from the first bin's lower to the last one's upper edge. */
  #ends(): [first: number, last: number] {
    const { data } = this.#radial!;
    const half = data.length > 1 ? (data[1]! - data[0]!) / 2 : 0.5;
    return [data[0]! - half, data[data.length - 1]! + half];
  }

  #reset(): void {
    const x = this.#state.get<[number, number] | null>("radial_range");
    const axis = this.#rows?.axis;
    if (x === null || axis === undefined) this.plot.range = undefined;
    else {
      const y: [number, number] = [axis.first, axis.last];
      this.plot.range = { x, y: this.#rows!.rowsUp ? y : [y[1], y[0]] };
    }
  }

  async #recolor(): Promise<void> {
    if (this.#raster === undefined) return;
    this.#showProfile(true);
    await this.plot.recolor(this.#controls.coloring(this.#raster));
  }

  /** The profile of the row below the cursor; while there was none, the mean of all. */
  #showProfile(again = false): void {
    const shown = this.#state.get<boolean>("profile");
    this.#below.hidden = !shown;
    const [radial, intensity] = [this.#radial, this.#intensity];
    if (!shown || radial === undefined || intensity === undefined) return;
    const row = this.#cursor?.row ?? this.#profiled;
    if (!again && row === this.#profiled) return;
    this.#profiled = row;
    const columns = radial.data.length;
    const y =
      row === undefined
        ? meanOfRows(intensity)
        : intensity.data.subarray(row * columns, (row + 1) * columns);
    const scene = {
      lines: [{ x: radial.data, y, color: "" }],
      xTitle: this.#axis!.title,
      yTitle: row === undefined ? "mean" : this.#rows!.nameOf(row).replace(/ \(.*/, ""),
      scale: this.#state.get<ScaleName>("scale"),
      xRange: this.plot.range?.x ?? this.#ends(),
      below: true,
    };
    this.#state.attend(this.#profile.show(scene));
  }

  /** Shows a part of the radial axis, in image and profile, and to linked views. */
  #showPart(x: readonly [number, number]): void {
    const same = (plot: RasterPlot | LinePlot): boolean => plot.range?.x.join() === x.join();
    const { range } = this.plot;
    if (!same(this.plot) && range !== undefined) this.plot.range = { x, y: range.y };
    if (!this.#below.hidden && !same(this.#profile)) this.#profile.showX(x);
    if (this.#axis !== undefined) this.#zoom.tell(this.#axis.unit, x);
  }

  #follow(unit: string, x: readonly [number, number]): void {
    const { range } = this.plot;
    if (unit !== this.#axis?.unit || range === undefined) return;
    const [first, last] = this.#ends();
    if (x[1] > first && x[0] < last) this.plot.range = { x, y: range.y };
  }

  #columnAt(x: number): number | undefined {
    const count = this.#radial?.data.length ?? 0;
    if (count === 0) return undefined;
    const [first, last] = this.#ends();
    const column = Math.floor(((x - first) / (last - first)) * count);
    return column >= 0 && column < count ? column : undefined;
  }

  #binAt(x: number, y: number): Bin | undefined {
    const column = this.#columnAt(x);
    const row = this.#rows?.rowAt(y) ?? -1;
    return column === undefined || row < 0 || row >= this.#rows!.count
      ? undefined
      : { row, column };
  }

  #pointOf({ row, column }: Bin): { x: number; y: number } {
    return { x: this.#radial!.data[column]!, y: this.#rows!.middleOf(row) };
  }

  #step(right: number, down: number): void {
    if (this.#radial === undefined || this.#rows === undefined) return;
    const columns = this.#radial.data.length;
    const { row, column } = this.#cursor ?? { row: this.#rows.count >> 1, column: columns >> 1 };
    const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most - 1);
    this.#moveTo({
      row: within(row + (this.#rows.rowsUp ? -down : down), this.#rows.count),
      column: within(column + right, columns),
    });
  }

  #moveTo(bin: Bin | undefined): void {
    this.#cursor = bin;
    this.#mark();
    const twoTheta = bin && this.#axis!.twoTheta(this.#radial!.data[bin.column]!);
    const known = twoTheta !== undefined && !Number.isNaN(twoTheta);
    this.#link.tell(known ? { twoTheta, ...this.#rows!.cursorOf(bin!.row) } : undefined);
  }

  /** Another view's cursor; one without a direction is a line across all rows. */
  #hear(cursor: Cursor | undefined): void {
    if (this.#axis === undefined || this.#rows === undefined) return;
    const x = cursor === undefined ? Number.NaN : this.#axis.value(cursor.twoTheta);
    const column = this.#columnAt(x);
    const row = cursor && this.#rows.rowOf(cursor);
    this.#cursor = column === undefined || row === undefined ? undefined : { row, column };
    this.#mark();
    if (column !== undefined && row === undefined) {
      const line = { x: this.#radial!.data[column]!, y: Number.NaN };
      this.plot.mark(line);
      this.#profile.mark(line);
    }
  }

  #mark(): void {
    if (this.#cursor === undefined) {
      this.plot.mark(undefined);
      this.#profile.mark(undefined);
      this.#readout.textContent = "";
      return;
    }
    const { row, column } = this.#cursor;
    const { x, y } = this.#pointOf(this.#cursor);
    const value = this.#intensity!.data[row * this.#radial!.data.length + column]!;
    this.plot.mark({ x, y });
    this.#showProfile();
    this.#profile.mark({ x, y: Number.NaN });
    const intensity = Number.isNaN(value) ? "no pixel" : `I ${numberText(value)}`;
    const texts = [...this.#axis!.texts(x), this.#rows!.nameOf(row), intensity];
    this.#readout.textContent = texts.join("  ");
  }

  /** The radial axis, and a column for each row. */
  #columns(): Column[] {
    const [radial, intensity] = [this.#radial, this.#intensity];
    if (radial === undefined || intensity === undefined) return [];
    const count = radial.data.length;
    const rows = Array.from({ length: this.#rows!.count }, (_, row) => ({
      name: this.#rows!.nameOf(row),
      values: intensity.data.subarray(row * count, (row + 1) * count),
    }));
    return [{ name: this.#axis!.title, values: radial.data }, ...rows];
  }
}

/** The mean of the rows of an image at each column, of those that are there. */
function meanOfRows({ data, shape }: NumberArray): Float64Array {
  const [rows, columns] = shape as [number, number];
  const mean = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    let [sum, count] = [0, 0];
    for (let row = 0; row < rows; row++) {
      const value = data[row * columns + column]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
    }
    mean[column] = count === 0 ? Number.NaN : sum / count;
  }
  return mean;
}
