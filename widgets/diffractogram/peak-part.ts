import {
  type SectorRange,
  TRACK_VALUES,
  type TrackedPeak,
} from "../../src/diffractogram-messages.js";
import type { LineStyle } from "../../src/figure/line-colors.js";
import { twoThetaOf } from "../../src/geometry/two-theta-of.js";
import { radialFormula, radialUnit } from "../../src/geometry/units.js";
import type { GrowingRows } from "../../src/growing-rows.js";
import { button, choice, numberField, toolbar } from "../controls/controls.js";
import { listenToKeys } from "../controls/cursor-keys.js";
import { plotPlace } from "../controls/place.js";
import { LinePlot } from "../lines/line-plot.js";
import type { LayerPlace } from "../plot/layer.js";
import { onThemeChange, themeOf } from "../plot/theme.js";
import type { ViewState } from "../view-state.js";
import { drawEllipse } from "./draw-ellipse.js";
import {
  EVOLVING,
  type Evolving,
  ellipseThrough,
  type Series,
  type StrainScale,
  secondsOf,
  seriesOf,
} from "./evolution.js";
import { fitTable } from "./fit-table.js";
import { plainNumber } from "./plain-number.js";
import { rangeStyles } from "./range-colors.js";
import { withError } from "./with-error.js";

/** Of the evolution's plot, in parts of the view's height. */
const HEIGHT = 0.5;
const ELLIPSE_SIZE = 190;
/** Pixels between points that are drawn with their errors. */
const APART = 7;
const WORDS: Readonly<Record<Evolving, string>> = {
  position: "position",
  fwhm: "FWHM",
  area: "area",
  strain: "strain",
};

/** What the peaks are plotted with. */
export interface PeakScene {
  readonly track: GrowingRows<Float64Array>;
  readonly unit: string;
  readonly wavelength: number | undefined;
  readonly dist: number;
  /** Of each range, degrees clockwise from North; undefined where it goes all around. */
  readonly directions: readonly (number | undefined)[];
}

