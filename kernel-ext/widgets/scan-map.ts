import type { Image } from "../../src/array.js";
import { OptionError } from "../../src/errors.js";
import type { PaintOptions } from "../../src/figure/paint.js";
import { tickText } from "../../src/figure/ticks.js";
import { radialUnit } from "../../src/geometry/units.js";
import { type PatternGrid, peakMaps } from "../../src/peaks/peak-maps.js";
import {
  binsWithin,
  meanPattern,
  type Profiles,
  profilesOf,
  rangeMap,
  updateProfile,
} from "../../src/scan/range-map.js";
import type { FailedFrame, Scan, ScanUpdate } from "../../src/scan/scan.js";
import { tomogram } from "../../src/tomography/tomogram.js";
import {
  MAP_QUANTITIES,
  type MapQuantity,
  packArrays,
  type ScanMessageToKernel,
  type ScanMessageToPage,
  type ViewArrays,
} from "../../src/widget-messages.js";
import type { FigureOptions } from "../show/figure.js";
import { scanFigure } from "../show/scan-figure.js";
import { ColorView, colorState, colorTraits } from "./color-view.js";
import { pageClass } from "./figure-view.js";
import type { TraitTable } from "./trait-spec.js";
import type { PageClass, State } from "./widget.js";

/** Limits of a radial range, in the scan's unit. */
export type RadialRange = readonly [low: number, high: number];

/** How a scan is mapped. */
export interface ScanMapOptions extends FigureOptions, Omit<PaintOptions, "mask"> {
  /** What is mapped: one range in colours, two or three as red, green and blue. Default: all. */
  readonly ranges?: readonly RadialRange[];
  /** A range whose mean intensity is subtracted. Default none. */
  readonly background?: RadialRange;
  /** What of the ranges is mapped: their intensity, or the peak that is fitted in each. Default `"intensity"`. */
  readonly quantity?: MapQuantity;
}

/** Red, green and blue. */
const MOST_RANGES = 3;
/** Patterns of more bytes than this stay in the kernel, which then computes the maps. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Milliseconds between two updates of the page. */
const UPDATE_MS = 250;
/** Failures that are told in words. */
const MOST_FAILURES = 100;

/**
 * The map of a scan: drag a radial range over the pattern for its map, click a point for its pattern
 * and its detector image. A scan that runs fills its map meanwhile.
 *
 * A map's values are the mean intensity of the range's bins, less that of the background's.
 *
 * @throws OptionError for ranges that are none, or more than three.
 * @example
 * ```ts
 * new ScanMap(await openScan("map.h5"), { ranges: [[3.6, 3.8]], background: [3.9, 4.0] })
 * ```
 */
export class ScanMap extends ColorView {
  static override readonly model: PageClass = pageClass("ScanMapModel");
  static override readonly view: PageClass = pageClass("ScanMap");
  static override readonly traits: TraitTable = {
    ...colorTraits,
    width: { type: "number", default: 980 },
    height: { type: "number", default: 320 },
    shape: { type: "any", default: [0, 0] },
    slow: { type: "any", default: { name: "slow" } },
    fast: { type: "any", default: { name: "fast" } },
    unit: { type: "string", default: "2th_deg" },
    frames: { type: "integer", default: 0 },
    frames_done: { type: "integer", default: 0 },
    is_running: { type: "boolean", default: false },
    failed: { type: "any", default: [] },
    has_frames: { type: "boolean", default: false },
    ranges: { type: "any", default: [] },
    background: { type: "any", nullable: true },
    quantity: { type: "choice", values: MAP_QUANTITIES, default: "intensity" },
    picked: { type: "any", nullable: true },
  };

  /** What is mapped, in the scan's radial unit; the user changes it. */
  declare ranges: readonly RadialRange[];
  /** What is subtracted. */
  declare background: RadialRange | null;
  /** What of the ranges is mapped on the page: the intensity, or the peak that is fitted in each. */
  declare quantity: MapQuantity;
  /** The point whose pattern and image are shown. */
  declare picked: readonly [slow: number, fast: number] | null;
  declare readonly framesDone: number;
  declare readonly isRunning: boolean;
  declare readonly failed: readonly FailedFrame[];

