import type { LineStyle } from "../../src/figure/line-colors.js";
import { SCALE_NAMES, type ScaleName } from "../../src/figure/scale.js";
import { button, choice, toolbar } from "../controls/controls.js";
import { listenToKeys } from "../controls/cursor-keys.js";
import { plotPlace } from "../controls/place.js";
import { readout } from "../controls/readout.js";
import { type Cursor, type CursorLink, linkCursor } from "../cursor/cursor.js";
import type { RadialAxis } from "../cursor/radial-axis.js";
import { numberText } from "../cursor/value-text.js";
import { exportButtons } from "../export/export-buttons.js";
import { stacked } from "../export/stacked.js";
import type { Column } from "../export/table-text.js";
import { legend } from "../lines/legend.js";
import { dashOf, legendPicture } from "../lines/legend-picture.js";
import { LinePlot } from "../lines/line-plot.js";
import { nearestTo } from "../lines/outline.js";
import { binEdges, type Profile } from "../lines/profiles.js";
import type { LayerPlace } from "../plot/layer.js";
import { onThemeChange, themeOf } from "../plot/theme.js";
import type { ViewState } from "../view-state.js";
import { rangeStyles } from "./range-colors.js";

/** A click takes the highest point within this part of what is seen, to either side. */
const REACH = 0.012;
/** How those that were frozen are drawn. */
const FROZEN_DASH = "5 3";

/** What is plotted: the newest diffractograms, and those that were frozen. */
export interface Curves {
  readonly axis: RadialAxis;
  readonly lines: readonly Profile[];
  readonly frozen: readonly Profile[];
  /** Places of peaks that are fitted in each frame. */
  readonly tracked: readonly number[];
}

