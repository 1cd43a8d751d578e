import { detectorOfData } from "../../../src/detector/detector-data.js";
import { displayLimits } from "../../../src/figure/limits.js";
import type { ScaleName } from "../../../src/figure/scale.js";
import { formatPoni } from "../../../src/geometry/format-poni.js";
import { type DetectorFields, unpackLive } from "../../../src/live-arrays.js";
import { liveMask } from "../../../src/mask/live-mask.js";
import { COLOR_TRAITS, type ColorControls, colorControls } from "../../controls/color-controls.js";
import { readout } from "../../controls/readout.js";
import { listenToUndo } from "../../controls/undo-keys.js";
import { type Cursor, type CursorLink, linkCursor } from "../../cursor/cursor.js";
import { download } from "../../export/download.js";
import { imageGeometryOf, type Pixel } from "../../image/image-geometry.js";
import { pixelText } from "../../image/pixel-text.js";
import { regionTable } from "../../image/region-table.js";
import { ringsOf, type Spacing } from "../../parameters/rings.js";
import { onThemeChange, type Theme, themeOf } from "../../plot/theme.js";
import { type Coloring, safeLimits } from "../../raster/paint-samples.js";
import { type Raster, rasterOf } from "../../raster/raster.js";
import type { Panel, ViewState } from "../../view-state.js";
import { binText } from "./bin-text.js";
import { CakePane } from "./cake-pane.js";
import type { DrawnCake } from "./frame-loop.js";
import { type Handle, handlesOf } from "./handles.js";
import { ImagePane } from "./image-pane.js";
import { LineoutPane } from "./lineout-pane.js";
import { type LiveControls, liveControls } from "./live-controls.js";
import { type LiveGeometry, liveGeometry, type PixelGrid, pixelGrid } from "./live-geometry.js";
import { liveSizes } from "./live-layout.js";
import { LiveSession } from "./live-session.js";
import { addLiveStyle } from "./live-style.js";
import { drawOverImage } from "./over-image.js";
import { stackedPicture } from "./stacked-picture.js";
import { type UnitAngles, unitAngles } from "./unit-angles.js";

/** How long a state may wait for the cake that belongs to it, in milliseconds. */
const STALE = 60;

/** An image, its cake and its lineout, integrated on the page while the geometry is dragged. */
export class LivePanel implements Panel {
  readonly #view: ViewState;
  readonly #host: HTMLElement;
  readonly #root: HTMLElement = document.createElement("div");
  readonly #message: HTMLElement = document.createElement("div");
  readonly #readout: HTMLOutputElement = readout();
  readonly #regions: HTMLElement = document.createElement("div");
  readonly #colors: ColorControls;
  readonly #link: CursorLink;
  readonly #ends: (() => void)[] = [];
  #session: LiveSession | undefined;
  #controls: LiveControls | undefined;
  #image: ImagePane | undefined;
  #cakePane: CakePane | undefined;
  #lineout: LineoutPane | undefined;
  #raster: Raster | undefined;
  #limits: readonly [number, number] | undefined;
  #unit: UnitAngles | undefined;
  #cake: DrawnCake | undefined;
  #grid: PixelGrid | undefined;
  #geometry: LiveGeometry | undefined;
  #masked = "";
  #handles: readonly Handle[] = [];
  #heldRing: number | undefined;
  #cursor: Cursor | undefined;
  #picked: number | undefined;
  #frames = 0;
  #isStale = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #theme: Theme | undefined;

