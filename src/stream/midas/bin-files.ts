import { FileAccessError } from "../../errors.js";
import { bytesOf } from "../../host/journal-file.js";
import { nodeModule } from "../../host/node.js";
import { writeAt } from "../../host/positioned-file.js";
import { outputError, writeAtomic } from "../../host/write-atomic.js";
import type { FitCurve } from "../peaks/tracked-peaks.js";
import type { FrameRecord } from "../record/frame-record.js";
import type { RecordArrays } from "../record/record-layout.js";
import { type MidasGrid, mapRows, radiiOf } from "./midas-grid.js";

/** What the files get of a frame. */
export interface BinFrame {
  readonly arrays: RecordArrays;
  readonly curves?: readonly FitCurve[];
}

/**
 * MIDAS' `.bin` files, which its live viewer reads as they grow: `lineout.bin` and
 * `lineout_simple_mean.bin` (R and intensity of each bin), `Int2D.bin`, `fit.bin` (seven values a peak;
 * zeros where it was not fitted), `fit_curves.bin` and `RTthEtaAreaMap.bin`. All are little-endian float64,
 * one frame after the other.
 */
export class BinFiles {
  readonly #folder: string;
  readonly #pairs: Float64Array;
  readonly #radii: Float64Array;
  readonly #open = new Map<string, { readonly file: number; end: number }>();
  #frames = 0;

  private constructor(folder: string, grid: MidasGrid) {
    this.#folder = folder;
    this.#radii = radiiOf(grid);
    this.#pairs = new Float64Array(2 * grid.radial);
  }

  /**
   * Begins the files anew, with the frames that an earlier run has recorded. Its fitted curves are not in
   * the record: of them, what is there stays.
   *
   * @throws OutputError
   */
  static async open(folder: string, grid: MidasGrid, record: FrameRecord): Promise<BinFiles> {
    const files = new BinFiles(folder, grid);
    const path = files.#path("RTthEtaAreaMap.bin");
    await writeAtomic(path, mapRows(grid).map(bytesOf));
    files.#keepCurves(record.frames);
    const names = Object.keys(record.layout);
    for (let index = 0; index < record.frames; index++) {
      const arrays = Object.fromEntries(names.map((name) => [name, record.values(index, name)]));
      files.add({ arrays });
    }
    return files;
  }

  /** @throws OutputError */
  add({ arrays, curves = [] }: BinFrame): void {
    this.#append("lineout.bin", this.#paired(arrays.lineout!));
    this.#append("lineout_simple_mean.bin", this.#paired(arrays.lineout_simple_mean!));
    if (arrays.cake !== undefined) this.#append("Int2D.bin", bytesOf(arrays.cake));
    if (arrays.fit !== undefined) {
      const values = arrays.fit.map((value) => (Number.isFinite(value) ? value : 0));
      this.#append("fit.bin", bytesOf(values));
    }
    for (const { radial, model } of curves) {
      if (model === undefined) continue;
      const start = this.#radii.indexOf(radial[0]!);
      const head = Int32Array.of(this.#frames, start, model.length);
      this.#append("fit_curves.bin", joined(bytesOf(head), bytesOf(model)));
    }
    this.#frames++;
  }

  close(): void {
    const { closeSync } = nodeModule("node:fs");
    for (const { file } of this.#open.values()) closeSync(file);
    this.#open.clear();
  }

  #path(name: string): string {
    return nodeModule("node:path").join(this.#folder, name);
  }

  #paired(values: ArrayLike<number>): Uint8Array {
    for (let r = 0; r < values.length; r++) {
      this.#pairs[2 * r] = this.#radii[r]!;
      this.#pairs[2 * r + 1] = values[r]!;
    }
    return bytesOf(this.#pairs);
  }

  #append(name: string, bytes: Uint8Array): void {
    try {
      let open = this.#open.get(name);
      if (open === undefined) {
        open = { file: nodeModule("node:fs").openSync(this.#path(name), "w"), end: 0 };
        this.#open.set(name, open);
      }
      writeAt(open.file, open.end, bytes);
      open.end += bytes.length;
    } catch (error) {
      throw outputError(this.#path(name), error);
    }
  }

  /** Cuts off the curves of frames that were not recorded any more. */
  #keepCurves(frames: number): void {
    const { existsSync, ftruncateSync, openSync, readFileSync } = nodeModule("node:fs");
    const path = this.#path("fit_curves.bin");
    if (frames === 0 || !existsSync(path)) return;
    try {
      const bytes = readFileSync(path);
      let end = 0;
      while (end + HEAD_BYTES <= bytes.length && bytes.readInt32LE(end) < frames) {
        const next = end + HEAD_BYTES + 8 * bytes.readInt32LE(end + 8);
        if (next <= end || next > bytes.length) break;
        end = next;
      }
      const file = openSync(path, "r+");
      ftruncateSync(file, end);
      this.#open.set("fit_curves.bin", { file, end });
    } catch (cause) {
      throw new FileAccessError(path, "cannot be gone on with; move it away", { cause });
    }
  }
}

/** Frame, first bin, number of bins. */
const HEAD_BYTES = 12;

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
