import { type BinRange, binsWithin } from "../../src/scan/range-map.js";
import type { MapQuantity, ViewArrays } from "../../src/widget-messages.js";
import { radialAxis } from "../cursor/radial-axis.js";
import { stacked } from "../export/stacked.js";
import type { Panel, ViewState } from "../view-state.js";
import { FramePart } from "./frame-part.js";
import { type MapAxes, MapPart } from "./map-part.js";
import { type Motor, motorAxis } from "./motor-axis.js";
import { PatternPart } from "./pattern-part.js";
import { progressPart } from "./progress-part.js";
import type { Range } from "./range-bands.js";
import { ScanData } from "./scan-data.js";

/** The map of a scan, beside it its patterns with the ranges that are mapped, and a point's image. */
export class ScanPanel implements Panel {
  readonly #state: ViewState;
  readonly #data: ScanData;
  readonly #map: MapPart;
  readonly #pattern: PatternPart;
  readonly #frame: FramePart;
  #axes: MapAxes | undefined;
  /** The frame whose image is to be seen. */
  #wanted: number | undefined;

  constructor(host: HTMLElement, state: ViewState) {
    this.#state = state;
    this.#data = new ScanData(state);
    this.#map = new MapPart(state, (point) => this.#data.frameOf(point));
    this.#pattern = new PatternPart(state);
    this.#frame = new FramePart(state);
    this.#map.element.append(progressPart(state));
    const whole = document.createElement("div");
    whole.className = "cakelab-scan";
    whole.append(this.#map.element, this.#pattern.element, this.#frame.element);
    host.append(whole);
    this.#data.onGrown = () => this.#load();
    this.#data.onMaps = (maps) => this.#map.show(this.#axes!, maps);
    this.#data.onPattern = () => this.#showPattern();
    this.#data.onNoMaps = (text) => this.#map.say(text);
    this.#data.onSlice = (words, slice) => this.#showSlice(words, slice);
    this.#map.onSlice = () => this.#data.askSlice();
    this.#data.onFrame = (index, frame) => this.#showFrame(index, frame);
    state.onChange(["ranges", "background", "quantity"], () => this.#makeMaps());
    state.onChange(["picked"], () => this.#showPicked());
    this.#load();
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
    this.#map.destroy();
    this.#pattern.destroy();
    this.#frame.destroy();
    this.#data.release();
  }

  #load(): void {
    if (!this.#data.isThere) return;
    const [slow, fast] = (["slow", "fast"] as const).map((name) =>
      motorAxis(this.#state.get<Motor>(name), this.#data.positions(name)),
    ) as [MapAxes["slow"], MapAxes["fast"]];
    const isTrue = slow.isEven && fast.isEven && slow.unit === fast.unit;
    this.#axes = { slow, fast, isTrue };
    this.#makeMaps();
    this.#showPicked();
  }

  #makeMaps(): void {
    if (!this.#data.isThere) return;
    const background = this.#state.get<Range | null>("background");
    const bins = (range: Range): BinRange => binsWithin(this.#data.radial, range);
    const ranges = this.#state.get<Range[]>("ranges").map(bins);
    const quantity = this.#state.get<MapQuantity>("quantity");
    if (quantity !== "intensity") this.#map.say(`fitting the peak's ${quantity} …`);
    this.#data.makeMaps({
      quantity,
      ranges,
      background: background === null ? undefined : bins(background),
    });
  }

  #showPattern(): void {
    if (!this.#data.isThere) return;
    const point = this.#picked;
    this.#pattern.show({
      axis: radialAxis(this.#state.get("unit"), null, null),
      radial: this.#data.radial,
      mean: this.#data.mean,
      own: point === undefined ? undefined : this.#data.pattern(point),
    });
  }

  /** The number of the point that was picked. */
  get #picked(): number | undefined {
    const picked = this.#state.get<[number, number] | null>("picked");
    return picked === null || this.#axes === undefined
      ? undefined
      : picked[0] * this.#axes.fast.count + picked[1];
  }

  #showPicked(): void {
    this.#showPattern();
    const point = this.#picked;
    if (point === undefined || !this.#state.get<boolean>("has_frames")) return;
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

  #showSlice(words: string, slice: ViewArrays | undefined): void {
    this.#wanted = undefined;
    if (slice === undefined) this.#frame.clear();
    else this.#frame.show(slice, words, "linear");
    this.#frame.say(words);
  }

  #showFrame(index: number, frame: ViewArrays | string): void {
    if (index !== this.#wanted) return;
    if (typeof frame !== "string") {
      this.#frame.show(frame, `Frame ${index}`);
      return;
    }
    this.#frame.clear();
    this.#frame.say(`Frame ${index} cannot be shown: ${frame}`);
  }
}
