import type { SectorRange } from "../../src/diffractogram-messages.js";
import { sectorOutline, wholeSector } from "../../src/figure/sector-outline.js";
import { sectorOf } from "../../src/stream/diffractogram/sector.js";
import type { NumberArray } from "../../src/widget-messages.js";
import type { ColorControls } from "../controls/color-controls.js";
import { listenToKeys } from "../controls/cursor-keys.js";
import { plotPlace } from "../controls/place.js";
import { readout } from "../controls/readout.js";
import { type Cursor, type CursorLink, linkCursor } from "../cursor/cursor.js";
import type { Column } from "../export/table-text.js";
import { type ImageGeometry, imageGeometry } from "../image/image-geometry.js";
import { pixelText } from "../image/pixel-text.js";
import { seenPixels } from "../image/seen-pixels.js";
import { type Raster, rasterOf, type Union } from "../raster/raster.js";
import { RasterPlot } from "../raster/raster-plot.js";
import type { ViewState } from "../view-state.js";
import { type DrawnSector, drawSectors } from "./draw-sectors.js";
import type { LiveFrame } from "./frame-feed.js";
import { sectorColors } from "./range-colors.js";

/** Two clicks within so many milliseconds and pixels of the image's width are a double click. */
const DOUBLE = 400;
const NEAR = 0.01;
/** How far out in its sector a number stands. */
const LABEL_PART = 0.6;
const DEGREE = Math.PI / 180;

/** The newest image, with the sectors that are integrated, and the beam. */
export class ImagePart {
  readonly element: HTMLElement = document.createElement("div");
  readonly #state: ViewState;
  readonly #colors: ColorControls;
  readonly #plot: RasterPlot;
  readonly #readout: HTMLOutputElement = readout();
  readonly #link: CursorLink;
  readonly #drawSectors: () => void;
  #shape: readonly [rows: number, columns: number] | undefined;
  #factor = 1;
  #picture: NumberArray | undefined;
  #raster: Raster | undefined;
  #geometry: ImageGeometry | undefined;
  #sectors: readonly DrawnSector[] = [];
  #cursor: readonly [row: number, column: number] | undefined;
  #clicked: { readonly at: number; readonly x: number; readonly y: number } | undefined;

  /** Called when the beam is to be at a pixel, on whole numbers at centres. */
  onCenter: (row: number, column: number) => void = () => undefined;
  /** Called when another part of the image is seen, which may need more of its pixels. */
  onDetail: () => void = () => undefined;

