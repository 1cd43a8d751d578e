import type { Image } from "../../src/array.js";
import type {
  CalibrationMessageToKernel,
  CalibrationMessageToPage,
  CalibrationSummary,
} from "../../src/calibration-messages.js";
import { parsePoni } from "../../src/geometry/poni.js";
import { COLOR_TRAITS, type ColorControls, colorControls } from "../controls/color-controls.js";
import { toolbar } from "../controls/controls.js";
import { listenToKeys } from "../controls/cursor-keys.js";
import { plotPlace } from "../controls/place.js";
import { readout } from "../controls/readout.js";
import { listenToUndo } from "../controls/undo-keys.js";
import { numberText } from "../cursor/value-text.js";
import { stacked } from "../export/stacked.js";
import type { DetectorFrame } from "../parameters/geometry-parameters.js";
import { type ParameterRows, parameterRows } from "../parameters/parameter-rows.js";
import { ringsOf, type Spacing } from "../parameters/rings.js";
import { rasterOf, type Union } from "../raster/raster.js";
import { RasterPlot } from "../raster/raster-plot.js";
import type { Panel, ViewState } from "../view-state.js";
import { CakePane } from "./cake-pane.js";
import { type CalibrationControls, calibrationControls } from "./calibration-controls.js";
import { calibrationParameters } from "./calibration-parameters.js";
import { CalibrationSession } from "./calibration-session.js";
import { type CalibrationState, isRefined } from "./calibration-state.js";
import { addCalibrationStyle } from "./calibration-style.js";
import { drawRings } from "./draw-rings.js";
import { ResidualPane } from "./residual-pane.js";
import { resultTable } from "./result-table.js";
import { type RingCurves, ringCurves } from "./ring-curves.js";

/** How long a geometry rests before the image is caked in it, in milliseconds. */
const REST = 250;
/** Rings that are drawn at most: eyes tell no more apart. */
const MOST_RINGS = 60;
/** Traits that the toolbars and the result show. */
const SHOWN = ["progress", "failure", "summary", "ring", "calibrant", "max_rings", "lattice"];

/** A calibration: image with rings, its cake, what is left, sliders, points and results. */
export class CalibrationPanel implements Panel {
  readonly #view: ViewState;
  readonly #root: HTMLElement = document.createElement("div");
  readonly #session: CalibrationSession;
  readonly #image: RasterPlot;
  readonly #cake: CakePane;
  readonly #residual: ResidualPane;
  readonly #colors: ColorControls;
  readonly #controls: CalibrationControls;
  readonly #rows: ParameterRows<CalibrationState, DetectorFrame>;
  readonly #readout: HTMLOutputElement = readout();
  readonly #told: HTMLOutputElement = readout();
  readonly #failure: HTMLElement = document.createElement("p");
  readonly #result: HTMLElement = document.createElement("div");
  readonly #facts: HTMLElement = document.createElement("span");
  readonly #drawRings: () => void;
  #curves: RingCurves | undefined;
  #around: DetectorFrame;
  #data: Image | undefined;
  #cursor: readonly [row: number, column: number] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame: number | undefined;
  #caked = "";
  #shownResult: readonly [CalibrationSummary, boolean] | undefined;

