import { OptionError } from "../../errors.js";
import {
  bytesOf,
  differingSettings,
  FIELD_BYTES,
  JournalFile,
  type JournalKind,
} from "../../host/journal-file.js";
import { nodeModule } from "../../host/node.js";
import { makeFolder, outputError } from "../../host/write-atomic.js";
import { EarlierFrames, type FrameIdentity } from "./earlier-frames.js";
import {
  checkArrays,
  newValues,
  type RecordArrayLayout,
  type RecordArrays,
  type RecordLayout,
  valueBytes,
  valuesOf,
} from "./record-layout.js";

/** A frame that was recorded, without its arrays. */
export interface RecordedFrame extends FrameIdentity {
  /** Its place in the record, from 0. */
  readonly index: number;
}

/** How a record is begun, or gone on with. */
export interface FrameRecordOptions {
  /** What is kept of each frame. */
  readonly layout: RecordLayout;
  /** What two runs must have in common to be one, as JSON can hold it. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Goes on with what an interrupted run has left; begins anew where there is nothing. Default false. */
  readonly resume?: boolean;
  /** Frames after which the disk is asked to have them for good. Default 500. */
  readonly saveInterval?: number;
}

interface RecordHead {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly layout: RecordLayout;
  readonly started: string;
}

const KIND: JournalKind = { magic: "cakelab stream journal 1\n", of: "a stream" };
const SAVE_INTERVAL = 500;

/**
 * What is kept of the frames of a stream until it is written as a file: a journal beside the output,
 * one record a frame, whole whenever the process ends.
 *
 * @example
 * const layout = { lineout: { type: "float64", shape: [1000] } } as const;
 * const record = await FrameRecord.open("scan.h5", { layout, resume: true });
 * for await (const given of stream) {
 *   const frame = record.continued(given);
 *   if (frame !== undefined) await record.add(frame, { lineout: await lineoutOf(frame) });
 * }
 * await writeRecord("scan.h5", record, { datasets: { lineout: { path: "/lineout" } } });
 * await record.remove();
 */
export class FrameRecord {
  readonly #file: JournalFile;
  readonly #head: RecordHead;
  readonly #saveInterval: number;
  readonly #isReadOnly: boolean;
  /** Of the run that was interrupted. */
  readonly #earlier = new EarlierFrames();
  /** Where the payload of each frame begins. */
  #offsets = new Float64Array(1024);
  #frames = 0;
  #last: RecordedFrame | undefined;
  #isOpen = true;
  #saved: Promise<void> = Promise.resolve();
  #unsaved = 0;

  private constructor(file: JournalFile, saveInterval: number | undefined) {
    this.#file = file;
    this.#isReadOnly = saveInterval === undefined;
    this.#head = file.head as RecordHead;
    this.#saveInterval = saveInterval ?? SAVE_INTERVAL;
  }

  /**
   * Begins the record of an output, or goes on with it.
   *
   * @throws OptionError where another run was interrupted and is not to be gone on with, or had other
   * settings or arrays; FileFormatError where another file lies in the journal's place; OutputError
   */
  static async open(output: string, options: FrameRecordOptions): Promise<FrameRecord> {
    const { layout, settings = {}, saveInterval = SAVE_INTERVAL } = options;
    if (!Number.isInteger(saveInterval) || saveInterval < 1) {
      const message = `is to be a whole number from 1, not ${saveInterval}`;
      throw new OptionError("saveInterval", saveInterval, message);
    }
    const path = JournalFile.pathFor(output);
    const left = JournalFile.open(path, KIND);
    if (left !== undefined) {
      const record = new FrameRecord(left, saveInterval);
      record.#takeAll();
      if (record.frames > 0) return record.#goOn(output, options);
      // Nothing is lost with it.
      record.close();
    }
    const { dirname, resolve } = nodeModule("node:path");
    try {
      await makeFolder(dirname(resolve(output)));
    } catch (error) {
      throw outputError(output, error);
    }
    const head: RecordHead = { settings, layout, started: new Date().toISOString() };
    return new FrameRecord(JournalFile.create(path, KIND, head), saveInterval);
  }

  /** Whether there is a run to go on with. */
  static isBegun(output: string): boolean {
    return nodeModule("node:fs").existsSync(JournalFile.pathFor(output));
  }

  /**
   * Opens what a run that goes on, or was interrupted, has recorded so far.
   *
   * @returns `undefined` where there is none
   * @throws FileFormatError where another file lies in the journal's place
   */
  static read(output: string): FrameRecord | undefined {
    const file = JournalFile.open(JournalFile.pathFor(output), KIND, { isReadOnly: true });
    if (file === undefined) return undefined;
    const record = new FrameRecord(file, undefined);
    record.#takeAll();
    return record;
  }

  get layout(): RecordLayout {
    return this.#head.layout;
  }

  get settings(): Readonly<Record<string, unknown>> {
    return this.#head.settings;
  }

  /** When the run began, as ISO 8601. */
  get started(): string {
    return this.#head.started;
  }

  /** How many there are. */
  get frames(): number {
    return this.#frames;
  }

  /** The one that was recorded last. */
  get last(): RecordedFrame | undefined {
    return this.#last;
  }

  /**
   * A frame that is to be recorded, its number counted on from those of an earlier run; `undefined` where
   * that has recorded it already. A file is known by its name, what was sent by its number.
   */
  continued<F extends FrameIdentity>(frame: F): F | undefined {
    return this.#earlier.continued(frame);
  }