  constructor(host: HTMLElement, view: ViewState) {
    addLiveStyle(document);
    this.#view = view;
    this.#host = host;
    this.#root.className = "cakelab-live";
    this.#root.dataset.frame = "0";
    this.#root.dataset.engine = "";
    this.#message.className = "cakelab-live-message";
    this.#message.setAttribute("role", "alert");
    this.#colors = colorControls(view);
    listenToUndo(this.#root, () => this.#session);
    host.append(this.#root);
    this.#link = linkCursor(view.group, (cursor) => {
      this.#cursor = cursor;
      this.#drawCursor();
    });
    view.onArrays(() => this.#load());
    view.onChange(COLOR_TRAITS, () => this.#recolor());
    this.#ends.push(
      onThemeChange(host, () => this.#redraw()),
      () => clearTimeout(this.#timer),
    );
    this.#load();
  }

  resize(): void {
    if (this.#session === undefined) return;
    this.#fit();
    this.#recolor();
    this.#drawOver();
  }

  async toCanvas(): Promise<HTMLCanvasElement> {
    return stackedPicture(this.#root);
  }

  destroy(): void {
    this.#link.end();
    for (const end of this.#ends) end();
    this.#session?.close();
    this.#session = this.#raster = this.#cake = this.#geometry = undefined;
    for (const canvas of this.#root.querySelectorAll("canvas")) canvas.width = canvas.height = 0;
    this.#host.replaceChildren();
  }

  #load(): void {
    const { arrays } = this.#view;
    const fields = this.#view.get<DetectorFields | null>("detector");
    if (arrays?.image === undefined || fields === null) return;
    const { images, detector } = unpackLive(arrays, fields);
    this.#session?.close();
    const session = new LiveSession(this.#view, images, detectorOfData(detector), {
      onState: () => this.#later(),
      onCake: (cake, exact) => this.#showCake(cake, exact),
      onError: (error) => {
        const text =
          error === undefined ? "" : error instanceof Error ? error.message : String(error);
        if (this.#message.textContent !== text) this.#message.textContent = text;
      },
    });
    this.#session = session;
    this.#grid = pixelGrid(session.detector, images.image.shape);
    const unit = unitAngles(this.#view.get("unit"));
    this.#unit = unit;
    this.#image = new ImagePane(images.image.shape, {
      drag: (handle, pixel, done) => this.#drag(handle, pixel, done),
      move: (pixel) => this.#overImage(pixel),
      mask: (from, to) => this.#maskRectangle(from, to),
    });
    this.#cakePane = new CakePane(unit.title);
    this.#lineout = new LineoutPane(unit.title);
    this.#controls = liveControls(session, {
      unit: unit.text,
      hasWavelength: unit.needsWavelength || session.state.wavelength !== null,
      colors: this.#colors.elements,
      savePoni: () => this.#savePoni(),
    });
    const plots = document.createElement("div");
    plots.className = "cakelab-live-plots";
    plots.append(this.#cakePane.canvas, this.#lineout.canvas);
    const panes = document.createElement("div");
    panes.className = "cakelab-live-panes";
    panes.append(this.#image.element, plots);
    const { toolbar, parameters } = this.#controls;
    this.#root.replaceChildren(
      toolbar,
      panes,
      this.#readout,
      this.#message,
      parameters,
      this.#regions,
    );
    this.#listen(this.#cakePane, this.#lineout);
    this.#fit();
    this.#showState();
  }

  #fit(): void {
    const { image, plot } = liveSizes(
      this.#host.clientWidth,
      this.#view.get<number>("height"),
      this.#session!.images.image.shape,
    );
    this.#image!.resize(...image);
    this.#cakePane!.resize(...plot);
    this.#lineout!.resize(...plot);
  }

  /** Shows the state with the next cake, or soon: pointers move more often than frames are drawn. */
  #later(): void {
    this.#isStale = true;
    this.#timer ??= setTimeout(() => this.#showState(), STALE);
  }

  #showState(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const session = this.#session;
    if (session === undefined || this.#image === undefined) return;
    this.#isStale = false;
    const { state, images } = session;
    this.#geometry = this.#grid && liveGeometry(state, this.#grid);
    this.#heldRing ??= this.#ringToHold();
    const masked = JSON.stringify([state.maskAbove, state.maskRegions]);
    if (this.#raster === undefined || masked !== this.#masked) {
      this.#masked = masked;
      const hand = { above: state.maskAbove, regions: state.maskRegions };
      const mask = liveMask(images.image, images.mask, hand);
      this.#raster = rasterOf(images.image, mask?.data);
      this.#image.paint(this.#raster, this.#colors.coloring(this.#raster));
      this.#regions.replaceChildren(
        regionTable(state.maskRegions, images.image, (maskRegions) =>
          session.change({ ...session.state, maskRegions }, true),
        ),
      );
    }
    this.#controls?.show();
    this.#drawOver();
  }

  #showCake(cake: DrawnCake, exact: boolean): void {
    this.#cake = cake;
    this.#cakePane!.show(cake);
    this.#lineout!.show(cake);
    // Colours that change with each frame would flicker.
    if (exact || this.#limits === undefined) this.#limits = this.#cakeLimits();
    if (this.#picked !== undefined && this.#picked >= cake.shape[0]) this.#picked = undefined;
    this.#drawPlots();
    if (exact || this.#isStale || this.#frames === 0) this.#showState();
    this.#frames++;
    this.#root.dataset.engine = this.#session!.engine;
    this.#root.dataset.exact = String(exact);
    this.#root.dataset.frame = String(this.#frames);
  }

  #redraw(): void {
    this.#theme = undefined;
    this.#drawPlots();
    this.#drawOver();
  }

  #recolor(): void {
    if (this.#raster === undefined || this.#image === undefined) return;
    this.#image.paint(this.#raster, this.#colors.coloring(this.#raster));
    if (this.#cake === undefined) return;
    this.#limits = this.#cakeLimits();
    this.#drawPlots();
  }

  #cakeLimits(): readonly [number, number] {
    const name = this.#view.get<ScaleName>("scale");
    const percentiles = this.#view.get<[number, number]>("percentiles");
    return safeLimits(name, displayLimits(this.#cake!.intensity, name, percentiles));
  }

  #drawPlots(): void {
    if (this.#cake === undefined) return;
    const scale = this.#view.get<ScaleName>("scale");
    const coloring: Coloring = {
      ...{ scale, colormap: this.#view.get("colormap") },
      limits: this.#limits ?? [0, 1],
    };
    const radial =
      this.#cursor && this.#unit!.radialOf(this.#cursor.twoTheta, this.#session!.state);
    const point =
      radial === undefined ? undefined : { radial, chi: this.#cursor?.chi ?? Number.NaN };
    // The page's style takes long to ask for.
    this.#theme ??= themeOf(this.#root);
    this.#cakePane!.draw(coloring, this.#theme, point, this.#picked);
    this.#lineout!.draw(scale, this.#theme, radial, this.#picked);
  }

  #drawOver(): void {
    const session = this.#session;
    if (session === undefined || this.#image === undefined) return;
    const geometry = this.#geometry;
    const { state, around } = session;
    const formula = this.#unit?.formula(state);
    const cursor = this.#cursor;
    const [low, high] = around.azimuth;
    const width = (high - low) / state.nptAzim;
    this.#handles =
      geometry === undefined || formula === undefined
        ? []
        : handlesOf({ state, geometry, around, formula, heldRing: this.#heldRing! });
    const over = {
      geometry,
      rings: ringsOf(this.#view.get<Spacing[]>("spacings"), state.wavelength),
      ends: (state.radialRange ?? []).flatMap((value) => this.#unit?.angleOf(value, state) ?? []),
      limits:
        state.nptAzim > 1 && state.nptAzim <= 90
          ? Array.from({ length: state.nptAzim + 1 }, (_, i) => low + i * width)
          : [low],
      regions: state.maskRegions,
      cursor: cursor?.chi === undefined ? undefined : geometry?.pixel(cursor.twoTheta, cursor.chi),
    };
    this.#image.drawOver(drawOverImage(over, session.images.image.shape), this.#handles);
  }

  #drawCursor(): void {
    this.#drawPlots();
    this.#drawOver();
  }

  /** The ring by which the distance is dragged: one of the calibrant's, else any in the image. */
  #ringToHold(): number {
    const { state, around } = this.#session!;
    const side = Math.min(around.shape[0] * around.pixel1, around.shape[1] * around.pixel2);
    const wanted = Math.atan2(0.3 * side, state.geometry.dist);
    const rings = ringsOf(this.#view.get<Spacing[]>("spacings"), state.wavelength);
    return rings.reduce(
      (best, ring) => (Math.abs(ring - wanted) < Math.abs(best - wanted) ? ring : best),
      rings[0] ?? wanted,
    );
  }

  #drag(name: string, pixel: Pixel, done: boolean): void {
    const handle = this.#handles.find((one) => one.name === name);
    if (handle !== undefined) this.#session!.change(handle.moveTo(pixel), done);
  }

  #maskRectangle(from: Pixel, to: Pixel): void {
    const session = this.#session!;
    const points = [from, to].map(
      ([row, column]) => [Math.round(row), Math.round(column)] as const,
    );
    const { maskRegions } = session.state;
    const region = { name: `mask ${maskRegions.length + 1}`, shape: "rectangle" as const, points };
    session.change({ ...session.state, maskRegions: [...maskRegions, region] }, true);
  }

  #overImage(pixel: Pixel | undefined): void {
    const { image } = this.#session!.images;
    const [row, column] = [Math.round(pixel?.[0] ?? -1), Math.round(pixel?.[1] ?? -1)];
    if (!(row >= 0 && column >= 0 && row < image.shape[0] && column < image.shape[1])) {
      this.#point(undefined, "");
      return;
    }
    const at = row * image.shape[1] + column;
    const isMasked = Number.isNaN(this.#raster!.data[at]!);
    const { state, detector } = this.#session!;
    const poni = { ...state.geometry, detector, wavelength: state.wavelength ?? undefined };
    const geometry = imageGeometryOf(poni as never, image.shape);
    const { twoTheta, chi, direction } = geometry.place(row, column);
    const text = pixelText(row, column, image.data[at]!, isMasked, geometry);
    this.#point({ twoTheta, chi, direction }, text);
  }

  #listen(cakePane: CakePane, lineout: LineoutPane): void {
    cakePane.canvas.addEventListener("pointermove", (event) => {
      const point = cakePane.pointAt(event.clientX, event.clientY);
      if (point === undefined) return this.#point(undefined, "");
      const intensity = this.#cake!.intensity[point.row * this.#cake!.shape[1] + point.bin]!;
      this.#overBin({ radial: point.radial, chi: point.chi, intensity });
    });
    cakePane.canvas.addEventListener("click", (event) => {
      const row = cakePane.pointAt(event.clientX, event.clientY)?.row;
      this.#picked = row === this.#picked ? undefined : row;
      this.#drawPlots();
    });
    lineout.canvas.addEventListener("pointermove", (event) => {
      const bin = lineout.binAt(event.clientX);
      if (bin === undefined) return this.#point(undefined, "");
      this.#overBin({ radial: this.#cake!.radial[bin]!, intensity: lineout.mean[bin]! });
    });
    for (const { canvas } of [cakePane, lineout]) {
      canvas.addEventListener("pointerleave", () => this.#point(undefined, ""));
    }
  }

  #overBin(bin: {
    readonly radial: number;
    readonly chi?: number;
    readonly intensity: number;
  }): void {
    const { state } = this.#session!;
    const twoTheta = this.#unit!.angleOf(bin.radial, state);
    const { chi } = bin;
    const cursor =
      twoTheta === undefined ? undefined : { twoTheta, ...(chi === undefined ? {} : { chi }) };
    this.#point(cursor, binText(bin, this.#unit!, state));
  }

  #point(cursor: Cursor | undefined, text: string): void {
    this.#cursor = cursor;
    this.#readout.textContent = text;
    this.#link.tell(cursor);
    this.#drawCursor();
  }

  #savePoni(): void {
    const { state, detector } = this.#session!;
    const { geometry, wavelength } = state;
    const poni = { ...geometry, detector, ...(wavelength === null ? {} : { wavelength }) };
    try {
      download(formatPoni(poni), `${this.#view.get<string>("title") || "live"}.poni`);
      this.#message.textContent = "";
    } catch (error) {
      this.#message.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}