  readonly scan: Scan;
  readonly #profiles: Profiles;
  /** Whether a page has the patterns, and must be told of new ones. */
  #isShared = false;
  #news = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #endUpdates: (() => void) | undefined;

  constructor(scan: Scan, options: ScanMapOptions = {}) {
    const { title = scan.title, width = 980, height = 320, background = null } = options;
    const { radial, slow, fast } = scan;
    const ranges = options.ranges ?? [[radial[0]!, radial.at(-1)!]];
    const profiles = profilesOf(scan);
    const motor = ({ name, unit }: Scan["slow"]) =>
      unit === undefined ? { name } : { name, unit };
    super(
      {
        ...colorState(options),
        ...{ title, width, height, ranges, background, quantity: options.quantity },
        shape: scan.shape,
        slow: motor(slow),
        fast: motor(fast),
        unit: scan.unit,
        hasFrames: scan.frame !== undefined,
        description: describe(scan),
        ...progressOf(scan),
      },
      arraysOf(scan, profiles),
    );
    this.scan = scan;
    this.#profiles = profiles;
    this.#endUpdates = scan.onUpdate?.((update) => this.#take(update));
  }

  /** The map of the first range, row by row of the slow motor; NaN where there is no pattern yet. */
  get map(): Image<Float32Array> {
    return this.maps[0]!;
  }

  /** The map of each range. */
  get maps(): Image<Float32Array>[] {
    const bins = (range: RadialRange) => binsWithin(this.scan.radial, range);
    const below = this.background === null ? undefined : bins(this.background);
    return this.ranges.map((range) => ({
      data: rangeMap(this.#profiles, bins(range), below),
      shape: [...this.scan.shape],
    }));
  }

  protected override reconcile(next: State): void {
    checkRanges(next.ranges as RadialRange[], next.background as RadialRange | null);
  }

  override get svg(): string {
    return scanFigure(this.scan, this.map, this.description, {
      ...this.look,
      width: Math.min(this.width, 640),
      plotHeight: this.height,
    });
  }

  override close(): void {
    this.#endUpdates?.();
    this.#endUpdates = undefined;
    clearTimeout(this.#timer);
    super.close();
  }

  protected override handleMessage(
    content: Record<string, unknown>,
    buffers: readonly Uint8Array[],
  ): unknown {
    const message = content as unknown as ScanMessageToKernel | { do: "arrays" | "still" };
    const { data, bins, points } = this.#profiles;
    switch (message.do) {
      case "maps":
        return this.#tellMaps(message);
      case "pattern": {
        const { point } = message;
        if (!(point >= 0 && point < points)) return undefined;
        this.#tellPage({ do: "pattern", point }, [data.slice(point * bins, (point + 1) * bins)]);
        return undefined;
      }
      case "frame":
        return this.#tellFrame(message.index);
      case "slice":
        return this.#tellSlice();
      default:
        this.#isShared ||= message.do === "arrays";
        return super.handleMessage(content, buffers);
    }
  }

  async #tellMaps({ quantity, ranges, background, request }: MapsRequest): Promise<void> {
    try {
      const maps =
        quantity === "intensity"
          ? ranges.map((range) => rangeMap(this.#profiles, range, background ?? undefined))
          : await this.peaks(quantity);
      this.#tellPage({ do: "maps", request }, maps);
    } catch (error) {
      this.#tellPage({ do: "no maps", request, text: textOf(error) });
    }
  }

  /**
   * The peak that is fitted in each range, at every point: its position, width or area; NaN where there
   * is none.
   */
  async peaks(quantity: Exclude<MapQuantity, "intensity">): Promise<Float32Array[]> {
    const found = await peakMaps(profileGrid(this.scan, this.#profiles), this.ranges);
    const field = { position: "center", width: "fwhm", area: "area" } as const;
    return found.map((map) => Float32Array.from(map[field[quantity]].data));
  }

  #tellSlice(): void {
    try {
      const { ranges, background } = this;
      const beside = background === null ? {} : { background: [background] };
      const { slices, center } = tomogram(this.scan, { ranges: ranges.slice(0, 1), ...beside });
      const { headers, buffers } = packArrays({ image: slices[0]! });
      const words = `Slice of the first range; the axis of rotation is at point ${tickText(center)}`;
      this.#tellPage({ do: "slice", words, arrays: headers }, buffers);
    } catch (error) {
      this.#tellPage({ do: "no slice", text: textOf(error) });
    }
  }

  async #tellFrame(index: number): Promise<void> {
    try {
      const image = await this.scan.frame!(index);
      const { headers, buffers } = packArrays({ image });
      this.#tellPage({ do: "frame", index, arrays: headers }, buffers);
    } catch (error) {
      this.#tellPage({
        do: "no frame",
        index,
        text: textOf(error),
      });
    }
  }

  /** Patterns may come faster than a page draws: they go there a few times a second. */
  #take({ points, isRunning }: ScanUpdate): void {
    for (const point of points) {
      updateProfile(this.#profiles, this.scan, point);
      this.#news.add(point);
    }
    if (this.isClosed) this.close();
    else if (!isRunning) this.#tellNews();
    else this.#timer ??= setTimeout(() => this.#tellNews(), UPDATE_MS);
  }

  #tellNews(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const news = Int32Array.from(this.#news);
    this.#news.clear();
    const { data, bins } = this.#profiles;
    if (this.#isShared && isLarge(this.#profiles)) {
      this.setArrays(arraysOf(this.scan, this.#profiles));
    } else if (this.#isShared && news.length > 0) {
      const patterns = new Float32Array(news.length * bins);
      for (const [i, point] of news.entries()) {
        patterns.set(data.subarray(point * bins, (point + 1) * bins), i * bins);
      }
      const frames = news.map((point) => this.scan.pointer[point]!);
      this.#tellPage({ do: "points" }, [news, frames, patterns]);
    }
    this.set(progressOf(this.scan));
  }

  #tellPage(message: ScanMessageToPage, buffers: readonly ArrayBufferView[] = []): void {
    this.send(message as unknown as State, buffers);
  }
}

type MapsRequest = Extract<ScanMessageToKernel, { do: "maps" }>;

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** One profile for each point, where points have cakes too. */
function profileGrid({ shape, radial }: Scan, { data }: Profiles): PatternGrid {
  return { shape, radial, intensity: data };
}

function checkRanges(ranges: readonly RadialRange[], background: RadialRange | null): void {
  if (ranges.length === 0 || ranges.length > MOST_RANGES) {
    throw new OptionError("ranges", ranges, `give 1 to ${MOST_RANGES} of them, [low, high] each`);
  }
  const all = [...ranges, ...(background === null ? [] : [background])];
  for (const range of all) {
    const [low, high] = range;
    if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
      const name = range === background ? "background" : "ranges";
      throw new OptionError(name, range, "give [low, high] in the scan's radial unit");
    }
  }
}

