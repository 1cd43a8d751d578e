import { displayLimits } from "../../src/figure/limits.js";
import { SCALE_NAMES, type ScaleName } from "../../src/figure/scale.js";
import { type BinRange, binsWithin } from "../../src/scan/range-map.js";
import type { FailedFrame } from "../../src/scan/scan.js";
import { COLOR_TRAITS, type ColorControls, colorControls } from "../controls/color-controls.js";
import { button, choice, toolbar } from "../controls/controls.js";
import { listenToKeys } from "../controls/cursor-keys.js";
import { plotPlace } from "../controls/place.js";
import { readout } from "../controls/readout.js";
import { type RadialAxis, radialAxis } from "../cursor/radial-axis.js";
import { numberText } from "../cursor/value-text.js";
import { exportButtons } from "../export/export-buttons.js";
import { stacked } from "../export/stacked.js";
import type { Column } from "../export/table-text.js";
import { LinePlot, type PlotLine } from "../lines/line-plot.js";
import { nearestTo } from "../lines/outline.js";
import { themeOf } from "../plot/theme.js";
import { type ChannelSamples, paintChannels } from "../raster/paint-channels.js";
import { type Raster, rasterOf, sampleRaster, type Window } from "../raster/raster.js";
import { RasterPlot } from "../raster/raster-plot.js";
import type { Panel, ViewState } from "../view-state.js";
import { BACKGROUND, channelsOf } from "./channels.js";
import { FramePart } from "./frame-part.js";
import { type Motor, type MotorAxis, motorAxis } from "./motor-axis.js";
import { type Band, type Range, RangeBands } from "./range-bands.js";
import { rangeTable } from "./range-table.js";
import { ScanData } from "./scan-data.js";

/** Maps that are longer than this, in one direction, are not drawn with their true proportions. */
const LONGEST = 4;
/** Of the radial axis, what a new range has of it. */
const NEW_RANGE = 0.05;
/** Failures that are told in words below the map. */
const MOST_TOLD = 20;

