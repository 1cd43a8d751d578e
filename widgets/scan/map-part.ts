import { displayLimits } from "../../src/figure/limits.js";
import type { ScaleName } from "../../src/figure/scale.js";
import type { MapQuantity } from "../../src/widget-messages.js";
import { COLOR_TRAITS, type ColorControls, colorControls } from "../controls/color-controls.js";
import { button, choice, toolbar } from "../controls/controls.js";
import { listenToKeys } from "../controls/cursor-keys.js";
import { plotPlace } from "../controls/place.js";
import { readout } from "../controls/readout.js";
import { numberText } from "../cursor/value-text.js";
import { exportButtons } from "../export/export-buttons.js";
import type { Column } from "../export/table-text.js";
import { type ChannelSamples, paintChannels } from "../raster/paint-channels.js";
import { type Raster, rasterOf, sampleRaster, type Window } from "../raster/raster.js";
import { RasterPlot } from "../raster/raster-plot.js";
import type { Panel, ViewState } from "../view-state.js";
import { channelsOf } from "./channels.js";
import type { MotorAxis } from "./motor-axis.js";
import type { Range } from "./range-bands.js";

/** Maps that are longer than this, in one direction, are not drawn with their true proportions. */
const LONGEST = 4;

const QUANTITIES: readonly (readonly [MapQuantity, string])[] = [
  ["intensity", "mean intensity"],
  ["position", "peak position"],
  ["width", "peak width"],
  ["area", "peak area"],
];

/** The axes of a map. */
export interface MapAxes {
  readonly slow: MotorAxis;
  readonly fast: MotorAxis;
  /** Whether a distance is the same along both. */
  readonly isTrue: boolean;
}

/** The frame of a point; −1 where there is none. */
export type FrameOf = (point: number) => number;

/** The map itself: in colours, or in red, green and blue; a point under the cursor, and one to pick. */
export class MapPart implements Panel {
  readonly element: HTMLElement = document.createElement("div");
  readonly #state: ViewState;
  readonly #frameOf: FrameOf;
  readonly #controls: ColorControls;
  readonly #plot: RasterPlot;
  readonly #readout: HTMLOutputElement = readout();
  #axes: MapAxes | undefined;
  #maps: readonly Float32Array[] = [];
  #rasters: readonly Raster[] = [];
  #channels: { readonly raster: Raster; readonly limits: readonly [number, number] }[] = [];
  #cursor: number | undefined;
  #drawn = "";

  /** Called when a slice through the sample is wanted. */
  onSlice: () => void = () => undefined;

  constructor(state: ViewState, frameOf: FrameOf) {
    this.#state = state;
    this.#frameOf = frameOf;
    this.#controls = colorControls(state);
    const place = plotPlace(state.get<number>("height"));
    this.#plot = new RasterPlot(place);
    const reset = (): void => {
      this.#plot.range = undefined;
    };
    const quantity = choice<MapQuantity>("map of", QUANTITIES, (name) =>
      state.set({ quantity: name }),
    );
    const shown = (): void => quantity.show(state.get("quantity"));
    shown();
    state.onChange(["quantity"], shown);
    const slice = "Where in the sample the first range diffracts, if the slow motor rotates it";
    const bar = toolbar(
      "Map",
      quantity.element,
      ...this.#controls.elements,
      button("slice", slice, () => this.onSlice()),
      button("reset", "Shows the whole map again (key 0)", reset),
      exportButtons(state, this, () => this.#columns(), ["csv"]),
    );
    this.element.append(bar, place, this.#readout);
    this.#plot.onMove = (point) => this.#moveTo(point && this.#pointAt(point.x, point.y));
    this.#plot.onClick = ({ x, y }) => this.#pick(this.#pointAt(x, y));
    this.#plot.onPaint = (pixels, size, window) => this.#paintChannels(pixels, size, window);
    listenToKeys(place, "map", {
      move: (right, down) => this.#step(right, down),
      leave: () => this.#moveTo(undefined),
      pick: () => this.#pick(this.#cursor),
      zoom: (factor) => this.#plot.zoom(factor, this.#placeOf(this.#cursor)),
      reset,
    });
    state.onChange(COLOR_TRAITS, () => this.#draw());
    state.onChange(["picked"], () => this.#mark());
  }

  /** Shows maps of the same points: one in colours, several as red, green and blue. */
  show(axes: MapAxes, maps: readonly Float32Array[]): void {
    const shape: [number, number] = [axes.slow.count, axes.fast.count];
    this.#axes = axes;
    this.#maps = maps;
    this.#rasters = maps.map((data) => rasterOf({ data, shape }));
    this.#draw();
  }

  /** Says something in the place of the cursor's values. */
  say(text: string): void {
    this.#readout.textContent = text;
  }

  resize(): void {
    this.#plot.resize();
  }

  toCanvas(): Promise<HTMLCanvasElement> {
    return this.#plot.toCanvas();
  }

  destroy(): void {
    this.#plot.destroy();
    this.#maps = this.#rasters = this.#channels = [];
  }

  /** The number of the point that was picked. */
  get #picked(): number | undefined {
    const picked = this.#state.get<[number, number] | null>("picked");
    return picked === null || this.#axes === undefined
      ? undefined
      : picked[0] * this.#axes.fast.count + picked[1];
  }

  #draw(): void {
    const raster = this.#rasters[0];
    if (this.#axes === undefined || raster === undefined) return;
    const { slow, fast, isTrue } = this.#axes;
    const coloring = this.#controls.coloring(raster);
    const isMixed = this.#rasters.length > 1;
    const hand = this.#state.get<[number, number] | null>("limits");
    const percentiles = this.#state.get<[number, number]>("percentiles");
    this.#channels = (isMixed ? this.#rasters : []).map((one) => ({
      raster: one,
      limits: hand ?? displayLimits(one.data, coloring.scale, percentiles),
    }));
    const proportion = (fast.step * fast.count) / (slow.step * slow.count);
    const scene = {
      raster,
      x: fast.axis,
      y: slow.axis,
      rowsUp: slow.isAscending,
      columnsLeft: !fast.isAscending,
      square: isTrue && proportion < LONGEST && proportion > 1 / LONGEST,
      ...(isMixed ? {} : { colorTitle: this.#title }),
    };
    // A map that grows or follows a drag stays where the user looks at it.
    const key = JSON.stringify([slow.axis, fast.axis]);
    const keep = key === this.#drawn;
    this.#drawn = key;
    this.#state.attend(this.#plot.show(scene, coloring, keep));
    this.#mark();
  }

  get #title(): string {
    const name = this.#state.get<MapQuantity>("quantity");
    return QUANTITIES.find(([one]) => one === name)![1];
  }

  #paintChannels(pixels: Uint32Array, size: readonly [number, number], window: Window): void {
    if (this.#channels.length === 0) return;
    const channels: ChannelSamples[] = this.#channels.map(({ raster, limits }) => {
      const samples = new Float32Array(pixels.length);
      sampleRaster(raster, window, size, "mean", samples);
      return { samples, limits };
    });
    paintChannels(channels, this.#state.get<ScaleName>("scale"), pixels);
  }

