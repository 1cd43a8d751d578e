import type { SectorLayout } from "../../src/figure/compass.js";
import type { NumberArray, Region, Ring } from "../../src/widget-messages.js";
import { COLOR_TRAITS, type ColorControls, colorControls } from "../controls/color-controls.js";
import { button, checkbox, toolbar } from "../controls/controls.js";
import { listenToKeys } from "../controls/cursor-keys.js";
import { readout } from "../controls/readout.js";
import { type Cursor, type CursorLink, linkCursor } from "../cursor/cursor.js";
import { exportButtons } from "../export/export-buttons.js";
import type { Column } from "../export/table-text.js";
import { type Raster, rasterOf, type Union } from "../raster/raster.js";
import { RasterPlot } from "../raster/raster-plot.js";
import type { Panel, ViewState } from "../view-state.js";
import { type ImageGeometry, imageGeometry } from "./image-geometry.js";
import { compassTraces, ringTraces, sectorTraces } from "./overlays.js";
import { pixelText } from "./pixel-text.js";
import { regionTable } from "./region-table.js";
import { NEW_SHAPE, regionsOf, shapesOf } from "./regions.js";
import { seenPixels } from "./seen-pixels.js";

/** Axes, and the room around them. */
const AROUND = 52;
/** Traits that change what lies over the image. */
const OVERLAY_TRAITS = ["rings", "sectors", "regions", "poni"];

/** A detector image with what is known of it: cursor, levels, rings, cakes and regions. */
export class ImagePanel implements Panel {
  readonly plot: RasterPlot;
  readonly #state: ViewState;
  readonly #controls: ColorControls;
  readonly #readout: HTMLOutputElement = readout();
  readonly #regions: HTMLElement = document.createElement("div");
  readonly #link: CursorLink;
  readonly #shown = { rings: true, cakes: true };
  readonly #checks: Readonly<Record<"rings" | "cakes", HTMLElement>>;
  #image: NumberArray | undefined;
  #mask: NumberArray | undefined;
  #raster: Raster | undefined;
  #geometry: ImageGeometry | undefined;
  #cursor: readonly [row: number, column: number] | undefined;