/** The diffractograms of all ranges, with reference curves, a cursor, and peaks to pick. */
export class CurvesPart {
  readonly element: HTMLElement = document.createElement("div");
  readonly #state: ViewState;
  readonly #plot: LinePlot;
  readonly #readout: HTMLOutputElement = readout();
  readonly #scale = choice<ScaleName>(
    "intensity",
    SCALE_NAMES.map((name) => [name, name]),
    () => this.#draw(false),
  );
  readonly #legend = legend((hidden) => this.#state.set({ hidden }));
  readonly #link: CursorLink;
  readonly #drawTracked: () => void;
  readonly #endTheme: () => void;
  #curves: Curves | undefined;
  #cursor: { readonly line: number; readonly point: number } | undefined;

  /** Called with the place of a peak that was picked. */
  onPick: (position: number) => void = () => undefined;

  constructor(state: ViewState, buttons: readonly HTMLElement[]) {
    this.#state = state;
    const place = plotPlace(state.get<number>("height"));
    this.#plot = new LinePlot(place);
    const reset = (): void => {
      this.#plot.range = undefined;
    };
    const bar = toolbar(
      "Diffractograms",
      this.#scale.element,
      ...buttons,
      button("reset", "Shows all of it again (key 0)", reset),
      exportButtons(state, this, () => this.#columns(), ["csv", "dat"]),
    );
    this.element.append(bar, this.#legend.element, place, this.#readout);
    this.#drawTracked = this.#plot.addLayer((context, at) => this.#drawMarks(context, at));
    this.#link = linkCursor(state.group, (cursor) => this.#hear(cursor));
    this.#plot.onMove = (point) => this.#moveTo(point && this.#nearest(point.x, point.y));
    this.#plot.onClick = ({ x, y }) => this.#pick(x, this.#nearest(x, y)?.line);
    listenToKeys(place, "diffractograms", {
      move: (right, down) => this.#step(right, down),
      leave: () => this.#moveTo(undefined),
      pick: () => {
        const at = this.#cursor;
        if (at !== undefined) this.#pick(this.#shownLines()[at.line]!.x[at.point]!, at.line);
      },
      zoom: (factor) => this.#plot.zoom(factor),
      reset,
    });
    state.onChange(["hidden"], () => this.#draw(true));
    this.#endTheme = onThemeChange(place, () => this.#draw(true));
  }

  /** Shows diffractograms; the part of the axis that is seen stays. */
  show(curves: Curves): Promise<void> {
    // Axes that were drawn around nothing are not worth to stay.
    const again = this.#all().length > 0 && this.#curves?.axis.unit === curves.axis.unit;
    this.#curves = curves;
    return this.#draw(again);
  }

  resize(): void {
    this.#plot.resize();
  }

  async toCanvas(): Promise<HTMLCanvasElement> {
    const picture = await this.#plot.toCanvas();
    const { labels, styles } = this.#named();
    if (labels.length < 2) return picture;
    const names = legendPicture(labels, styles, picture.width / 2, themeOf(this.element));
    return stacked([names, picture]);
  }

  destroy(): void {
    this.#endTheme();
    this.#link.end();
    this.#plot.destroy();
    this.#curves = undefined;
  }

  async #draw(keep: boolean): Promise<void> {
    if (this.#curves === undefined) return;
    const { axis } = this.#curves;
    const { labels, styles } = this.#named();
    const hidden = new Set(this.#state.get<number[]>("hidden"));
    this.#legend.show(labels, styles, hidden);
    const all = this.#all();
    const lines = all.flatMap(({ x, y }, i) => {
      const { color, dash } = styles[i]!;
      return hidden.has(i) ? [] : [{ x, y, color, dash: dashOf(dash) }];
    });
    await this.#plot.show(
      {
        lines,
        xTitle: axis.title,
        yTitle: "intensity",
        scale: this.#scale.value(),
        xRange: binEdges(all),
      },
      keep,
    );
    this.#mark();
  }

  #all(): Profile[] {
    const { lines = [], frozen = [] } = this.#curves ?? {};
    return [...lines, ...frozen];
  }

  /** Frozen curves are in the order of the ranges that they are of, as often as they were frozen. */
  #named(): { labels: string[]; styles: LineStyle[] } {
    const { lines = [], frozen = [] } = this.#curves ?? {};
    const own = rangeStyles(
      lines.length,
      themeOf(this.element).dark,
      this.#state.get<string[]>("colors"),
    );
    const faint = themeOf(this.element).faint;
    const styles = frozen.map((_, i) => ({
      color: own[i % Math.max(1, own.length)]?.color ?? faint,
      dash: FROZEN_DASH,
    }));
    return { labels: this.#all().map(({ label }) => label), styles: [...own, ...styles] };
  }

  /** Of the lines that are not hidden. */
  #shownLines(): Profile[] {
    const hidden = new Set(this.#state.get<number[]>("hidden"));
    return this.#all().filter((_, i) => !hidden.has(i));
  }

  #nearest(x: number, y: number): { line: number; point: number } | undefined {
    let [nearest, least]: [{ line: number; point: number } | undefined, number] = [
      undefined,
      Infinity,
    ];
    for (const [line, profile] of this.#shownLines().entries()) {
      const point = nearestTo(profile.x, x);
      if (point < 0) continue;
      const away = Math.abs(this.#plot.placeOf(profile.y[point]!) - y);
      if (nearest === undefined || away < least || Number.isNaN(least)) {
        [nearest, least] = [{ line, point }, away];
      }
    }
    return nearest;
  }

  /** Picks the highest point that is near. */
  #pick(x: number, line = 0): void {
    const profile = this.#shownLines()[line];
    const { range } = this.#plot;
    if (profile === undefined || range === undefined) return;
    const reach = REACH * Math.abs(range.x[1] - range.x[0]);
    let best = nearestTo(profile.x, x);
    for (let i = 0; i < profile.x.length; i++) {
      if (Math.abs(profile.x[i]! - x) <= reach && profile.y[i]! > profile.y[best]!) best = i;
    }
    this.onPick(profile.x[best]!);
  }

  #step(right: number, down: number): void {
    const lines = this.#shownLines();
    if (lines.length === 0) return;
    const line = Math.min(Math.max((this.#cursor?.line ?? 0) + down, 0), lines.length - 1);
    const { x } = lines[line]!;
    const { range } = this.#plot;
    const middle = range === undefined ? 0 : nearestTo(x, (range.x[0] + range.x[1]) / 2);
    const point = (this.#cursor?.point ?? middle) + right;
    this.#moveTo({ line, point: Math.min(Math.max(point, 0), x.length - 1) });
  }

  #moveTo(at: { line: number; point: number } | undefined): void {
    this.#cursor = at;
    this.#mark();
    const x = at && this.#shownLines()[at.line]?.x[at.point];
    const twoTheta = x === undefined ? undefined : this.#curves!.axis.twoTheta(x);
    const isKnown = twoTheta !== undefined && !Number.isNaN(twoTheta);
    this.#link.tell(isKnown ? { twoTheta } : undefined);
  }

  #hear(cursor: Cursor | undefined): void {
    const x =
      cursor === undefined ? Number.NaN : (this.#curves?.axis.value(cursor.twoTheta) ?? NaN);
    const first = this.#shownLines()[0];
    const isInside = first !== undefined && x >= first.x[0]! && x <= first.x[first.x.length - 1]!;
    this.#cursor = isInside ? { line: 0, point: nearestTo(first.x, x) } : undefined;
    this.#mark();
  }

  #mark(): void {
    const at = this.#cursor;
    const lines = this.#shownLines();
    const profile = at && lines[at.line];
    if (at === undefined || profile === undefined || at.point >= profile.x.length) {
      this.#cursor = undefined;
      this.#plot.mark(undefined);
      this.#readout.textContent = "";
      return;
    }
    const x = profile.x[at.point]!;
    this.#plot.mark({ x, y: Number.NaN });
    const values = lines.flatMap(({ label, x: axis, y }) => {
      const point = nearestTo(axis, x);
      const isThere = point >= 0 && x >= axis[0]! && x <= axis[axis.length - 1]!;
      if (!isThere) return [];
      const value = y[point]!;
      const text = Number.isNaN(value) ? "no pixel" : numberText(Number(value.toPrecision(5)));
      return [lines.length === 1 ? `I ${text}` : `${label}: ${text}`];
    });
    this.#readout.textContent = [...this.#curves!.axis.texts(x), ...values].join("  ");
  }

  /** A triangle above each peak that is fitted. */
  #drawMarks(context: CanvasRenderingContext2D, place: LayerPlace): void {
    context.fillStyle = themeOf(this.element).ink;
    context.strokeStyle = themeOf(this.element).faint;
    context.setLineDash([2, 3]);
    for (const position of this.#curves?.tracked ?? []) {
      const x = place.x(position);
      if (!(x >= 0 && x <= place.width)) continue;
      context.beginPath();
      context.moveTo(x, 8);
      context.lineTo(x, place.height);
      context.stroke();
      context.beginPath();
      context.moveTo(x - 5, 0);
      context.lineTo(x + 5, 0);
      context.lineTo(x, 8);
      context.fill();
    }
    context.setLineDash([]);
  }

  /** Draws the peaks where they are now. */
  showTracked(tracked: readonly number[]): void {
    if (this.#curves === undefined) return;
    this.#curves = { ...this.#curves, tracked };
    this.#drawTracked();
  }

  /** The radial axis and the intensities of each line that is shown. */
  #columns(): Column[] {
    const title = this.#curves?.axis.title ?? "";
    return this.#shownLines().flatMap(({ label, x, y }) => [
      { name: `${title} of ${label}`, values: x },
      { name: label, values: y },
    ]);
  }
}