/** The map of a scan, beside it its patterns with the ranges that are mapped, and a point's image. */
export class ScanPanel implements Panel {
  readonly #state: ViewState;
  readonly #data: ScanData;
  readonly #controls: ColorControls;
  readonly #map: RasterPlot;
  readonly #pattern: LinePlot;
  readonly #bands: RangeBands;
  readonly #frame: FramePart;
  readonly #readout: HTMLOutputElement = readout();
  readonly #patternReadout: HTMLOutputElement = readout();
  readonly #progress: HTMLElement = document.createElement("div");
  readonly #table = rangeTable({
    setRange: (index, range) => this.#setRange(index, range),
    addRange: () => this.#addRange(),
    removeRange: (index) => this.#state.set({ ranges: this.#ranges.toSpliced(index, 1) }),
    setBackground: (range) =>
      this.#state.set({ background: range === "add" ? this.#newRange() : range }),
  });
  readonly #patternScale = choice<ScaleName>(
    "pattern",
    SCALE_NAMES.map((name) => [name, name]),
    () => this.#showPattern(),
  );
  #scaleOfPattern: ScaleName = "linear";
  #radialAxis: RadialAxis | undefined;
  #axes: { readonly slow: MotorAxis; readonly fast: MotorAxis } | undefined;
  #maps: readonly Float32Array[] = [];
  #rasters: readonly Raster[] = [];
  #channels: { readonly raster: Raster; readonly limits: readonly [number, number] }[] = [];
  #cursor: number | undefined;
  #drawn = "";

  constructor(host: HTMLElement, state: ViewState) {
    this.#state = state;
    this.#controls = colorControls(state);
    const height = state.get<number>("height");
    const [mapPlace, patternPlace] = [plotPlace(height), plotPlace(height)];
    this.#map = new RasterPlot(mapPlace);
    this.#pattern = new LinePlot(patternPlace);
    this.#bands = new RangeBands(this.#pattern);
    this.#frame = new FramePart(height);
    const reset = button("reset", "Shows the whole map again (key 0)", () => {
      this.#map.range = undefined;
    });
    const saves = exportButtons(state, this, () => this.#columns(), ["csv"]);
    const resetPattern = button("reset", "Shows the whole pattern again (key 0)", () => {
      this.#pattern.range = undefined;
    });
    const savePattern = exportButtons(state, this.#pattern, () => this.#patternColumns(), [
      "csv",
      "dat",
    ]);
    const part = (...content: HTMLElement[]): HTMLElement => {
      const made = document.createElement("div");
      made.append(...content);
      return made;
    };
    const whole = part(
      part(
        toolbar("Map", ...this.#controls.elements, reset, saves),
        mapPlace,
        this.#readout,
        this.#progress,
      ),
      part(
        toolbar("Pattern", this.#patternScale.element, resetPattern, savePattern),
        patternPlace,
        this.#patternReadout,
        this.#table.element,
      ),
      this.#frame.element,
    );
    whole.className = "cakelab-scan";
    host.append(whole);
    this.#progress.setAttribute("role", "status");

    this.#map.onMove = (point) => this.#moveTo(point && this.#pointAt(point.x, point.y));
    this.#map.onClick = ({ x, y }) => this.#pick(this.#pointAt(x, y));
    this.#map.onPaint = (pixels, size, window) => this.#paintChannels(pixels, size, window);
    this.#pattern.onMove = (point) => this.#tellPattern(point?.x);
    this.#bands.onChange = (band, range) => this.#setBand(band, range);
    listenToKeys(mapPlace, "map", {
      move: (right, down) => this.#step(right, down),
      leave: () => this.#moveTo(undefined),
      pick: () => this.#pick(this.#cursor),
      zoom: (factor) => this.#map.zoom(factor, this.#placeOf(this.#cursor)),
      reset: () => {
        this.#map.range = undefined;
      },
    });
    this.#listenToPattern(patternPlace);
    this.#data = new ScanData(state);
    this.#data.onGrown = () => this.#load();
    this.#data.onMaps = (maps) => this.#showMaps(maps);
    this.#data.onPattern = () => this.#showPattern();
    this.#data.onFrame = (index, frame) => this.#showFrame(index, frame);
    state.onChange(COLOR_TRAITS, () => this.#showMaps(this.#maps));
    state.onChange(["ranges", "background"], () => this.#showRanges());
    state.onChange(["picked"], () => this.#showPicked());
    state.onChange(["frames_done", "is_running", "failed"], () => this.#showProgress());
    this.#load();
    this.#showProgress();
  }

  resize(): void {
    this.#map.resize();
    this.#pattern.resize();
    this.#frame.resize();
  }

  async toCanvas(): Promise<HTMLCanvasElement> {
    const [map, pattern, image] = await Promise.all([
      this.#map.toCanvas(),
      this.#pattern.toCanvas(),
      this.#frame.toCanvases(),
    ]);
    return stacked([map, pattern, ...image]);
  }

  destroy(): void {
    this.#bands.destroy();
    this.#map.destroy();
    this.#pattern.destroy();
    this.#frame.destroy();
    this.#data.release();
    this.#maps = this.#rasters = this.#channels = [];
  }

  get #ranges(): Range[] {
    return this.#state.get<Range[]>("ranges");
  }

  get #background(): Range | null {
    return this.#state.get<Range | null>("background");
  }

  /** The number of the point that was picked. */
  get #picked(): number | undefined {
    const picked = this.#state.get<[number, number] | null>("picked");
    return picked === null ? undefined : picked[0] * (this.#axes?.fast.count ?? 0) + picked[1];
  }

  #load(): void {
    if (!this.#data.isThere) return;
    const axis = (motor: "slow" | "fast"): MotorAxis =>
      motorAxis(this.#state.get<Motor>(motor), this.#data.positions(motor));
    this.#axes = { slow: axis("slow"), fast: axis("fast") };
    this.#radialAxis = radialAxis(this.#state.get("unit"), null, null);
    const { radial } = this.#data;
    this.#bands.step = radial.length > 1 ? Math.abs(radial[1]! - radial[0]!) : 1;
    this.#showPicked();
    this.#showRanges();
  }

  #showRanges(): void {
    if (!this.#data.isThere) return;
    const [ranges, background] = [this.#ranges, this.#background];
    const channels = channelsOf(ranges.length);
    const bands: Band[] = ranges.map((range, i) => ({ ...channels[i]!, range }));
    if (background !== null) bands.push({ ...BACKGROUND, range: background });
    this.#bands.show(bands);
    this.#table.show(ranges, background);
    const bins = (range: Range): BinRange => binsWithin(this.#data.radial, range);
    this.#data.makeMaps(ranges.map(bins), background === null ? undefined : bins(background));
  }

  #showMaps(maps: readonly Float32Array[]): void {
    if (this.#axes === undefined || maps.length === 0) return;
    const { slow, fast } = this.#axes;
    const shape: [number, number] = [slow.count, fast.count];
    if (maps !== this.#maps) this.#rasters = maps.map((data) => rasterOf({ data, shape }));
    this.#maps = maps;
    const raster = this.#rasters[0]!;
    const coloring = this.#controls.coloring(raster);
    const hand = this.#state.get<[number, number] | null>("limits");
    const percentiles = this.#state.get<[number, number]>("percentiles");
    this.#channels =
      maps.length === 1
        ? []
        : this.#rasters.map((one) => ({
            raster: one,
            limits: hand ?? displayLimits(one.data, coloring.scale, percentiles),
          }));
    const proportion = (fast.step * fast.count) / (slow.step * slow.count);
    const unit = (motor: "slow" | "fast") => this.#state.get<Motor>(motor).unit;
    const isTrue = slow.isEven && fast.isEven && unit("slow") === unit("fast");
    const scene = {
      raster,
      x: fast.axis,
      y: slow.axis,
      rowsUp: slow.isAscending,
      columnsLeft: !fast.isAscending,
      square: isTrue && proportion < LONGEST && proportion > 1 / LONGEST,
      ...(maps.length === 1 ? { colorTitle: "mean intensity" } : {}),
    };
    // Another part is seen only by those who have chosen it; a map that grows or follows a drag stays.
    const key = JSON.stringify([slow.axis, fast.axis]);
    const keep = key === this.#drawn;
    this.#drawn = key;
    void this.#map.show(scene, coloring, keep);
    this.#mark();
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

  /** The mean of all patterns; over it, that of the point that was picked. */
  #showPattern(): void {
    if (!this.#data.isThere) return;
    const { radial, mean } = this.#data;
    const point = this.#picked;
    const own = point === undefined ? undefined : this.#data.pattern(point);
    const theme = themeOf(this.#readout);
    const lines: PlotLine[] = [
      { x: radial, y: mean, color: own === undefined ? "" : theme.faint, dash: own ? [4, 3] : [] },
      ...(own === undefined ? [] : [{ x: radial, y: own, color: "" }]),
    ];
    const scale = this.#patternScale.value();
    const half = radial.length > 1 ? (radial[1]! - radial[0]!) / 2 : 0.5;
    const scene = {
      lines,
      xTitle: this.#radialAxis!.title,
      yTitle: own === undefined ? "mean of all" : "this point (dashes: mean)",
      scale,
      xRange: [radial[0]! - half, radial[radial.length - 1]! + half] as const,
      drag: false as const,
    };
    const keep = this.#pattern.range !== undefined && scale === this.#scaleOfPattern;
    this.#scaleOfPattern = scale;
    void this.#pattern.show(scene, keep);
  }

  #showPicked(): void {
    this.#showPattern();
    this.#mark();
    const point = this.#picked;
    if (point === undefined || !this.#state.get<boolean>("has_frames")) {
      if (point === undefined) this.#frame.element.hidden = true;
      return;
    }
    const index = this.#data.frameOf(point);
    if (index === this.#wanted) return;
    this.#wanted = index;
    if (index < 0) {
      this.#frame.clear();
      this.#frame.say("This point has no frame yet.");
    } else {
      this.#frame.say(`Reading frame ${index} …`);
      this.#data.askFrame(index);
    }
  }
  #wanted: number | undefined;

  #showFrame(index: number, frame: Parameters<ScanData["onFrame"]>[1]): void {
    if (index !== this.#wanted) return;
    if (typeof frame !== "string") {
      this.#frame.show(frame, `Frame ${index}`);
      return;
    }
    this.#frame.clear();
    this.#frame.say(`Frame ${index} cannot be shown: ${frame}`);
  }

  #showProgress(): void {
    const [done, all] = [this.#state.get<number>("frames_done"), this.#state.get<number>("frames")];
    const failed = this.#state.get<FailedFrame[]>("failed");
    const isRunning = this.#state.get<boolean>("is_running");
    const words: string[] = [];
    if (isRunning) words.push(`running: ${done} of ${all} frames`);
    else if (done < all) words.push(`${done} of ${all} frames`);
    if (failed.length > 0) words.push(`${failed.length} failed`);
    const line = document.createElement("span");
    line.textContent = words.join(", ");
    this.#progress.replaceChildren(line);
    if (failed.length === 0) return;
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = "failed frames";
    const list = document.createElement("ul");
    for (const { index, message } of failed.slice(0, MOST_TOLD)) {
      const item = document.createElement("li");
      item.textContent = `frame ${index}: ${message}`;
      list.append(item);
    }
    details.append(summary, list);
    this.#progress.append(details);
  }

  #setBand(band: number, range: Range): void {
    if (band < this.#ranges.length) this.#setRange(band, range);
    else this.#state.set({ background: range });
  }

  #setRange(index: number, range: Range): void {
    this.#state.set({ ranges: this.#ranges.with(index, range) });
  }

  #addRange(): void {
    const ranges = [...this.#ranges, this.#newRange()];
    this.#state.set({ ranges });
    this.#bands.choose(ranges.length - 1);
  }

  /** A range in the middle of what is seen of the pattern. */
  #newRange(): Range {
    const [low, high] = this.#pattern.range?.x ?? [0, 1];
    const [middle, half] = [(low + high) / 2, (NEW_RANGE * (high - low)) / 2];
    return [middle - half, middle + half];
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

  #mark(): void {
    const point = this.#cursor ?? this.#picked;
    this.#map.mark(this.#placeOf(point));
    if (point === undefined || this.#axes === undefined) {
      this.#readout.textContent = "";
      return;
    }
    const [row, column] = this.#rowAndColumn(point);
    const index = this.#data.frameOf(point);
    const channels = channelsOf(this.#maps.length);
    const values = this.#maps.map((map, i) => {
      const name = this.#maps.length === 1 ? "I" : channels[i]!.name;
      return `${name} ${Number.isNaN(map[point]) ? "none" : numberText(map[point]!)}`;
    });
    const { slow, fast } = this.#axes;
    const frame = index < 0 ? "no frame" : `frame ${index}`;
    const words = [slow.textOf(row), fast.textOf(column), frame, ...values];
    this.#readout.textContent = words.join("  ");
  }

  /** Values of the patterns at a place of the radial axis. */
  #tellPattern(x: number | undefined): void {
    if (x === undefined || !this.#data.isThere) {
      this.#pattern.mark(undefined);
      this.#patternReadout.textContent = "";
      return;
    }
    const { radial, mean } = this.#data;
    const bin = nearestTo(radial, x);
    const point = this.#picked;
    const own = point === undefined ? undefined : this.#data.pattern(point);
    this.#pattern.mark({ x: radial[bin]!, y: Number.NaN });
    this.#patternReadout.textContent = [
      ...this.#radialAxis!.texts(radial[bin]!),
      ...(own === undefined ? [] : [`I ${numberText(own[bin]!)}`]),
      `mean ${numberText(mean[bin]!)}`,
    ].join("  ");
  }

  #listenToPattern(place: HTMLElement): void {
    let bin: number | undefined;
    const move = (next: number | undefined): void => {
      bin = next;
      this.#tellPattern(next === undefined ? undefined : this.#data.radial[next]);
    };
    listenToKeys(place, "pattern", {
      move: (right) => {
        const { radial } = this.#data;
        const seen = this.#pattern.range?.x ?? [0, 0];
        const from = bin ?? nearestTo(radial, (seen[0] + seen[1]) / 2);
        move(Math.min(Math.max(from + right, 0), radial.length - 1));
      },
      leave: () => move(undefined),
      zoom: (factor) => {
        const { range } = this.#pattern;
        const y = range?.y[0] ?? 0;
        const at = bin === undefined ? undefined : { x: this.#data.radial[bin]!, y };
        this.#pattern.zoom(factor, at);
      },
      reset: () => {
        this.#pattern.range = undefined;
      },
    });
  }

  /** A line for each point: its place, its frame and its values. */
  #columns(): Column[] {
    if (this.#axes === undefined) return [];
    const { slow, fast } = this.#axes;
    const points = Array.from({ length: slow.count * fast.count }, (_, point) => point);
    const positions = { slow: this.#data.positions("slow"), fast: this.#data.positions("fast") };
    const channels = channelsOf(this.#maps.length);
    return [
      {
        name: slow.axis.title,
        values: points.map((point) => positions.slow[this.#rowAndColumn(point)[0]]!),
      },
      {
        name: fast.axis.title,
        values: points.map((point) => positions.fast[this.#rowAndColumn(point)[1]]!),
      },
      { name: "frame", values: points.map((point) => this.#data.frameOf(point)) },
      ...this.#maps.map((values, i) => ({
        name: `${channels[i]!.name} ${this.#ranges[i]?.join(" to ") ?? ""}`,
        values,
      })),
    ];
  }

  #patternColumns(): Column[] {
    if (!this.#data.isThere) return [];
    const { radial, mean } = this.#data;
    const point = this.#picked;
    const own = point === undefined ? undefined : this.#data.pattern(point);
    return [
      { name: this.#radialAxis!.title, values: radial },
      ...(own === undefined ? [] : [{ name: "point", values: own }]),
      { name: "mean of all", values: mean },
    ];
  }
}
