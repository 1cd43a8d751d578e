import type {
  DiffractogramMessageToKernel,
  SectorRange,
  TrackedPeak,
} from "../../src/diffractogram-messages.js";
import { type Directions, imageDirections } from "../../src/geometry/directions.js";
import { type Poni, parsePoni } from "../../src/geometry/poni.js";
import { COLOR_TRAITS, type ColorControls, colorControls } from "../controls/color-controls.js";
import { button, toolbar } from "../controls/controls.js";
import { listenToUndo } from "../controls/undo-keys.js";
import type { RadialAxis } from "../cursor/radial-axis.js";
import { exportButtons } from "../export/export-buttons.js";
import { stacked } from "../export/stacked.js";
import { type ImageGeometry, imageGeometryOf } from "../image/image-geometry.js";
import { profilesOf } from "../lines/profiles.js";
import type { Panel, ViewState } from "../view-state.js";
import { CurvesPart } from "./curves-part.js";
import { diffractogramAxis, onAxis } from "./diffractogram-axis.js";
import { addDiffractogramStyle } from "./diffractogram-style.js";
import { newestPosition } from "./evolution.js";
import { withoutEmptyEnds } from "./finite-span.js";
import { FrameFeed, type LiveFrame } from "./frame-feed.js";
import { HeatPart } from "./heat-part.js";
import { ImagePart } from "./image-part.js";
import { peakList } from "./peak-list.js";
import { PeakPart } from "./peak-part.js";
import { sectorColors } from "./range-colors.js";
import { runBar } from "./run-bar.js";
import { type SettingsPart, settingsPart } from "./settings-part.js";
import { statusLine } from "./status-line.js";

/** After so many milliseconds without a frame, the image is wanted with all its pixels. */
const REST = 700;

/** While frames come, however slowly, an image has no more rows: the next one is not to wait for it. */
const MOST_ROWS = 2048;

/** A live image with its diffractograms, their buffers in time, and the peaks that are followed. */
export class DiffractogramPanel implements Panel {
  readonly #state: ViewState;
  readonly #root: HTMLElement = document.createElement("div");
  readonly #feed: FrameFeed;
  readonly #colors: ColorControls;
  readonly #image: ImagePart;
  readonly #heat: HeatPart;
  readonly #curves: CurvesPart;
  readonly #peaks: PeakPart;
  readonly #settings: SettingsPart;
  readonly #found = peakList();
  readonly #status = statusLine();
  #rest: ReturnType<typeof setTimeout> | undefined;
  #isAtRest = false;
  #poni: { readonly text: string | null; readonly poni: Poni | undefined } | undefined;

