import { SCALE_NAMES, type ScaleName } from "../../src/figure/scale.js";
import { button, choice, toolbar } from "../controls/controls.js";
import { listenToKeys } from "../controls/cursor-keys.js";
import { plotPlace } from "../controls/place.js";
import { readout } from "../controls/readout.js";
import type { RadialAxis } from "../cursor/radial-axis.js";
import { numberText } from "../cursor/value-text.js";
import { exportButtons } from "../export/export-buttons.js";
import type { Column } from "../export/table-text.js";
import { LinePlot, type PlotLine } from "../lines/line-plot.js";
import { nearestTo } from "../lines/outline.js";
import { onThemeChange, themeOf } from "../plot/theme.js";
import type { Panel, ViewState } from "../view-state.js";
import { BACKGROUND, channelsOf } from "./channels.js";
import { type Range, RangeBands } from "./range-bands.js";
import { rangeTable } from "./range-table.js";

/** Of what is seen of the radial axis, what a new range has. */
const NEW_RANGE = 0.05;

/** The patterns of a scan at one time. */
export interface Patterns {
  readonly axis: RadialAxis;
  readonly radial: Float64Array;
  /** Of all points. */
  readonly mean: ArrayLike<number>;
  /** Of the point that was picked. */
  readonly own: ArrayLike<number> | undefined;
}

/** The pattern of a point, or the mean of all, with the ranges that are mapped. */
export class PatternPart implements Panel {
  readonly element: HTMLElement = document.createElement("div");
  readonly #state: ViewState;
  readonly #plot: LinePlot;
  readonly #bands: RangeBands;
  readonly #readout: HTMLOutputElement = readout();
  readonly #scale = choice<ScaleName>(
    "pattern",
    SCALE_NAMES.map((name) => [name, name]),
    () => this.#draw(false),
  );
  readonly #table = rangeTable({
    setRange: (index, range) => this.#setRange(index, range),
    addRange: () => this.#addRange(),
    removeRange: (index) => this.#state.set({ ranges: this.#ranges.toSpliced(index, 1) }),
    setBackground: (range) =>
      this.#state.set({ background: range === "add" ? this.#newRange() : range }),
  });
  readonly #endTheme: () => void;
  #patterns: Patterns | undefined;
  #bin: number | undefined;

  constructor(state: ViewState) {
    this.#state = state;
    const place = plotPlace(state.get<number>("height"));
    this.#plot = new LinePlot(place);
    this.#bands = new RangeBands(this.#plot);
    const reset = (): void => {
      this.#plot.range = undefined;
    };
    const bar = toolbar(
      "Pattern",
      this.#scale.element,
      button("reset", "Shows the whole pattern again (key 0)", reset),
      exportButtons(state, this, () => this.#columns(), ["csv", "dat"]),
    );
    this.element.append(bar, place, this.#readout, this.#table.element);
    this.#plot.onMove = (point) =>
      this.#moveTo(point && this.#patterns && nearestTo(this.#patterns.radial, point.x));
    this.#bands.onChange = (band, range) => this.#setBand(band, range);
    listenToKeys(place, "pattern", {
      move: (right) => this.#step(right),
      leave: () => this.#moveTo(undefined),
      zoom: (factor) => this.#zoom(factor),
      reset,
    });
    state.onChange(["ranges", "background"], () => this.#showRanges());
    this.#endTheme = onThemeChange(place, () => this.#draw(true));
  }

  /** Shows patterns; the part of the axis that is seen stays. */
  show(patterns: Patterns): void {
    const { radial } = patterns;
    const again = this.#patterns?.radial.length === radial.length;
    this.#patterns = patterns;
    this.#bands.step = radial.length > 1 ? Math.abs(radial[1]! - radial[0]!) : 1;
    this.#draw(again);
    this.#showRanges();
    this.#tell();
  }

  resize(): void {
    this.#plot.resize();
  }

  async toCanvas(): Promise<HTMLCanvasElement> {
    const picture = await this.#plot.toCanvas();
    this.#bands.drawOn(picture);
    return picture;
  }

  destroy(): void {
    this.#endTheme();
    this.#bands.destroy();
    this.#plot.destroy();
    this.#patterns = undefined;
  }

  get #ranges(): Range[] {
    return this.#state.get<Range[]>("ranges");
  }

  /** The mean of all patterns; over it, that of the point that was picked. */
  #draw(keep: boolean): void {
    if (this.#patterns === undefined) return;
    const { axis, radial, mean, own } = this.#patterns;
    const { faint } = themeOf(this.element);
    const lines: PlotLine[] =
      own === undefined
        ? [{ x: radial, y: mean, color: "" }]
        : [
            { x: radial, y: mean, color: faint, dash: [4, 3] },
            { x: radial, y: own, color: "" },
          ];
    const half = radial.length > 1 ? (radial[1]! - radial[0]!) / 2 : 0.5;
    const scene = {
      lines,
      xTitle: axis.title,
      yTitle: own === undefined ? "mean of all" : "this point (dashes: mean)",
      scale: this.#scale.value(),
      xRange: [radial[0]! - half, radial[radial.length - 1]! + half] as const,
      drag: false as const,
    };
    this.#state.attend(this.#plot.show(scene, keep));
  }

  #showRanges(): void {
    if (this.#patterns === undefined) return;
    const ranges = this.#ranges;
    const background = this.#state.get<Range | null>("background");
    const channels = channelsOf(ranges.length);
    const bands = ranges.map((range, i) => ({ ...channels[i]!, range }));
    if (background !== null) bands.push({ ...BACKGROUND, range: background });
    this.#bands.show(bands);
    this.#table.show(ranges, background);
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

  /** A range in the middle of what is seen. */
  #newRange(): Range {
    const [low, high] = this.#plot.range?.x ?? [0, 1];
    const [middle, half] = [(low + high) / 2, (NEW_RANGE * (high - low)) / 2];
    return [middle - half, middle + half];
  }

  #step(right: number): void {
    if (this.#patterns === undefined) return;
    const { radial } = this.#patterns;
    const [low, high] = this.#plot.range?.x ?? [0, 0];
    const from = this.#bin ?? nearestTo(radial, (low + high) / 2);
    this.#moveTo(Math.min(Math.max(from + right, 0), radial.length - 1));
  }

  #zoom(factor: number): void {
    const { range } = this.#plot;
    const x = this.#bin === undefined ? undefined : this.#patterns?.radial[this.#bin];
    // The foot of the axis stays.
    this.#plot.zoom(
      factor,
      x === undefined || range === undefined ? undefined : { x, y: range.y[0] },
    );
  }

  #moveTo(bin: number | undefined): void {
    this.#bin = bin;
    this.#tell();
  }

  #tell(): void {
    const bin = this.#bin;
    if (this.#patterns === undefined || bin === undefined) {
      this.#plot.mark(undefined);
      this.#readout.textContent = "";
      return;
    }
    const { axis, radial, mean, own } = this.#patterns;
    this.#plot.mark({ x: radial[bin]!, y: Number.NaN });
    this.#readout.textContent = [
      ...axis.texts(radial[bin]!),
      ...(own === undefined ? [] : [`I ${numberText(own[bin]!)}`]),
      `mean ${numberText(mean[bin]!)}`,
    ].join("  ");
  }

  #columns(): Column[] {
    if (this.#patterns === undefined) return [];
    const { axis, radial, mean, own } = this.#patterns;
    return [
      { name: axis.title, values: radial },
      ...(own === undefined ? [] : [{ name: "point", values: own }]),
      { name: "mean of all", values: mean },
    ];
  }
}
