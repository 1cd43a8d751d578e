import { FileFormatError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { outputError } from "../host/write-atomic.js";
import {
  decodeHead,
  decodeRecord,
  encodeHead,
  encodeRecord,
  type JournalHead,
  type JournalRecord,
  MAGIC,
  type PlacedRecord,
  RECORD_BYTES,
  recordChecksum,
} from "./journal-format.js";
import { patternSize } from "./pattern-layout.js";
import { readAt, writeAt } from "./positioned-file.js";

/** A frame's pattern in the precision that files have. */
export interface StoredPattern {
  readonly intensity: Float32Array;
  readonly sigma: Float32Array | undefined;
}

/**
 * The patterns of a scan that is not finished, one after the other in a file beside the output. A
 * process that is killed leaves whole records, and at most one broken one at the end, which is cut
 * off: an HDF5 file that is killed while it is written may be lost.
 */
export class Journal {
  readonly path: string;
  readonly head: JournalHead;
  readonly #file: number;
  #end: number;
  /** Of each point, where its pattern is. */
  readonly #patterns = new Map<number, PlacedRecord>();
  /** By their index. */
  readonly #failed = new Map<number, JournalRecord & { readonly message: string }>();

  private constructor(path: string, head: JournalHead, file: number, end: number) {
    this.path = path;
    this.head = head;
    this.#file = file;
    this.#end = end;
  }

  /** Where the journal of an output lies. */
  static pathFor(output: string): string {
    return `${output}.journal`;
  }

  /**
   * Begins a journal; one that was there is lost.
   *
   * @throws OutputError
   */
  static create(path: string, head: JournalHead): Journal {
    const { openSync } = nodeModule("node:fs");
    try {
      const file = openSync(path, "w+");
      const bytes = encodeHead(head);
      writeAt(file, 0, bytes);
      // As it reads back: a run that is gone on with is to be like one that is not.
      const json = bytes.subarray(MAGIC.length + 8);
      return new Journal(path, decodeHead(json)!, file, bytes.length);
    } catch (error) {
      throw outputError(path, error);
    }
  }

  /**
   * Opens a journal.
   *
   * @param options.isReadOnly leaves a broken end as it is: somebody may be writing it
   * @returns `undefined` where there is none, or none whose head is whole
   * @throws FileFormatError for a file that is none.
   */
  static open(
    path: string,
    { isReadOnly = false }: { readonly isReadOnly?: boolean } = {},
  ): Journal | undefined {
    const { closeSync, existsSync, ftruncateSync, openSync } = nodeModule("node:fs");
    if (!existsSync(path)) return undefined;
    let file: number;
    try {
      file = openSync(path, isReadOnly ? "r" : "r+");
    } catch (error) {
      throw outputError(path, error);
    }
    const begin = MAGIC.length + 8;
    const start = readAt(file, 0, begin);
    const magic = new TextDecoder().decode(start.subarray(0, MAGIC.length));
    if (!MAGIC.startsWith(magic)) {
      closeSync(file);
      throw new FileFormatError(
        path,
        "is no journal of a scan; it stands where this scan's is to be, so move it away",
      );
    }
    const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
    const length = start.length < begin ? 0 : view.getUint32(MAGIC.length, true);
    const head =
      length === 0
        ? undefined
        : decodeHead(readAt(file, begin, length), view.getUint32(MAGIC.length + 4, true));
    if (head === undefined) {
      closeSync(file);
      return undefined;
    }
    const journal = new Journal(path, head, file, begin + length);
    journal.#readRecords();
    if (!isReadOnly) ftruncateSync(file, journal.#end);
    return journal;
  }

  /** The last pattern in the order of the series. */
  get last(): JournalRecord | undefined {
    let last: JournalRecord | undefined;
    for (const record of this.#patterns.values()) {
      if (last === undefined || record.index > last.index) last = record;
    }
    return last;
  }

  /** In the order of the series. */
  get failed(): (JournalRecord & { readonly message: string })[] {
    return [...this.#failed.values()].sort((a, b) => a.index - b.index);
  }

  /** Frames of which there is a pattern. */
  get frames(): number {
    return this.#patterns.size;
  }

  /** What is known of the frame at a point. */
  recordOf(point: number): JournalRecord | undefined {
    return this.#patterns.get(point);
  }

  /** The points that have patterns, in the order in which they came. */
  points(): IterableIterator<number> {
    return this.#patterns.keys();
  }

  /**
   * Adds a pattern.
   *
   * @throws OutputError where the disk refuses; what was added before stays.
   */
  add(record: Omit<JournalRecord, "kind">, { intensity, sigma }: StoredPattern): void {
    const arrays = sigma === undefined ? [intensity] : [intensity, sigma];
    this.#append(recordOf("pattern", record), arrays.map(bytesOf));
  }

  /** Adds why there is no pattern of a frame. */
  addFailure(record: Omit<JournalRecord, "kind">, message: string): void {
    this.#append(recordOf("failed", record), [new TextEncoder().encode(message)]);
  }

  /** The pattern at a point; `undefined` where there is none. */
  pattern(point: number): StoredPattern | undefined {
    const record = this.#patterns.get(point);
    if (record === undefined) return undefined;
    const bytes = readAt(this.#file, record.offset, record.bytes);
    const values = new Float32Array(bytes.buffer, 0, bytes.length / 4);
    const size = patternSize(this.head.layout);
    return {
      intensity: values.subarray(0, size),
      sigma: this.head.layout.hasSigma ? values.subarray(size) : undefined,
    };
  }

  /** Some intensities at a point, from value `first` on, into `target`; false where there are none. */
  readIntensity(point: number, first: number, target: Float32Array): boolean {
    const record = this.#patterns.get(point);
    if (record === undefined) return false;
    const bytes = bytesOf(target);
    bytes.set(readAt(this.#file, record.offset + 4 * first, bytes.length));
    return true;
  }

  /** Forgets what failed after a frame: it is tried again. */
  forgetFailuresAfter(index: number): void {
    for (const failed of this.#failed.keys()) if (failed > index) this.#failed.delete(failed);
  }

  /** Hands what was added to the disk, not only to the system. */
  sync(): Promise<void> {
    const { fsync } = nodeModule("node:fs");
    return new Promise((resolve, reject) => {
      fsync(this.#file, (error) => (error ? reject(outputError(this.path, error)) : resolve()));
    });
  }

  close(): void {
    nodeModule("node:fs").closeSync(this.#file);
  }

  #append(record: JournalRecord, payload: readonly Uint8Array[]): void {
    const { ftruncateSync } = nodeModule("node:fs");
    const bytes = encodeRecord(record, payload);
    try {
      writeAt(this.#file, this.#end, bytes);
    } catch (error) {
      // Half a record is of no use, and what is to be written next may need its place.
      ftruncateSync(this.#file, this.#end);
      throw outputError(this.path, error);
    }
    this.#take(record, this.#end + RECORD_BYTES, bytes.length - RECORD_BYTES, () => payload[0]!);
    this.#end += bytes.length;
  }

  #readRecords(): void {
    for (;;) {
      const head = readAt(this.#file, this.#end, RECORD_BYTES);
      const decoded = decodeRecord(head);
      if (decoded === undefined) return;
      const { record, bytes, checksum } = decoded;
      const payload = readAt(this.#file, this.#end + RECORD_BYTES, bytes);
      if (payload.length < bytes || recordChecksum(head, payload) !== checksum) return;
      this.#take(record, this.#end + RECORD_BYTES, bytes, () => payload);
      this.#end += RECORD_BYTES + bytes;
    }
  }

  #take(record: JournalRecord, offset: number, bytes: number, payload: () => Uint8Array): void {
    if (record.kind === "pattern") {
      this.#patterns.set(record.point, { ...record, offset, bytes });
      this.#failed.delete(record.index);
    } else {
      const message = new TextDecoder().decode(payload());
      this.#failed.set(record.index, { ...record, message });
    }
  }
}

/** A record alone: what is given may hold whole results besides, which are not to be kept. */
function recordOf(
  kind: JournalRecord["kind"],
  { index, point, file, frame, monitor }: Omit<JournalRecord, "kind">,
): JournalRecord {
  return { kind, index, point, file, frame, monitor };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