  /**
   * Adds a frame; when this returns, no end of the process can lose it.
   *
   * @throws OptionError for arrays that are not as the layout says; OutputError where the disk refuses:
   * what was added before stays.
   */
  async add(frame: FrameIdentity, arrays: RecordArrays): Promise<void> {
    checkArrays(this.layout, arrays);
    const source = new TextEncoder().encode(frame.source);
    const names = Object.keys(this.layout);
    const sizes = Uint32Array.from([source.length, ...names.map((name) => arrays[name]!.length)]);
    const values = names.map((name) => bytesOf(arrays[name]!));
    const fields = new Uint8Array(FIELD_BYTES);
    const view = new DataView(fields.buffer);
    view.setFloat64(0, frame.number, true);
    view.setFloat64(8, frame.timestamp, true);
    const { offset } = this.#file.append(0, fields, [bytesOf(sizes), source, ...values]);
    this.#take(offset, frame);
    if (++this.#unsaved >= this.#saveInterval) await this.save();
  }

  /** Asks the disk to have for good what was added, and waits until it has what was asked for before. */
  async save(): Promise<void> {
    this.#unsaved = 0;
    await this.#saved;
    this.#saved = this.#file.sync();
    // Its error is thrown when it is waited for.
    this.#saved.catch(() => {});
  }

  /** The frame at a place, from 0. */
  frame(index: number): RecordedFrame {
    const offset = this.#offsets[index]!;
    const fields = viewOf(this.#file.readFields(offset));
    const head = this.#sizes(offset);
    const source = new TextDecoder().decode(this.#file.read(offset + head.length * 4, head[0]!));
    const [number, timestamp] = [fields.getFloat64(0, true), fields.getFloat64(8, true)];
    return { index, number, timestamp, source };
  }

  /** An array of the frame at a place. */
  values(index: number, name: string): Float32Array | Float64Array {
    const offset = this.#offsets[index]!;
    const sizes = this.#sizes(offset);
    let at = offset + sizes.length * 4 + sizes[0]!;
    for (const [i, [other, like]] of Object.entries(this.layout).entries()) {
      const count = sizes[i + 1]!;
      const length = count * valueBytes(like);
      if (other === name) return valuesAt(like, this.#file.read(at, length), count);
      at += length;
    }
    const names = Object.keys(this.layout).join(", ");
    throw new OptionError("name", name, `the record has no array "${name}", but ${names}`);
  }

  /** Rows of an array whose number of rows differs: the most of any frame among the first ones. */
  mostRows(name: string, frames: number): number {
    const at = Object.keys(this.layout).indexOf(name);
    const row = valuesOf(this.layout[name]!);
    let most = 0;
    for (let index = 0; index < frames; index++) {
      most = Math.max(most, this.#sizes(this.#offsets[index]!)[at + 1]! / row);
    }
    return most;
  }

  /** Ends it; what is recorded stays, to be gone on with. One without frames goes. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#file.close();
    if (this.#frames === 0 && !this.#isReadOnly) {
      nodeModule("node:fs").rmSync(this.#file.path, { force: true });
    }
  }

  /** Removes it, once its output is written. */
  async remove(): Promise<void> {
    await Promise.allSettled([this.#saved]);
    this.close();
    await nodeModule("node:fs/promises").rm(this.#file.path, { force: true });
  }

  #sizes(offset: number): Uint32Array {
    const count = 1 + Object.keys(this.layout).length;
    return new Uint32Array(this.#file.read(offset, 4 * count).buffer, 0, count);
  }

  #takeAll(): void {
    const names = 1 + Object.keys(this.layout).length;
    for (const { fields, offset, payload } of this.#file.records()) {
      const view = viewOf(fields);
      const length = viewOf(payload).getUint32(0, true);
      const source = new TextDecoder().decode(payload.subarray(4 * names, 4 * names + length));
      const [number, timestamp] = [view.getFloat64(0, true), view.getFloat64(8, true)];
      const frame = { number, timestamp, source };
      this.#take(offset, frame);
      this.#earlier.add(frame);
    }
  }

  #take(offset: number, { number, timestamp, source }: FrameIdentity): void {
    if (this.#frames === this.#offsets.length) {
      const longer = new Float64Array(2 * this.#frames);
      longer.set(this.#offsets);
      this.#offsets = longer;
    }
    this.#last = { index: this.#frames, number, timestamp, source };
    this.#offsets[this.#frames++] = offset;
  }

  #goOn(output: string, { layout, settings = {}, resume = false }: FrameRecordOptions): this {
    try {
      if (!resume) {
        throw new OptionError(
          "resume",
          resume,
          `${this.#file.path} keeps ${this.frames} frames of a run that was interrupted; go on with it by resume, or remove it`,
        );
      }
      const others = differingSettings(this.settings, settings);
      const arrays = differingSettings(this.layout, layout);
      if (others.length + arrays.length > 0) {
        const what =
          others.length > 0 ? `other values of ${others.join(", ")}` : `other ${arrays.join(", ")}`;
        const remedy = "give the same, or name another output";
        throw new OptionError("resume", true, `${output} was begun with ${what}; ${remedy}`);
      }
      this.#file.cutBrokenEnd();
      return this;
    } catch (error) {
      this.close();
      throw error;
    }
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function valuesAt(
  like: RecordArrayLayout,
  bytes: Uint8Array,
  count: number,
): Float32Array | Float64Array {
  const values = newValues(like, count);
  bytesOf(values).set(bytes);
  return values;
}
