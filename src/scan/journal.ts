import { bytesOf, JournalFile } from "../host/journal-file.js";
import {
  decodeFields,
  encodeFields,
  headOf,
  type JournalHead,
  type JournalRecord,
  kindNumber,
  type PlacedRecord,
  plainHead,
  SCAN_JOURNAL,
} from "./journal-format.js";
import { patternSize } from "./pattern-layout.js";

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
  readonly head: JournalHead;
  readonly #file: JournalFile;
  /** Of each point, where its pattern is. */
  readonly #patterns = new Map<number, PlacedRecord>();
  /** By their index. */
  readonly #failed = new Map<number, JournalRecord & { readonly message: string }>();

  private constructor(file: JournalFile) {
    this.head = headOf(file.head);
    this.#file = file;
  }

  /** Where the journal of an output lies. */
  static pathFor(output: string): string {
    return JournalFile.pathFor(output);
  }

  /**
   * Begins a journal; one that was there is lost.
   *
   * @throws OutputError
   */
  static create(path: string, head: JournalHead): Journal {
    return new Journal(JournalFile.create(path, SCAN_JOURNAL, plainHead(head)));
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
    const file = JournalFile.open(path, SCAN_JOURNAL, { isReadOnly });
    if (file === undefined) return undefined;
    const journal = new Journal(file);
    for (const { kind, fields, offset, bytes, payload } of file.records()) {
      journal.#take({ ...decodeFields(kind, fields), offset, bytes }, () => payload);
    }
    if (!isReadOnly) file.cutBrokenEnd();
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
    const bytes = this.#file.read(record.offset, record.bytes);
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
    bytes.set(this.#file.read(record.offset + 4 * first, bytes.length));
    return true;
  }

  /** Forgets what failed after a frame: it is tried again. */
  forgetFailuresAfter(index: number): void {
    for (const failed of this.#failed.keys()) if (failed > index) this.#failed.delete(failed);
  }

  /** Hands what was added to the disk, not only to the system. */
  sync(): Promise<void> {
    return this.#file.sync();
  }

  close(): void {
    this.#file.close();
  }

  #append(record: JournalRecord, payload: readonly Uint8Array[]): void {
    const { offset, bytes } = this.#file.append(
      kindNumber(record.kind),
      encodeFields(record),
      payload,
    );
    this.#take({ ...record, offset, bytes }, () => payload[0]!);
  }

  #take({ offset, bytes, ...record }: PlacedRecord, payload: () => Uint8Array): void {
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