  #pointAt(x: number, y: number): number | undefined {
    if (this.#axes === undefined) return undefined;
    const { slow, fast } = this.#axes;
    const [row, column] = [slow.pointAt(y), fast.pointAt(x)];
    const inside = row >= 0 && row < slow.count && column >= 0 && column < fast.count;
    return inside ? row * fast.count + column : undefined;
  }

  #rowAndColumn(point: number): [row: number, column: number] {
    const { count } = this.#axes!.fast;
    return [Math.floor(point / count), point % count];
  }

  #placeOf(point: number | undefined): { x: number; y: number } | undefined {
    if (point === undefined || this.#axes === undefined) return undefined;
    const [row, column] = this.#rowAndColumn(point);
    return { x: this.#axes.fast.valueOf(column), y: this.#axes.slow.valueOf(row) };
  }

  #step(right: number, down: number): void {
    if (this.#axes === undefined) return;
    const { slow, fast } = this.#axes;
    const middle = (slow.count >> 1) * fast.count + (fast.count >> 1);
    const [row, column] = this.#rowAndColumn(this.#cursor ?? this.#picked ?? middle);
    const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most - 1);
    const nextRow = within(row + (slow.isAscending ? -down : down), slow.count);
    const nextColumn = within(column + (fast.isAscending ? right : -right), fast.count);
    this.#moveTo(nextRow * fast.count + nextColumn);
  }

  #pick(point: number | undefined): void {
    if (point !== undefined) this.#state.set({ picked: this.#rowAndColumn(point) });
  }

  #moveTo(point: number | undefined): void {
    this.#cursor = point;
    this.#mark();
  }

  /** The crosshair is at the cursor; while there is none, at the point that was picked. */
  #mark(): void {
    const point = this.#cursor ?? this.#picked;
    this.#plot.mark(this.#placeOf(point));
    if (point === undefined || this.#axes === undefined) {
      this.#readout.textContent = "";
      return;
    }
    const [row, column] = this.#rowAndColumn(point);
    const index = this.#frameOf(point);
    const names = channelsOf(this.#maps.length).map(({ name }) => name);
    const values = this.#maps.map((map, i) => {
      const name = this.#maps.length === 1 ? "I" : names[i]!;
      return `${name} ${Number.isNaN(map[point]) ? "none" : numberText(map[point]!)}`;
    });
    const { slow, fast } = this.#axes;
    const frame = index < 0 ? "no frame" : `frame ${index}`;
    const words = [slow.textOf(row), fast.textOf(column), frame, ...values];
    this.#readout.textContent = words.join("  ");
  }

  /** A line for each point: where the motors were, its frame and its values. */
  #columns(): Column[] {
    if (this.#axes === undefined) return [];
    const { slow, fast } = this.#axes;
    const points = Array.from({ length: slow.count * fast.count }, (_, point) => point);
    const column = (name: string, value: (point: number) => number): Column => ({
      name,
      values: points.map(value),
    });
    const ranges = this.#state.get<Range[]>("ranges");
    const channels = channelsOf(this.#maps.length);
    return [
      column(slow.axis.title, (point) => slow.positionOf(this.#rowAndColumn(point)[0])),
      column(fast.axis.title, (point) => fast.positionOf(this.#rowAndColumn(point)[1])),
      column("frame", this.#frameOf),
      ...this.#maps.map((values, i) => ({
        name: `${channels[i]!.name} ${ranges[i]?.join(" to ") ?? ""}`,
        values,
      })),
    ];
  }
}