  constructor(state: ViewState, colors: ColorControls) {
    this.#state = state;
    this.#colors = colors;
    const place = plotPlace(state.get<number>("height"));
    this.#plot = new RasterPlot(place, { ownDoubleClick: true });
    this.#drawSectors = this.#plot.addLayer((context, at) =>
      drawSectors(context, at, this.#sectors, this.#geometry?.pixel(0, 0)),
    );
    this.element.append(place, this.#readout);
    this.#link = linkCursor(state.group, (cursor) => this.#hear(cursor));
    this.#plot.onMove = (point) =>
      this.#moveTo(point && [Math.round(point.y), Math.round(point.x)]);
    this.#plot.onClick = ({ x, y }) => this.#click(x, y);
    this.#plot.onRange = () => this.onDetail();
    listenToKeys(place, "image", {
      move: (right, down) => this.#step(down, right),
      leave: () => this.#moveTo(undefined),
      pick: () => {
        if (this.#cursor !== undefined) this.onCenter(...this.#cursor);
      },
      zoom: (factor) =>
        this.#plot.zoom(factor, this.#cursor && { x: this.#cursor[1], y: this.#cursor[0] }),
      reset: () => this.reset(),
    });
    state.onChange(["ranges", "poni", "colors"], () => this.#place());
  }

  /** As many rows of the whole image as the screen can tell apart. */
  get rows(): number {
    const [rows] = this.#shape ?? [0];
    const { range } = this.#plot;
    const pixels = Math.max(1, this.#plot.element.clientHeight) * devicePixelRatio;
    if (range === undefined || rows === 0) return Math.ceil(pixels);
    const seen = Math.abs(range.y[1] - range.y[0]);
    return Math.min(rows, Math.ceil((pixels * rows) / seen));
  }

  /** Shows an image; the part that is seen stays. */
  async show({ picture, isNew, shape, factor }: LiveFrame): Promise<void> {
    if (picture === undefined) return;
    const isSame = this.#shape?.join() === shape.join();
    if (!isNew && isSame && this.#raster !== undefined) return;
    const isAlike = isSame && this.#factor === factor && this.#raster !== undefined;
    this.#picture = picture;
    this.#factor = factor;
    this.#raster = rasterOf({ data: picture.data, shape: picture.shape as [number, number] });
    const coloring = this.#colors.coloring(this.#raster);
    if (isAlike) await this.#plot.replace(this.#raster, coloring);
    else {
      this.#shape = shape;
      const [rows, columns] = picture.shape as [number, number];
      const scene = {
        raster: this.#raster,
        x: { title: "column / pixel", first: -0.5, last: columns * factor - 0.5 },
        y: { title: "row / pixel", first: -0.5, last: rows * factor - 0.5 },
        square: true,
        colorTitle: "intensity / counts",
        union: this.#state.get<Union>("reduce"),
      };
      await this.#plot.show(scene, coloring, isSame);
      this.#place();
    }
    this.#mark();
  }

  recolor(): void {
    if (this.#raster !== undefined) void this.#plot.recolor(this.#colors.coloring(this.#raster));
  }

  /** Shows the whole image again. */
  reset(): void {
    this.#plot.range = undefined;
  }

  resize(): void {
    this.#plot.resize();
  }

  toCanvas(): Promise<HTMLCanvasElement> {
    return this.#plot.toCanvas();
  }

  destroy(): void {
    this.#link.end();
    this.#plot.destroy();
    this.#picture = this.#raster = this.#geometry = undefined;
  }

  /** Row, column and intensity of the pixels that are seen. */
  columns(): Column[] {
    const picture = this.#picture;
    const { range } = this.#plot;
    if (picture === undefined || range === undefined) return [];
    return seenPixels(picture, range, this.#factor);
  }

  /** Puts the sectors where the geometry has them. */
  #place(): void {
    const shape = this.#shape;
    if (shape === undefined) return;
    const poni = this.#state.get<string | null>("poni");
    this.#geometry = poni === null ? undefined : imageGeometry(poni, [shape[0], shape[1]]);
    const geometry = this.#geometry;
    this.#sectors = geometry === undefined ? [] : this.#sectorsIn(geometry, shape);
    this.#drawSectors();
    this.#mark();
  }

  #sectorsIn(geometry: ImageGeometry, shape: readonly [number, number]): DrawnSector[] {
    const ranges = this.#state.get<SectorRange[]>("ranges");
    const colors = sectorColors(ranges.length, this.#state.get<string[]>("colors"));
    const farthest = farthestAngle(geometry, shape);
    return ranges.map((range, i) => {
      const sector = wholeSector(sectorOf(range), farthest);
      const [first, last] = sector.azimuth ?? [0, 0];
      const [inner, outer] = sector.radial;
      const twoTheta = (inner + LABEL_PART * (outer - inner)) * DEGREE;
      const middle = geometry.pixel(twoTheta, (first + last) / 2);
      return {
        outline: sectorOutline(sector, geometry.pixel),
        color: colors[i]!,
        label: ranges.length > 1 ? String(i + 1) : "",
        middle: middle && this.#contains(middle) ? middle : undefined,
      };
    });
  }

  #click(x: number, y: number): void {
    const now = performance.now();
    const former = this.#clicked;
    this.#clicked = { at: now, x, y };
    const { range } = this.#plot;
    if (former === undefined || range === undefined || now - former.at > DOUBLE) return;
    const near = NEAR * Math.abs(range.x[1] - range.x[0]);
    if (Math.hypot(x - former.x, y - former.y) > near) return;
    this.#clicked = undefined;
    this.onCenter(y, x);
  }

  #moveTo(pixel: readonly [row: number, column: number] | undefined): void {
    const inside = pixel !== undefined && this.#contains(pixel);
    this.#cursor = inside ? pixel : undefined;
    this.#mark();
    if (this.#geometry === undefined) return;
    this.#link.tell(inside ? this.#geometry.place(...pixel) : undefined);
  }

  #mark(): void {
    const [row, column] = this.#cursor ?? [];
    if (row === undefined || column === undefined || this.#picture === undefined) {
      this.#plot.mark(undefined);
      this.#readout.textContent = "";
      return;
    }
    this.#plot.mark({ x: column, y: row });
    const factor = this.#factor;
    const at = Math.floor(row / factor) * this.#picture.shape[1]! + Math.floor(column / factor);
    const value = this.#picture.data[at]!;
    const text = pixelText(row, column, value, Number.isNaN(value), this.#geometry);
    // While frames fly by, fewer pixels than the detector has are sent.
    const mean = factor > 1 ? `  (I: mean of ${factor} × ${factor})` : "";
    this.#readout.textContent = `${text}${mean}`;
  }

  /** Another view's cursor: the same angles in this image. */
  #hear(cursor: Cursor | undefined): void {
    const geometry = this.#geometry;
    if (geometry === undefined) return;
    const { twoTheta, direction } = cursor ?? {};
    const chi =
      cursor?.chi ??
      (direction === undefined ? undefined : geometry.directions.azimuthOf(direction));
    const pixel =
      twoTheta === undefined || chi === undefined ? undefined : geometry.pixel(twoTheta, chi);
    const rounded = pixel && ([Math.round(pixel[0]), Math.round(pixel[1])] as const);
    this.#cursor = rounded !== undefined && this.#contains(rounded) ? rounded : undefined;
    this.#mark();
  }

  #contains([row, column]: readonly [number, number]): boolean {
    const [rows, columns] = this.#shape ?? [0, 0];
    return row >= 0 && column >= 0 && row < rows && column < columns;
  }

  #step(down: number, right: number): void {
    if (this.#shape === undefined) return;
    const [rows, columns] = this.#shape;
    const [row, column] = this.#cursor ?? [rows >> 1, columns >> 1];
    const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most - 1);
    this.#moveTo([within(row + down, rows), within(column + right, columns)]);
  }
}

/** The largest 2θ of an image's corners, in degrees. */
function farthestAngle(
  geometry: ImageGeometry,
  [rows, columns]: readonly [number, number],
): number {
  const corners = [0, rows - 1].flatMap((row) =>
    [0, columns - 1].map((column) => geometry.place(row, column).twoTheta / DEGREE),
  );
  return Math.max(...corners);
}
