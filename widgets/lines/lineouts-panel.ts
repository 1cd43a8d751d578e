import { type LineStyle, lineStyles } from "../../src/figure/line-colors.js";
import type { Mark } from "../../src/figure/marks.js";
import { SCALE_NAMES, type ScaleName } from "../../src/figure/scale.js";
import { tickText } from "../../src/figure/ticks.js";
import { nearestRow } from "../cake/cake-rows.js";
import { button, choice, numberField, toolbar } from "../controls/controls.js";
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
import type { PlotPoint } from "../plot/plot-range.js";
import { onThemeChange, themeOf } from "../plot/theme.js";
import type { Panel, ViewState } from "../view-state.js";
import { legend } from "./legend.js";
import { dashOf, legendPicture } from "./legend-picture.js";
import { LinePlot } from "./line-plot.js";
import { nearestTo } from "./outline.js";
import { binEdges, type Profile, profilesOf, sharesAxis } from "./profiles.js";

/** Traits that change what is drawn. */
const DRAWN_TRAITS = ["scale", "offset", "marks", "labels", "hidden"];
/** Lines whose values are all told below the cursor; of more, only the nearest one's. */
const FEW = 4;

interface CursorPoint {
  readonly line: number;
  readonly point: number;
}

/** Profiles over a radial axis, with cursor, legend and scales. */
export class LineoutsPanel implements Panel {
  readonly plot: LinePlot;
  readonly #host: HTMLElement;
  readonly #state: ViewState;
  readonly #readout: HTMLOutputElement = readout();
  readonly #scale = choice<ScaleName>(
    "scale",
    SCALE_NAMES.map((name) => [name, name]),
    (scale) => this.#state.set({ scale }),
  );
  readonly #offset = numberField("offset", (offset) => this.#state.set({ offset }));
  readonly #legend = legend((hidden) => this.#state.set({ hidden }));
  readonly #link: CursorLink;
  readonly #zoom: RangeLink;
  readonly #endTheme: () => void;
  #profiles: Profile[] = [];
  #axis: RadialAxis | undefined;
  #cursor: CursorPoint | undefined;

  constructor(host: HTMLElement, state: ViewState) {
    this.#host = host;
    this.#state = state;
    const place = plotPlace(state.get<number>("height"));
    this.plot = new LinePlot(place);
    const reset = button("reset", "Shows all of it again (key 0)", () => this.#reset());
    const saves = exportButtons(state, this, () => this.#columns(), ["csv", "dat"]);
    const bar = toolbar("Profiles", this.#scale.element, this.#offset.element, reset, saves);
    host.append(bar, this.#legend.element, place, this.#readout);
    this.#link = linkCursor(state.group, (cursor) => this.#hear(cursor));
    this.#zoom = linkRange(state.group, (unit, range) => this.#follow(unit, range));
    this.plot.onMove = (point) => this.#moveTo(point && this.#nearest(point));
    this.plot.onRange = ({ x }) => {
      if (this.#axis !== undefined) this.#zoom.tell(this.#axis.unit, x);
    };
    listenToKeys(place, "profiles", {
      move: (right, down) => this.#step(right, down),
      leave: () => this.#moveTo(undefined),
      zoom: (factor) => this.plot.zoom(factor, this.#cursor && this.#pointOf(this.#cursor)),
      reset: () => this.#reset(),
    });
    state.onArrays(() => state.attend(this.#load()));
    state.onChange(DRAWN_TRAITS, () => state.attend(this.#draw(true)));
    state.onChange(["radial_range"], () => this.#reset());
    // The legend is of another colour then; the plot itself looks.
    this.#endTheme = onThemeChange(host, () => state.attend(this.#draw(true)));
    state.attend(this.#load());
  }

  resize(): void {
    this.plot.resize();
  }

  async toCanvas(): Promise<HTMLCanvasElement> {
    const picture = await this.plot.toCanvas();
    const shown = this.#shown();
    if (shown.length < 2) return picture;
    const styles = this.#styles();
    const names = legendPicture(
      shown.map((i) => this.#profiles[i]!.label),
      shown.map((i) => styles[i]!),
      picture.width / 2,
      themeOf(this.#host),
    );
    return stacked([names, picture]);
  }

  destroy(): void {
    this.#endTheme();
    this.#link.end();
    this.#zoom.end();
    this.plot.destroy();
    this.#profiles = [];
  }

  async #load(): Promise<void> {
    const { arrays } = this.#state;
    if (arrays === undefined) return;
    const state = this.#state;
    const axis = radialAxis(state.get("unit"), state.get("wavelength"), state.get("distance"));
    const again = this.#axis?.unit === axis.unit;
    this.#axis = axis;
    this.#profiles = profilesOf(arrays, state.get<string[]>("labels"));
    await this.#draw(again);
    if (!again && state.get("radial_range") !== null) this.#reset();
  }

  async #draw(keep: boolean): Promise<void> {
    const { arrays } = this.#state;
    if (arrays === undefined || this.#axis === undefined) return;
    const offset = this.#state.get<number>("offset");
    const scale = this.#state.get<ScaleName>("scale");
    this.#profiles = profilesOf(arrays, this.#state.get<string[]>("labels"));
    const styles = this.#styles();
    this.#scale.show(scale);
    this.#offset.show(offset);
    const labels = this.#profiles.map(({ label }) => label);
    this.#legend.show(labels, styles, new Set(this.#state.get<number[]>("hidden")));
    const lines = this.#shown().map((i) => {
      const { color, dash } = styles[i]!;
      const { x, y } = this.#profiles[i]!;
      return { x, y, color, dash: dashOf(dash), lift: i * offset };
    });
    await this.plot.show(
      {
        lines,
        xTitle: this.#axis.title,
        yTitle: offset === 0 ? "intensity" : `intensity, each + ${tickText(offset)}`,
        scale,
        xRange: binEdges(this.#profiles),
        marks: this.#state.get<Mark[]>("marks"),
      },
      keep,
    );
    this.#mark();
  }

  #styles(): LineStyle[] {
    return lineStyles(this.#profiles.length, themeOf(this.#host).dark);
  }

  /** The lines that are not hidden. */
  #shown(): number[] {
    const hidden = new Set(this.#state.get<number[]>("hidden"));
    return [...this.#profiles.keys()].filter((i) => !hidden.has(i));
  }

  #reset(): void {
    this.plot.range = undefined;
    const x = this.#state.get<[number, number] | null>("radial_range");
    if (x !== null) this.plot.showX(x);
  }

  #follow(unit: string, x: readonly [number, number]): void {
    if (unit !== this.#axis?.unit) return;
    const [first, last] = binEdges(this.#profiles);
    if (x[1] > first && x[0] < last) this.plot.showX(x);
  }

  #valueOf({ line, point }: CursorPoint): number {
    return this.#profiles[line]!.y[point]!;
  }

  /** Where a point of a line is drawn. */
  #pointOf(at: CursorPoint): PlotPoint {
    const lifted = this.#valueOf(at) + at.line * this.#state.get<number>("offset");
    return { x: this.#profiles[at.line]!.x[at.point]!, y: this.plot.placeOf(lifted) };
  }

  /** The point of the line that is nearest above or below. */
  #nearest({ x, y }: PlotPoint): CursorPoint | undefined {
    let [nearest, least]: [CursorPoint | undefined, number] = [undefined, Infinity];
    for (const line of this.#shown()) {
      const point = nearestTo(this.#profiles[line]!.x, x);
      if (point < 0) continue;
      const away = Math.abs(this.#pointOf({ line, point }).y - y);
      // NaN: a gap of the line is taken where there is nothing else.
      if (nearest === undefined || away < least || Number.isNaN(least)) {
        [nearest, least] = [{ line, point }, away];
      }
    }
    return nearest;
  }

  #step(right: number, down: number): void {
    const shown = this.#shown();
    if (shown.length === 0) return;
    const { range } = this.plot;
    const start = this.#cursor?.line ?? shown[0]!;
    // In a waterfall the next line is the one above.
    const onward = this.#state.get<number>("offset") > 0 ? -down : down;
    const at = shown.indexOf(start) + onward;
    const line = shown[Math.min(Math.max(at, 0), shown.length - 1)]!;
    const { x } = this.#profiles[line]!;
    const middle = range === undefined ? 0 : nearestTo(x, (range.x[0] + range.x[1]) / 2);
    const point = (this.#cursor?.point ?? middle) + right;
    this.#moveTo({ line, point: Math.min(Math.max(point, 0), x.length - 1) });
  }

  #moveTo(at: CursorPoint | undefined): void {
    this.#cursor = at;
    this.#mark();
    const twoTheta = at && this.#axis!.twoTheta(this.#profiles[at.line]!.x[at.point]!);
    if (at === undefined || twoTheta === undefined || Number.isNaN(twoTheta)) {
      this.#link.tell(undefined);
      return;
    }
    const direction = this.#state.get<number[] | null>("directions")?.[at.line];
    this.#link.tell(direction === undefined ? { twoTheta } : { twoTheta, direction });
  }

  /** Another view's cursor: the same angle, on the line of its direction where lines have one. */
  #hear(cursor: Cursor | undefined): void {
    const shown = this.#shown();
    const x = cursor === undefined ? Number.NaN : (this.#axis?.value(cursor.twoTheta) ?? NaN);
    const [first, last] = binEdges(this.#profiles);
    if (shown.length === 0 || !(x >= first && x <= last)) {
      this.#cursor = undefined;
    } else {
      const directions = this.#state.get<number[] | null>("directions");
      const { direction } = cursor!;
      const towards =
        directions === null || direction === undefined
          ? undefined
          : nearestRow(directions, direction);
      const wanted = towards ?? this.#cursor?.line ?? shown[0]!;
      const line = shown.includes(wanted) ? wanted : shown[0]!;
      this.#cursor = { line, point: nearestTo(this.#profiles[line]!.x, x) };
    }
    this.#mark();
  }

  #mark(): void {
    const at = this.#cursor;
    const profile = at && this.#profiles[at.line];
    if (at === undefined || profile === undefined || at.point >= profile.x.length) {
      this.#cursor = undefined;
      this.plot.mark(undefined);
      this.#readout.textContent = "";
      return;
    }
    const { x, y } = this.#pointOf(at);
    const { range } = this.plot;
    // The vertical line stays when the value itself is out of sight.
    const seen = range !== undefined && y >= range.y[0] && y <= range.y[1];
    this.plot.mark({ x, y: seen ? y : Number.NaN });
    const others = this.#shown().filter((line) => line !== at.line);
    const told = [at.line, ...(others.length < FEW ? others : [])];
    const values = told.map((line) => {
      const { label, x: axis, y: intensities } = this.#profiles[line]!;
      const value = intensities[line === at.line ? at.point : nearestTo(axis, x)]!;
      const text = Number.isNaN(value) ? "no pixel" : `I ${numberText(value)}`;
      return this.#profiles.length === 1 ? text : `${label}: ${text}`;
    });
    this.#readout.textContent = [...this.#axis!.texts(x), ...values].join("  ");
  }

  /** The radial axis and a column for each line that is shown; where axes differ, one each. */
  #columns(): Column[] {
    const title = this.#axis?.title ?? "";
    const shown = this.#shown().map((i) => this.#profiles[i]!);
    if (shown.length > 0 && sharesAxis(shown)) {
      const lines = shown.map(({ label, y }) => ({ name: label, values: y }));
      return [{ name: title, values: shown[0]!.x }, ...lines];
    }
    return shown.flatMap(({ label, x, y }) => [
      { name: `${title} of ${label}`, values: x },
      { name: label, values: y },
    ]);
  }
}