  constructor(host: HTMLElement, state: ViewState) {
    addDiffractogramStyle(document);
    this.#state = state;
    const ask = (message: DiffractogramMessageToKernel): void => state.send(message);
    this.#colors = colorControls(state);
    this.#image = new ImagePart(state, this.#colors);
    this.#heat = new HeatPart(state, this.#colors);
    this.#curves = new CurvesPart(state, [
      button("Freeze", "Keeps the diffractograms of now as dashed lines", () =>
        ask({ do: "freeze" }),
      ),
      button("Clear", "Removes the frozen ones", () => ask({ do: "clear" })),
    ]);
    this.#peaks = new PeakPart(state);
    this.#settings = settingsPart(state, ask);
    this.#feed = new FrameFeed(state, () => ({
      rows: this.#buffer === null ? this.#rows : 0,
      buffer: this.#buffer,
      peaks: this.#found.element.open,
    }));
    const reset = button("reset", "Shows the whole plot again (key 0)", () => this.#main.reset());
    const [left, right, below] = [column(), column(), document.createElement("div")];
    const saves = exportButtons(
      state,
      { toCanvas: () => this.#main.toCanvas() },
      () => this.#main.columns(),
      ["csv"],
    );
    left.append(
      toolbar("Image", ...this.#colors.elements, reset, saves),
      this.#image.element,
      this.#heat.element,
      this.#peaks.element,
    );
    right.append(this.#curves.element, this.#found.element, this.#peaks.values);
    below.className = "cakelab-diffractogram";
    below.append(left, right);
    this.#root.append(runBar(state, ask), this.#status.element, below, this.#settings.element);
    this.#root.dataset.frame = "0";
    host.append(this.#root);
    this.#listen(ask);
    this.#showMain();
    this.#tellTrouble();
    this.#feed.onFrame = (frame) => this.#show(frame);
    this.#feed.ask();
  }

  resize(): void {
    for (const part of [this.#image, this.#heat, this.#curves, this.#peaks]) part.resize();
  }

  async toCanvas(): Promise<HTMLCanvasElement> {
    const pictures = [await this.#main.toCanvas(), await this.#curves.toCanvas()];
    return stacked([...pictures, ...(await this.#peaks.toCanvases())]);
  }

  destroy(): void {
    clearTimeout(this.#rest);
    this.#feed.end();
    for (const part of [this.#image, this.#heat, this.#curves, this.#peaks]) part.destroy();
  }

  /** The buffer that the main plot shows, from 0; null: the image. */
  get #buffer(): number | null {
    const plot = this.#state.get<number>("main_plot");
    return plot === 0 ? null : plot - 1;
  }

  /** Rows of the image that are wanted of its pixels. */
  get #rows(): number {
    if (!this.#isAtRest) return this.#image.rows;
    return this.#state.get<boolean>("is_running") ? MOST_ROWS : Number.MAX_SAFE_INTEGER;
  }

  get #main(): ImagePart | HeatPart {
    return this.#buffer === null ? this.#image : this.#heat;
  }

  #listen(ask: (message: DiffractogramMessageToKernel) => void): void {
    const state = this.#state;
    this.#image.onCenter = (row, col) => ask({ do: "center", row, column: col });
    this.#image.onDetail = () => this.#feed.ask();
    this.#curves.onPick = (position) => ask({ do: "track", position });
    this.#found.element.addEventListener("toggle", () => this.#feed.ask());
    state.onArrays(() => this.#drawCurves());
    state.onChange(COLOR_TRAITS, () => this.#main.recolor());
    state.onChange(["main_plot"], () => {
      this.#showMain();
      this.#feed.ask();
    });
    state.onChange(["tracked"], () => this.#curves.showTracked(this.#positions));
    state.onChange(["references", "colors"], () => this.#drawCurves());
    state.onChange(["trouble", "is_running", "is_ended"], () => {
      this.#tellTrouble();
      if (this.#isAtRest) this.#feed.ask();
    });
    state.onChange(["poni"], () => this.#showCenter());
    listenToUndo(this.#root, () => ({
      undo: () => ask({ do: "undo center" }),
      redo: () => undefined,
    }));
  }

  #showMain(): void {
    const isImage = this.#buffer === null;
    this.#image.element.hidden = !isImage;
    this.#heat.element.hidden = isImage;
    this.#main.resize();
  }

  async #show(frame: LiveFrame): Promise<void> {
    this.#status.show(frame);
    this.#found.show(
      frame.peaks ?? [],
      this.#axis.title.replace(/^.*\/ /, ""),
      sectorColors(frame.curves.length, this.#state.get<string[]>("colors")),
    );
    await Promise.all([this.#drawMain(frame), this.#drawCurves()]);
    this.#showPeaks();
    this.#showCenter();
    this.#root.dataset.frame = String(Number(this.#root.dataset.frame) + 1);
    this.#restLater(frame);
  }

  #drawMain(frame: LiveFrame): Promise<void> {
    const buffer = this.#buffer;
    if (buffer === null) return this.#image.show(frame);
    const { heat: rows, times } = this.#feed;
    const radial = frame.curves[buffer]?.x ?? [];
    return this.#heat.show({ rows, times, radial, axis: this.#axis });
  }

  async #drawCurves(): Promise<void> {
    const { latest } = this.#feed;
    if (latest === undefined) return;
    const count = latest.curves.length;
    const lines = latest.curves.map(({ x, y }, i) => {
      const label = count === 1 ? "diffractogram" : `range ${i + 1}`;
      return withoutEmptyEnds({ label, x, y });
    });
    const { arrays } = this.#state;
    const references = this.#state.get<string[]>("references");
    const frozen = arrays === undefined ? [] : profilesOf(arrays, references);
    const former = this.#axisOf(this.#state.get("reference_unit"));
    const axis = this.#axis;
    await this.#curves.show({
      ...{ axis, lines, tracked: this.#positions },
      frozen: frozen.map((one) =>
        withoutEmptyEnds(former.unit === axis.unit ? one : onAxis(one, former, axis)),
      ),
    });
  }

  #showPeaks(): void {
    const poni = this.#geometry;
    const directions = poni && imageDirections(poni, poni.detector);
    this.#peaks.show({
      track: this.#feed.track,
      unit: this.#state.get("unit"),
      wavelength: poni?.wavelength,
      dist: poni?.dist ?? 0,
      directions: this.#state
        .get<SectorRange[]>("ranges")
        .map((range) => directionOf(range, directions)),
    });
  }

  #showCenter(): void {
    const shape = this.#feed.latest?.shape;
    const poni = this.#geometry;
    const geometry: ImageGeometry | undefined =
      shape && poni && imageGeometryOf(poni, [shape[0], shape[1]]);
    this.#settings.showCenter(geometry?.pixel(0, 0));
  }

  #tellTrouble(): void {
    const trouble = this.#state.get<string>("trouble");
    const isEnded = this.#state.get<boolean>("is_ended");
    const isRunning = this.#state.get<boolean>("is_running");
    const words = isEnded ? "The source has ended." : isRunning ? "" : "Stopped.";
    this.#status.tell(trouble || words, trouble !== "");
  }

  /** While frames fly by, an image has as many pixels as the screen; at rest, all that there are. */
  #restLater({ factor }: LiveFrame): void {
    clearTimeout(this.#rest);
    this.#isAtRest = false;
    if (factor === 1 || this.#buffer !== null) return;
    this.#rest = setTimeout(() => {
      this.#isAtRest = true;
      this.#feed.ask();
    }, REST);
  }

  get #geometry(): Poni | undefined {
    const text = this.#state.get<string | null>("poni");
    if (this.#poni?.text !== text) {
      const poni = text === null ? undefined : parsePoni(text, "the view's geometry");
      this.#poni = { text, poni };
    }
    return this.#poni!.poni;
  }

  get #axis(): RadialAxis {
    return this.#axisOf(this.#state.get("unit"));
  }

  #axisOf(unit: string): RadialAxis {
    const { wavelength = null, dist = null } = this.#geometry ?? {};
    return diffractogramAxis(unit, wavelength, dist);
  }

  /** Where the peaks are that are followed: in the newest frame, the mean of its ranges. */
  get #positions(): number[] {
    const tracked = this.#state.get<TrackedPeak[]>("tracked");
    const ranges = this.#state.get<SectorRange[]>("ranges").length;
    return tracked.map(({ position }, peak) => {
      return newestPosition(this.#feed.track, peak, ranges, tracked.length) ?? position;
    });
  }
}

function column(): HTMLElement {
  return document.createElement("div");
}

/** The direction of a sector's middle, degrees clockwise from North; undefined of one all around. */
function directionOf(
  [start, end]: SectorRange,
  directions: Directions | undefined,
): number | undefined {
  if (directions === undefined || (start === null && end === null)) return undefined;
  const [low, high] = [start ?? 0, end ?? 360];
  if (Math.abs(high - low) >= 180) return undefined;
  const middle = ((low + high) / 2) * (Math.PI / 180);
  return directions.directionOf(Math.sin(middle), Math.cos(middle));
}
