import { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import type { Journal, StoredPattern } from "../journal.js";
import { patternShape } from "../pattern-layout.js";
import type { ScanDescription } from "./description.js";
import { writeScanHead } from "./head.js";
import { RESULT, temporaryName } from "./paths.js";
import { pointerAttributes, signalAttributes, writeResultAxes } from "./result-axes.js";

/** The most that is kept until it is written and compared. */
const MOST_BYTES = 2 ** 25;

/** About the most that is written at a time of points without a pattern. */
const EMPTY_BYTES = 2 ** 20;
/** How many points are added at least when there are none left. */
const POINTS_AT_ONCE = 128;

/**
 * A scan's file while the scan runs: lines come as they are reached, so that it opens as a plot at any
 * time. It is not compressed: patterns then never move in it, and only those since the last flush can be
 * missing.
 */
export class GrowingFile {
  readonly #path: string;
  readonly #description: ScanDescription;
  readonly #journal: Journal;
  #writer: Hdf5Writer;
  #lines = 0;
  #unflushed = 0;
  #pointers = new Map<number, number>();

  private constructor(
    path: string,
    description: ScanDescription,
    journal: Journal,
    writer: Hdf5Writer,
  ) {
    this.#path = path;
    this.#description = description;
    this.#journal = journal;
    this.#writer = writer;
  }

  /**
   * Makes the file anew with what the journal has.
   *
   * @throws OutputError
   */
  static async begin(
    path: string,
    description: ScanDescription,
    journal: Journal,
  ): Promise<GrowingFile> {
    const writer = await openEmpty(path, description, journal);
    const file = new GrowingFile(path, description, journal, writer);
    await file.#takeJournal();
    return file;
  }

  /**
   * Adds what the journal has got for a point.
   *
   * @throws OutputError
   */
  async add(point: number, index: number, pattern: StoredPattern): Promise<void> {
    if (!this.#writer.isAlive) {
      // A damaged image has made HDF5's library fail, and this file with it.
      this.#writer = await openEmpty(this.#path, this.#description, this.#journal);
      this.#lines = 0;
      await this.#takeJournal();
      return;
    }
    await this.#put(point, index, pattern);
  }

  /** Makes sure that what was added can be read. */
  async flush(): Promise<void> {
    if (!this.#writer.isAlive) return;
    const [, columns] = this.#description.grid.shape;
    for (const [point, index] of this.#pointers) {
      const start = [Math.floor(point / columns), point % columns];
      this.#writer.write(`${RESULT}/map_ptr`, Int32Array.of(index), start, [1, 1]);
    }
    this.#pointers.clear();
    this.#unflushed = 0;
    await this.#writer.flush();
  }

  /** The same, and closes it. */
  async close(): Promise<void> {
    if (!this.#writer.isAlive) return this.discard();
    await this.flush();
    await this.#writer.commit();
  }

  /** Closes it as it was flushed last. */
  discard(): Promise<void> {
    return this.#writer.discard();
  }

  async #takeJournal(): Promise<void> {
    for (const point of this.#journal.points()) {
      const pattern = this.#journal.pattern(point)!;
      await this.#put(point, this.#journal.recordOf(point)!.index, pattern);
    }
    await this.flush();
  }

  async #put(point: number, index: number, { intensity, sigma }: StoredPattern): Promise<void> {
    const [, columns] = this.#description.grid.shape;
    const line = Math.floor(point / columns);
    if (line >= this.#lines) await this.#reach(line);
    this.#pointers.set(point, index);
    const shape = patternShape(this.#journal.head.layout);
    const start = [line, point % columns, ...shape.map(() => 0)];
    const count = [1, 1, ...shape];
    this.#writer.write(`${RESULT}/intensity`, intensity, start, count);
    if (sigma !== undefined) {
      this.#writer.write(`${RESULT}/intensity_errors`, sigma, start, count);
    }
    this.#unflushed += intensity.byteLength + (sigma?.byteLength ?? 0);
    if (this.#unflushed > MOST_BYTES) await this.flush();
  }

  /** Adds the lines up to one, and a few more, empty. */
  async #reach(line: number): Promise<void> {
    const { grid } = this.#description;
    const { layout } = this.#journal.head;
    const columns = grid.shape[1];
    const shape = patternShape(layout);
    const more = Math.ceil(POINTS_AT_ONCE / columns);
    const lines = Math.min(grid.shape[0], Math.max(line + 1, this.#lines + more));
    const size = shape.reduce((all, n) => all * n, 1);
    const together = Math.max(1, Math.min(columns, Math.floor(EMPTY_BYTES / (4 * size))));
    const empty = new Float32Array(together * size).fill(Number.NaN);
    for (const name of layout.hasSigma ? ["intensity", "intensity_errors"] : ["intensity"]) {
      this.#writer.resize(`${RESULT}/${name}`, [lines, columns, ...shape]);
      for (let line = this.#lines; line < lines; line++) {
        for (let column = 0; column < columns; column += together) {
          const points = Math.min(together, columns - column);
          const start = [line, column, ...shape.map(() => 0)];
          const part = empty.subarray(0, points * size);
          this.#writer.write(`${RESULT}/${name}`, part, start, [1, points, ...shape]);
        }
      }
    }
    const added = lines - this.#lines;
    this.#writer.resize(`${RESULT}/slow`, [lines]);
    const positions = grid.slow.positions.slice(this.#lines, lines);
    this.#writer.write(`${RESULT}/slow`, positions, [this.#lines], [added]);
    this.#writer.resize(`${RESULT}/map_ptr`, [lines, columns]);
    const none = new Int32Array(added * columns).fill(-1);
    this.#writer.write(`${RESULT}/map_ptr`, none, [this.#lines, 0], [added, columns]);
    this.#lines = lines;
    // What is written twice between two flushes would not read back as it was written first.
    await this.#writer.flush();
  }
}

async function openEmpty(
  path: string,
  description: ScanDescription,
  journal: Journal,
): Promise<Hdf5Writer> {
  const writer = await Hdf5Writer.create(path, temporaryName(path));
  try {
    const { head } = journal;
    const columns = description.grid.shape[1];
    const shape = patternShape(head.layout);
    writeScanHead(writer, description, head);
    writeResultAxes(writer, description, head.layout, "intensity", {
      lines: 0,
      isExtendable: true,
    });
    const attributes = signalAttributes(description, head.layout);
    const rows = { shape: [0, columns, ...shape], chunks: [1, 1, ...shape], isExtendable: true };
    writer.dataset(`${RESULT}/intensity`, new Float32Array(0), { ...rows, attributes });
    if (head.layout.hasSigma) {
      const { interpretation = "", units = "" } = attributes;
      writer.dataset(`${RESULT}/intensity_errors`, new Float32Array(0), {
        ...rows,
        attributes: { interpretation, units },
      });
    }
    writer.dataset(`${RESULT}/map_ptr`, new Int32Array(0), {
      shape: [0, columns],
      chunks: [1, columns],
      isExtendable: true,
      attributes: pointerAttributes,
    });
    await writer.commit();
  } catch (error) {
    await writer.discard();
    throw error;
  }
  return Hdf5Writer.append(path);
}