function isLarge({ data }: Profiles): boolean {
  return data.byteLength > MOST_BYTES;
}

function arraysOf(scan: Scan, profiles: Profiles): ViewArrays {
  const list = (data: Float64Array | Int32Array) => ({ data, shape: [data.length] });
  const { points, bins, data } = profiles;
  return {
    radial: list(scan.radial),
    slow: list(scan.slow.positions),
    fast: list(scan.fast.positions),
    pointer: list(scan.pointer),
    ...(isLarge(profiles)
      ? { mean: list(meanPattern(profiles)) }
      : { patterns: { data, shape: [points, bins] } }),
  };
}

function progressOf({ frames, framesDone, isRunning, failed }: Scan): State {
  return { frames, framesDone, isRunning, failed: failed.slice(0, MOST_FAILURES) };
}

/** A scan in words. */
function describe({ title, shape, slow, fast, radial, unit, frames, framesDone }: Scan): string {
  const { symbol, text } = radialUnit(unit);
  const [low, high] = [tickText(radial[0]!), tickText(radial.at(-1)!)];
  const size = `${shape[0]} points of ${slow.name} × ${shape[1]} of ${fast.name}`;
  const done = framesDone < frames ? `, ${framesDone} of ${frames} frames` : "";
  return `${title || "Scan"}: ${size}, ${symbol} from ${low} to ${high} ${text}${done}.`;
}
