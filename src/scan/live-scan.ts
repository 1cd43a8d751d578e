import type { Image } from "../array.js";
import { frameReader, unknownFirsts } from "./frame-reader.js";
import type { StoredPattern } from "./journal.js";
import type { JournalRecord } from "./journal-format.js";
import type { ScanDescription } from "./nexus/description.js";
import { type PatternLayout, patternSize } from "./pattern-layout.js";
import type { FailedFrame, Scan, ScanAxis, ScanUpdate } from "./scan.js";

/** Milliseconds between two updates, which wait for a frame to end as well. */
const UPDATE_MS = 150;

/** A scan in memory that fills up while it runs. */
export class LiveScan implements Scan {
  readonly title: string;
  readonly shape: readonly [slow: number, fast: number];
  readonly slow: ScanAxis;
  readonly fast: ScanAxis;
  readonly radial: Float64Array;
  readonly unit: string;
  readonly azimuthal?: Float64Array;
  readonly intensity: Float32Array;
  readonly sigma?: Float32Array;
  readonly pointer: Int32Array;
  readonly frames: number;
  framesDone = 0;
  isRunning = true;
  readonly failed: FailedFrame[] = [];
  readonly frame: (index: number) => Promise<Image>;
  readonly #firsts: Int32Array;
  readonly #size: number;
  readonly #callbacks = new Set<(update: ScanUpdate) => void>();
  #changed: number[] = [];
  #told = performance.now();

  constructor({ title, grid, files, trustedFolders }: ScanDescription, layout: PatternLayout) {
    const { radial, azimuthal, unit, hasSigma } = layout;
    this.title = title;
    this.shape = grid.shape;
    this.slow = grid.slow;
    this.fast = grid.fast;
    this.radial = radial;
    this.unit = unit;
    if (azimuthal !== undefined) this.azimuthal = azimuthal;
    this.frames = grid.shape[0] * grid.shape[1];
    this.#size = patternSize(layout);
    this.intensity = new Float32Array(this.frames * this.#size).fill(Number.NaN);
    if (hasSigma) this.sigma = new Float32Array(this.intensity.length).fill(Number.NaN);
    this.pointer = new Int32Array(this.frames).fill(-1);
    this.#firsts = unknownFirsts(files);
    this.frame = frameReader(files, this.#firsts, { trustedFolders });
  }

  /** Takes a pattern. */
  put(
    { point, index, file, frame }: Omit<JournalRecord, "kind">,
    { intensity, sigma }: StoredPattern,
  ): void {
    this.#firsts[file] = index - frame;
    this.intensity.set(intensity, point * this.#size);
    if (sigma !== undefined) this.sigma?.set(sigma, point * this.#size);
    this.pointer[point] = index;
    this.framesDone++;
    this.#changed.push(point);
    if (performance.now() - this.#told >= UPDATE_MS) this.#tell();
  }

  fail(failed: FailedFrame): void {
    this.failed.push(failed);
  }

  /** No more will come. */
  end(): void {
    if (!this.isRunning) return;
    this.isRunning = false;
    this.#tell();
  }

  onUpdate(callback: (update: ScanUpdate) => void): () => void {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  #tell(): void {
    const { framesDone, isRunning } = this;
    const points = this.#changed;
    this.#changed = [];
    this.#told = performance.now();
    for (const callback of this.#callbacks) callback({ framesDone, points, isRunning });
  }
}