/** The peaks that are fitted in each frame: how they change, and the strain that this is. */
export class PeakPart {
  /** What changes over time. */
  readonly element: HTMLElement = document.createElement("div");
  /** The newest values, and the ellipse. */
  readonly values: HTMLElement = document.createElement("div");
  readonly #state: ViewState;
  readonly #plot: LinePlot;
  readonly #hint: HTMLElement = document.createElement("p");
  readonly #peak: HTMLSelectElement = document.createElement("select");
  readonly #what = choice<Evolving>(
    "over time",
    EVOLVING.map((name) => [name, WORDS[name]]),
    () => this.#draw(false),
  );
  readonly #d0 = numberField("d₀ / Å", (d0) => this.#change({ d0: d0 > 0 ? d0 : null }));
  readonly #table = fitTable();
  readonly #ellipse: HTMLCanvasElement = document.createElement("canvas");
  readonly #fits: HTMLElement = document.createElement("div");
  readonly #words: HTMLElement = document.createElement("div");
  readonly #endTheme: () => void;
  #scene: PeakScene | undefined;
  #series: readonly Series[] = [];
  #seconds: Float64Array = new Float64Array(0);
  #selected = 0;

  constructor(state: ViewState) {
    this.#state = state;
    this.values.className = "cakelab-diffractogram-peaks";
    this.#hint.textContent =
      "Click a peak of a diffractogram: it is fitted from the next frame on, in every range.";
    const peak = document.createElement("label");
    peak.append("peak", this.#peak);
    this.#peak.setAttribute("aria-label", "peak");
    this.#peak.addEventListener("change", () => {
      this.#selected = Number(this.#peak.value);
      this.#draw(false);
    });
    const place = plotPlace(Math.round(HEIGHT * state.get<number>("height")));
    this.#plot = new LinePlot(place);
    this.#plot.addLayer((context, at) => this.#drawErrors(context, at));
    listenToKeys(place, "evolution", {
      move: () => undefined,
      leave: () => undefined,
      zoom: (factor) => this.#plot.zoom(factor),
      reset: () => {
        this.#plot.range = undefined;
      },
    });
    const bar = toolbar(
      "Peaks",
      peak,
      this.#what.element,
      this.#d0.element,
      button("d₀ = now", "Takes the mean spacing of now as the one without strain", () =>
        this.#takeReference(),
      ),
      button("remove", "Fits this peak no more", () => this.#remove()),
    );
    this.#ellipse.setAttribute("aria-hidden", "true");
    this.#words.className = "cakelab-diffractogram-strain";
    const strain = document.createElement("div");
    strain.className = "cakelab-diffractogram-ellipse";
    strain.append(this.#ellipse, this.#words);
    this.#fits.className = "cakelab-diffractogram-fits";
    this.#fits.append(this.#table.element, strain);
    this.element.append(bar, place);
    this.values.append(this.#hint, this.#fits);
    this.#endTheme = onThemeChange(place, () => this.#draw(true));
    state.onChange(["tracked"], () => this.#draw(false));
    this.#showParts();
  }

  /** Shows what a track has now. */
  show(scene: PeakScene): void {
    const before = this.#scene?.track.columns;
    this.#scene = scene;
    this.#draw(before === scene.track.columns);
  }

  resize(): void {
    this.#plot.resize();
  }

  /** The evolution as a picture, where there is one. */
  async toCanvases(): Promise<HTMLCanvasElement[]> {
    return this.#tracked.length === 0 ? [] : [await this.#plot.toCanvas()];
  }

  destroy(): void {
    this.#endTheme();
    this.#plot.destroy();
    this.#scene = undefined;
  }

  get #tracked(): TrackedPeak[] {
    return this.#state.get<TrackedPeak[]>("tracked");
  }

  get #ranges(): number {
    return this.#state.get<SectorRange[]>("ranges").length;
  }

  #styles(count: number): LineStyle[] {
    const { dark } = themeOf(this.element);
    return rangeStyles(count, dark, this.#state.get<string[]>("colors"));
  }

  #change(changes: Partial<TrackedPeak>): void {
    const tracked = this.#tracked;
    const peak = tracked[this.#selected];
    if (peak === undefined) return;
    this.#state.set({ tracked: tracked.with(this.#selected, { ...peak, ...changes }) });
  }

  #remove(): void {
    const tracked = this.#tracked.toSpliced(this.#selected, 1);
    this.#selected = Math.max(0, Math.min(this.#selected, tracked.length - 1));
    this.#state.set({ tracked });
  }

  #takeReference(): void {
    const { unit = "2th_deg", wavelength, dist = 0 } = this.#scene ?? {};
    const positions = this.#latest("position").flatMap(({ value }) =>
      Number.isFinite(value) ? [value] : [],
    );
    if (positions.length === 0 || wavelength === undefined || unit === "r_pixel") return;
    const mean = positions.reduce((sum, value) => sum + value, 0) / positions.length;
    const angle = twoThetaOf(radialFormula(radialUnit(unit), wavelength), mean, dist);
    const d0 = (1e10 * wavelength) / (2 * Math.sin(angle / 2));
    if (Number.isFinite(d0)) this.#change({ d0 });
  }

  #showParts(): void {
    const isEmpty = this.#tracked.length === 0;
    this.#hint.hidden = !isEmpty;
    this.#fits.hidden = isEmpty;
    const isNew = this.element.hidden && !isEmpty;
    this.element.hidden = isEmpty;
    if (isNew) this.#plot.resize();
  }

  #draw(keep: boolean): void {
    this.#showParts();
    const tracked = this.#tracked;
    const scene = this.#scene;
    if (tracked.length === 0 || scene === undefined) return;
    this.#selected = Math.min(this.#selected, tracked.length - 1);
    this.#showPeaks(tracked);
    const count = this.#ranges;
    // Rows of fewer or more peaks are of before the last change, and will be replaced.
    if (scene.track.columns !== 1 + TRACK_VALUES.length * count * tracked.length) return;
    const what = this.#what.value();
    const styles = this.#styles(count);
    this.#seconds = secondsOf(scene.track);
    this.#series = Array.from({ length: count }, (_, range) => this.#seriesOf(range, what));
    const factor = what === "strain" ? 1e6 : 1;
    const last = this.#seconds.at(-1) ?? 0;
    void this.#plot.show(
      {
        lines: this.#series.map(({ values }, i) => ({
          x: this.#seconds,
          y: factor === 1 ? values : values.map((value) => factor * value),
          color: styles[i]!.color,
        })),
        xTitle: "time / s",
        yTitle: this.#axisTitle(what, scene.unit),
        scale: "linear",
        xRange: [0, last > 0 ? last : 1],
        alsoSeen: errorLimits(this.#series, factor),
        wide: true,
      },
      keep && !this.#seesAll,
    );
    this.#showValues(styles.map(({ color }) => color));
  }

  /** While all of it was seen, what comes is seen too. */
  get #seesAll(): boolean {
    const { range } = this.#plot;
    return range === undefined || range.x[0] <= 0;
  }

  #showPeaks(tracked: readonly TrackedPeak[]): void {
    const names = tracked.map(({ position }) => plainNumber(position, 5));
    const options = [...this.#peak.options].map(({ text }) => text);
    if (names.join() !== options.join()) {
      this.#peak.replaceChildren(...names.map((name, i) => new Option(name, String(i))));
    }
    this.#peak.value = String(this.#selected);
    const { d0 } = tracked[this.#selected]!;
    if (d0 !== null) this.#d0.show(d0);
    else {
      const input = this.#d0.element.querySelector("input")!;
      if (document.activeElement !== input) input.value = "";
    }
  }

  get #scale(): StrainScale {
    const { unit, wavelength, dist } = this.#scene!;
    return { unit, wavelength, dist, d0: this.#tracked[this.#selected]?.d0 ?? null };
  }

  #seriesOf(range: number, what: Evolving): Series {
    const place = { peak: this.#selected, range, ranges: this.#ranges };
    return seriesOf(this.#scene!.track, place, what, this.#scale);
  }

  /** The newest value of each range. */
  #latest(what: Evolving): { value: number; sigma: number }[] {
    return Array.from({ length: this.#ranges }, (_, range) => {
      const { values, sigma } = this.#seriesOf(range, what);
      return { value: values.at(-1) ?? Number.NaN, sigma: sigma.at(-1) ?? Number.NaN };
    });
  }

  #axisTitle(what: Evolving, unit: string): string {
    if (what === "strain") return "strain / 10⁻⁶";
    if (what === "area") return "area";
    if (unit === "r_pixel") return `${WORDS[what]} / pixel`;
    const { symbol, text } = radialUnit(unit);
    return `${what === "position" ? symbol : WORDS[what]} / ${text}`;
  }

  #showValues(colors: readonly string[]): void {
    const positions = this.#latest("position");
    const widths = this.#latest("fwhm");
    const areas = this.#latest("area");
    const strains = this.#latest("strain");
    this.#table.show(
      positions.map(({ value, sigma }, i) => ({
        color: colors[i]!,
        cells: [
          withError(value, sigma),
          withError(widths[i]!.value, widths[i]!.sigma),
          withError(areas[i]!.value, areas[i]!.sigma),
          withError(1e6 * strains[i]!.value, 1e6 * strains[i]!.sigma),
        ],
      })),
      this.#scene!.unit,
    );
    const { directions } = this.#scene!;
    const ellipse = ellipseThrough(
      directions,
      strains.map(({ value }) => value),
      strains.map(({ sigma }) => sigma),
    );
    const directed = strains.flatMap(({ value, sigma }, i) => {
      const direction = directions[i];
      return direction === undefined || !Number.isFinite(value)
        ? []
        : [{ direction, strain: value, sigma, color: colors[i]! }];
    });
    const isThere = directed.length > 0;
    this.#ellipse.parentElement!.hidden = !isThere;
    if (!isThere) return;
    drawEllipse(this.#ellipse, ELLIPSE_SIZE, directed, ellipse, themeOf(this.element));
    this.#words.replaceChildren(
      ...(ellipse === undefined
        ? ["An ellipse needs three directions."]
        : [
            `largest ${strainText(ellipse.largest, ellipse.sigma.largest)}`,
            `smallest ${strainText(ellipse.smallest, ellipse.sigma.smallest)}`,
            `direction of the largest ${withError(ellipse.direction, ellipse.sigma.direction)}° from North`,
          ]
      ).map((text) => {
        const line = document.createElement("div");
        line.textContent = text;
        return line;
      }),
    );
  }

  /** A dot and a bar of ± σ at each point that is not too near to the one before. */
  #drawErrors(context: CanvasRenderingContext2D, place: LayerPlace): void {
    const styles = this.#styles(this.#series.length);
    const factor = this.#what.value() === "strain" ? 1e6 : 1;
    context.lineWidth = 1;
    for (const [range, { values, sigma }] of this.#series.entries()) {
      context.strokeStyle = styles[range]!.color;
      context.globalAlpha = 0.75;
      context.beginPath();
      context.fillStyle = styles[range]!.color;
      let former = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < values.length; i++) {
        const x = place.x(this.#seconds[i]!);
        if (!Number.isFinite(sigma[i]!) || x - former < APART) continue;
        former = x;
        const y = place.y(factor * values[i]!);
        context.fillRect(x - 1.5, y - 1.5, 3, 3);
        context.moveTo(x, place.y(factor * (values[i]! - sigma[i]!)));
        context.lineTo(x, place.y(factor * (values[i]! + sigma[i]!)));
      }
      context.stroke();
    }
    context.globalAlpha = 1;
  }
}

/** A strain with its error, in millionths. */
function strainText(strain: number, sigma: number): string {
  return `${withError(1e6 * strain, 1e6 * sigma)} · 10⁻⁶`;
}

/** From the lowest to the highest end of an error. */
function errorLimits(series: readonly Series[], factor: number): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { values, sigma } of series) {
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(values[i]! + sigma[i]!)) continue;
      low = Math.min(low, factor * (values[i]! - sigma[i]!));
      high = Math.max(high, factor * (values[i]! + sigma[i]!));
    }
  }
  return [low, high];
}