  constructor(host: HTMLElement, view: ViewState) {
    addCalibrationStyle(document);
    this.#view = view;
    this.#root.dataset.frame = "0";
    this.#around = { pixel1: 1, pixel2: 1, shape: [1, 1] };
    this.#session = new CalibrationSession(view, () => this.#changed());
    this.#colors = colorControls(view);
    const ask = (message: CalibrationMessageToKernel): void => view.send(message);
    this.#controls = calibrationControls(view, this.#session, ask, () => this.#soon());
    this.#rows = parameterRows(
      calibrationParameters(view.get("polarization_factor") !== null),
      () => ({ state: this.#session.state, around: this.#around }),
      (state, done) => this.#session.change(state, done),
    );
    const height = view.get<number>("height");
    const place = plotPlace(height);
    const cakePlace = plotPlace(Math.max(120, height * 0.55));
    const residualPlace = plotPlace(Math.max(120, height * 0.45));
    this.#image = new RasterPlot(place);
    this.#drawRings = this.#image.addLayer((context, at) => drawRings(context, at, this.#over()));
    this.#cake = new CakePane(cakePlace, () => ({
      geometry: this.#session.state.geometry,
      rings: this.#rings(),
      current: this.#current,
    }));
    this.#residual = new ResidualPane(residualPlace);
    this.#facts.className = "cakelab-calibration-facts";
    this.#failure.className = "cakelab-calibration-failure";
    this.#failure.setAttribute("role", "alert");
    this.#result.className = "cakelab-calibration-result";
    this.#root.append(
      this.#controls.run,
      this.#facts,
      this.#failure,
      toolbar("Image", ...this.#colors.elements, this.#controls.overlay),
      row(
        "cakelab-calibration-plots",
        column(place, this.#readout),
        column(caption("Image, caked"), cakePlace, caption("What is left"), residualPlace),
      ),
      this.#controls.points,
      this.#told,
      row("cakelab-calibration-below", this.#rows.element, this.#result),
      this.#controls.files,
    );
    host.append(this.#root);
    this.#listen(place);
    this.#load();
  }

  resize(): void {
    for (const plot of this.#plots) plot.resize();
  }

  async toCanvas(): Promise<HTMLCanvasElement> {
    return stacked([await this.#image.toCanvas(), await this.#cake.plot.toCanvas()]);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    for (const plot of this.#plots) plot.destroy();
    this.#data = undefined;
  }

  get #plots(): readonly RasterPlot[] {
    return [this.#image, this.#cake.plot, this.#residual.plot];
  }

  /** The ring that the next click is for. */
  get #current(): number | undefined {
    return this.#controls.picking.picks ? this.#view.get<number>("ring") : undefined;
  }

  #listen(place: HTMLElement): void {
    const view = this.#view;
    this.#image.onMove = (point) =>
      this.#moveTo(point && [Math.round(point.y), Math.round(point.x)]);
    this.#image.onClick = (point) => this.#pick(point.y, point.x);
    listenToKeys(place, "image with rings, Enter picks one", {
      move: (right, down) => this.#moveBy(down, right),
      leave: () => this.#moveTo(undefined),
      pick: () => this.#cursor !== undefined && this.#pick(...this.#cursor),
      zoom: (factor) => this.#image.zoom(factor),
      reset: () => {
        this.#image.range = undefined;
      },
    });
    listenToUndo(this.#root, () => this.#session);
    view.onArrays(() => this.#load());
    view.onChange(["poni"], () => this.#load());
    view.onChange(COLOR_TRAITS, () => view.attend(this.#recolor()));
    view.onChange(SHOWN, () => this.#show());
    view.onChange(["spacings"], () => this.#changed());
    view.onMessage((message, buffers) => this.#hear(message as CalibrationMessageToPage, buffers));
  }

  #load(): void {
    const { image, mask } = this.#view.arrays ?? {};
    if (image === undefined) return;
    const shape = image.shape as [number, number];
    this.#data = { data: image.data, shape };
    const { detector } = parsePoni(this.#view.get("poni"), "the calibration's detector");
    this.#around = { pixel1: detector.pixel1, pixel2: detector.pixel2, shape };
    this.#curves = ringCurves(detector, shape);
    const raster = rasterOf(this.#data, mask?.data);
    const scene = {
      raster,
      x: { title: "column / pixel", first: -0.5, last: shape[1] - 0.5 },
      y: { title: "row / pixel", first: -0.5, last: shape[0] - 0.5 },
      square: true,
      colorTitle: "intensity / counts",
      union: this.#view.get<Union>("reduce"),
    };
    this.#view.attend(this.#image.show(scene, this.#colors.coloring(raster)));
    this.#show();
    this.#caked = "";
    this.#changed();
  }

  async #recolor(): Promise<void> {
    const { raster } = this.#image;
    if (raster !== undefined) await this.#image.recolor(this.#colors.coloring(raster));
  }

  /** The state is another one: draws it with the next frame, and cakes the image when it rests. */
  #changed(): void {
    this.#soon();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#askForCake(), REST);
  }

  #askForCake(): void {
    const { geometry } = this.#session.state;
    const key = JSON.stringify([geometry, this.#view.get("poni")]);
    if (this.#data === undefined || key === this.#caked) return;
    if (this.#view.get<string>("progress") !== "") {
      this.#changed();
      return;
    }
    this.#caked = key;
    this.#view.send({ do: "overview" } satisfies CalibrationMessageToKernel);
  }

  #soon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    if (this.#data === undefined) return;
    this.#drawRings();
    this.#cake.drawRings();
    this.#rows.show(this.#session.state, this.#around);
    this.#controls.show();
    this.#showResult();
    this.#root.dataset.frame = String(Number(this.#root.dataset.frame) + 1);
  }

  /** Rings of the wavelength that is shown, by their numbers. */
  #rings(): { ring: number; label: string; twoTheta: number }[] {
    const spacings = this.#view.get<Spacing[]>("spacings");
    const most = Math.min(this.#view.get<number | null>("max_rings") ?? MOST_RINGS, MOST_RINGS);
    return ringsOf(spacings, this.#session.state.wavelength)
      .slice(0, most)
      .map((twoTheta, ring) => ({ ring, twoTheta, label: spacings[ring]!.label }));
  }

  #over() {
    const { geometry, points } = this.#session.state;
    const curves = this.#curves;
    const rings =
      curves === undefined || !this.#controls.shown.rings
        ? []
        : this.#rings().map((ring) => ({ ...ring, curve: curves.ring(geometry, ring.twoTheta) }));
    return { rings, points, current: this.#current };
  }

  #show(): void {
    const view = this.#view;
    const progress = view.get<string>("progress");
    const failure = view.get<{ text: string } | null>("failure");
    this.#failure.hidden = failure === null;
    this.#failure.textContent = failure?.text ?? "";
    if (progress !== "") this.#tell(`${progress} …`, false);
    else if (this.#told.textContent?.endsWith("…")) {
      this.#tell(failure === null ? "done" : "refused", failure !== null);
    }
    const { pixel1, pixel2, shape } = this.#around;
    const size = [pixel2, pixel1].map((value) => Number((value * 1e6).toPrecision(6))).join(" × ");
    this.#facts.textContent = `${view.get("lattice")}. ${shape[1]} × ${shape[0]} pixels of ${size} µm.`;
    this.#soon();
  }

  #showResult(): void {
    const summary = this.#view.get<CalibrationSummary | null>("summary");
    if (summary === null) return;
    const isShown = isRefined(this.#session.state, summary);
    if (this.#shownResult?.[0] === summary && this.#shownResult[1] === isShown) return;
    const isOpen = this.#result.querySelector("details")?.open ?? false;
    this.#result.replaceChildren(...resultTable(summary, isShown));
    this.#result.querySelector("details")!.open = isOpen;
    this.#shownResult = [summary, isShown];
  }

  #hear(message: CalibrationMessageToPage, buffers: readonly DataView[]): void {
    if (message.do === "told") this.#tell(message.text, message.failed);
    if (message.do !== "cake" && message.do !== "residual") return;
    const { buffer, byteOffset, byteLength } = buffers[0]!;
    const numbers = new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
    const isCake = message.do === "cake";
    this.#view.attend(
      isCake ? this.#cake.show(message, numbers) : this.#residual.show(message, numbers),
    );
  }

  #tell(text: string, failed: boolean): void {
    this.#told.textContent = text;
    this.#told.classList.toggle("cakelab-failed", failed);
  }

  #pick(row: number, column: number): void {
    const { picks, next } = this.#controls.picking;
    if (!picks || this.#data === undefined) return;
    this.#view.send({ do: "pick", row, column, next } satisfies CalibrationMessageToKernel);
  }

  #moveBy(down: number, right: number): void {
    if (this.#data === undefined) return;
    const [rows, columns] = this.#data.shape;
    const [row, column] = this.#cursor ?? [rows >> 1, columns >> 1];
    const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most - 1);
    this.#moveTo([within(row + down, rows), within(column + right, columns)]);
  }

  #moveTo(pixel: readonly [row: number, column: number] | undefined): void {
    const [rows, columns] = this.#data?.shape ?? [0, 0];
    const isInside =
      pixel !== undefined &&
      pixel[0] >= 0 &&
      pixel[1] >= 0 &&
      pixel[0] < rows &&
      pixel[1] < columns;
    this.#cursor = isInside ? pixel : undefined;
    this.#image.mark(isInside ? { x: pixel[1], y: pixel[0] } : undefined);
    this.#readout.textContent = isInside ? this.#texts(pixel).join("  ") : "";
  }

  /** A pixel and what is there, in words. */
  #texts([row, column]: readonly [row: number, column: number]): string[] {
    const { data, shape } = this.#data!;
    const { geometry, wavelength } = this.#session.state;
    const twoTheta = this.#curves?.twoTheta(geometry, row, column) ?? Number.NaN;
    return [
      `row ${row}`,
      `column ${column}`,
      `I ${numberText(data[row * shape[1] + column]!)}`,
      `2θ ${((twoTheta * 180) / Math.PI).toFixed(4)}°`,
      `d ${numberText((wavelength * 1e10) / (2 * Math.sin(twoTheta / 2)))} Å`,
    ];
  }
}

function row(className: string, ...content: readonly HTMLElement[]): HTMLElement {
  const made = column(...content);
  made.className = className;
  return made;
}

function column(...content: readonly HTMLElement[]): HTMLElement {
  const made = document.createElement("div");
  made.append(...content);
  return made;
}

function caption(text: string): HTMLElement {
  const made = document.createElement("div");
  made.className = "cakelab-calibration-caption";
  made.textContent = text;
  return made;
}