  constructor(host: HTMLElement, state: ViewState) {
    this.#state = state;
    this.#controls = colorControls(state);
    const place = document.createElement("div");
    place.style.height = `${state.get<number>("height") + AROUND}px`;
    this.plot = new RasterPlot(place, { draws: true });
    const reset = button("reset", "Shows the whole image again (key 0)", () => {
      this.plot.range = undefined;
    });
    const saves = exportButtons(state, this, () => this.#columns(), ["csv"]);
    const overlays = (["rings", "cakes"] as const).map((name) =>
      checkbox(name, true, (checked) => {
        this.#shown[name] = checked;
        state.attend(this.#overlay());
      }),
    );
    this.#checks = { rings: overlays[0]!, cakes: overlays[1]! };
    const bar = toolbar("Image", ...this.#controls.elements, ...overlays, reset, saves);
    host.append(bar, place, this.#readout, this.#regions);
    this.#link = linkCursor(state.group, (cursor) => this.#hear(cursor));
    this.plot.onMove = (point) => this.#moveTo(point && [Math.round(point.y), Math.round(point.x)]);
    this.plot.onClick = ({ x, y }) => state.set({ picked: [Math.round(y), Math.round(x)] });
    this.plot.onShapes = (shapes) => state.set({ regions: regionsOf(shapes) });
    listenToKeys(place, "image", {
      move: (right, down) => this.#step(down, right),
      leave: () => this.#moveTo(undefined),
      pick: () => {
        if (this.#cursor !== undefined) state.set({ picked: [...this.#cursor] });
      },
      zoom: (factor) =>
        this.plot.zoom(factor, this.#cursor && { x: this.#cursor[1], y: this.#cursor[0] }),
      reset: () => {
        this.plot.range = undefined;
      },
    });
    state.onArrays(() => state.attend(this.#load()));
    state.onChange(COLOR_TRAITS, () => state.attend(this.#recolor()));
    state.onChange(OVERLAY_TRAITS, () => state.attend(this.#overlay()));
    state.attend(this.#load());
  }

  resize(): void {
    this.plot.resize();
  }

  toCanvas(): Promise<HTMLCanvasElement> {
    return this.plot.toCanvas();
  }

  destroy(): void {
    this.#link.end();
    this.plot.destroy();
    this.#raster = this.#image = this.#mask = this.#geometry = undefined;
  }

  async #load(): Promise<void> {
    const { image, mask } = this.#state.arrays ?? {};
    if (image === undefined) return;
    const shape = image.shape as [number, number];
    const again = this.#image?.shape.join() === image.shape.join();
    this.#image = image;
    this.#mask = mask;
    this.#raster = rasterOf({ data: image.data, shape }, mask?.data);
    const scene = {
      raster: this.#raster,
      x: { title: "column / pixel", first: -0.5, last: shape[1] - 0.5 },
      y: { title: "row / pixel", first: -0.5, last: shape[0] - 0.5 },
      square: true,
      colorTitle: "intensity / counts",
      union: this.#state.get<Union>("reduce"),
    };
    await this.plot.show(scene, this.#controls.coloring(this.#raster), again);
    await this.#overlay();
  }

  async #recolor(): Promise<void> {
    if (this.#raster !== undefined) await this.plot.recolor(this.#controls.coloring(this.#raster));
  }

  async #overlay(): Promise<void> {
    const image = this.#image;
    if (image === undefined) return;
    const shape = image.shape as [number, number];
    const poni = this.#state.get<string | null>("poni");
    const geometry = poni === null ? undefined : imageGeometry(poni, shape);
    const sectors = this.#state.get<SectorLayout | null>("sectors");
    const regions = this.#state.get<Region[]>("regions");
    this.#geometry = geometry;
    const rings = this.#state.get<Ring[]>("rings");
    this.#checks.rings.hidden = rings.length === 0;
    this.#checks.cakes.hidden = sectors === null;
    const traces =
      geometry === undefined
        ? []
        : [
            ...(this.#shown.rings ? ringTraces(geometry, rings, shape) : []),
            ...(this.#shown.cakes && sectors !== null
              ? sectorTraces(geometry, sectors, shape)
              : []),
            ...compassTraces(geometry, shape),
          ];
    const open = this.#regions.querySelector("details")?.open === true;
    const table = regionTable(regions, image, (changed) => this.#state.set({ regions: changed }));
    if (open) table.setAttribute("open", "");
    this.#regions.replaceChildren(table);
    await this.plot.overlay(traces, { shapes: shapesOf(regions), newshape: NEW_SHAPE });
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
    if (row === undefined || column === undefined || this.#image === undefined) {
      this.plot.mark(undefined);
      this.#readout.textContent = "";
      return;
    }
    const at = row * this.#image.shape[1]! + column;
    const masked = this.#mask !== undefined && this.#mask.data[at] !== 0;
    this.plot.mark({ x: column, y: row });
    const value = this.#image.data[at]!;
    this.#readout.textContent = pixelText(row, column, value, masked, this.#geometry);
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
    const [rows, columns] = this.#image?.shape ?? [0, 0];
    return row >= 0 && column >= 0 && row < rows! && column < columns!;
  }

  #step(down: number, right: number): void {
    if (this.#image === undefined) return;
    const [rows, columns] = this.#image.shape as [number, number];
    const [row, column] = this.#cursor ?? [rows >> 1, columns >> 1];
    const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most - 1);
    this.#moveTo([within(row + down, rows), within(column + right, columns)]);
  }

  /** Row, column and intensity of the pixels that are seen. */
  #columns(): Column[] {
    const { range } = this.plot;
    const image = this.#image;
    return image === undefined || range === undefined ? [] : seenPixels(image, range);
  }
}
