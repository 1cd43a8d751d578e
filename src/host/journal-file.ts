import { FileFormatError } from "../errors.js";
import { type FileLock, lockFile } from "./file-lock.js";
import { nodeModule } from "./node.js";
import { readAt, writeAt } from "./positioned-file.js";
import { outputError } from "./write-atomic.js";

/** What a journal is of. */
export interface JournalKind {
  /** The file's first line, with its end. */
  readonly magic: string;
  /** What messages call it: a journal of … */
  readonly of: string;
}

/** A record of a journal: 24 bytes that mean something to whoever wrote them, and a payload. */
export interface JournalEntry {
  readonly kind: number;
  readonly fields: Uint8Array;
  /** Where its payload begins in the file, and how long it is. */
  readonly offset: number;
  readonly bytes: number;
}

/** Bytes of `JournalEntry.fields`. */
export const FIELD_BYTES = 24;

/** Bytes of a record before its payload. */
const RECORD_BYTES = 40;
const RECORD_MARK = 0x4b414343;
/** Bytes between the first line and the head: its length and its checksum. */
const SIZE_BYTES = 8;

/**
 * Records one after the other in a file. A process that is killed leaves whole records, and at most one
 * broken one at the end, which is cut off.
 *
 * The file: the line of its kind, the length of the head in bytes, its CRC-32, the head as JSON; then
 * records: mark, kind, fields, the payload's length, the CRC-32 of all of that but itself, payload. Numbers
 * are little-endian.
 */
export class JournalFile {
  readonly path: string;
  /** As it reads back. */
  readonly head: unknown;
  readonly #file: number;
  readonly #lock: FileLock | undefined;
  #end: number;

  private constructor(
    path: string,
    head: unknown,
    file: number,
    end: number,
    lock: FileLock | undefined,
  ) {
    this.path = path;
    this.head = head;
    this.#file = file;
    this.#end = end;
    this.#lock = lock;
  }

  /** Where the journal of an output lies. */
  static pathFor(output: string): string {
    return `${output}.journal`;
  }

  /**
   * Begins a journal; one that was there is lost.
   *
   * @param head what JSON can hold
   * @throws OutputError, also where another run is writing it
   */
  static create(path: string, { magic }: JournalKind, head: unknown): JournalFile {
    const { openSync } = nodeModule("node:fs");
    const lock = lockFile(path);
    try {
      const file = openSync(path, "w+");
      const text = JSON.stringify(head);
      const json = new TextEncoder().encode(text);
      const sizes = new Uint8Array(SIZE_BYTES);
      const view = new DataView(sizes.buffer);
      view.setUint32(0, json.length, true);
      view.setUint32(4, checksum(json), true);
      const bytes = joined([new TextEncoder().encode(magic), sizes, json]);
      writeAt(file, 0, bytes);
      // As it reads back: a run that is gone on with is to be like one that is not.
      return new JournalFile(path, JSON.parse(text), file, bytes.length, lock);
    } catch (error) {
      lock.release();
      throw outputError(path, error);
    }
  }

  /**
   * Opens a journal; its records are to be read next.
   *
   * @returns `undefined` where there is none, or none whose head is whole
   * @param options.isReadOnly also while another run is writing it
   * @throws FileFormatError for a file that is none; OutputError where another run is writing it.
   */
  static open(
    path: string,
    kind: JournalKind,
    { isReadOnly = false }: { readonly isReadOnly?: boolean } = {},
  ): JournalFile | undefined {
    if (!nodeModule("node:fs").existsSync(path)) return undefined;
    const lock = isReadOnly ? undefined : lockFile(path);
    let journal: JournalFile | undefined;
    try {
      journal = JournalFile.#open(path, kind, lock);
    } finally {
      if (journal === undefined) lock?.release();
    }
    return journal;
  }

  static #open(
    path: string,
    { magic, of }: JournalKind,
    lock: FileLock | undefined,
  ): JournalFile | undefined {
    const { closeSync, openSync } = nodeModule("node:fs");
    let file: number;
    try {
      file = openSync(path, lock === undefined ? "r" : "r+");
    } catch (error) {
      throw outputError(path, error);
    }
    const begin = magic.length + SIZE_BYTES;
    const start = readAt(file, 0, begin);
    if (!magic.startsWith(new TextDecoder().decode(start.subarray(0, magic.length)))) {
      closeSync(file);
      throw new FileFormatError(
        path,
        `is no journal of ${of}; it stands where this one's is to be, so move it away`,
      );
    }
    const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
    const json =
      start.length < begin ? undefined : readAt(file, begin, view.getUint32(magic.length, true));
    if (json === undefined || checksum(json) !== view.getUint32(magic.length + 4, true)) {
      closeSync(file);
      return undefined;
    }
    const head: unknown = JSON.parse(new TextDecoder().decode(json));
    return new JournalFile(path, head, file, begin + json.length, lock);
  }

  /** The whole records after those that were read or appended before, each with its payload. */
  *records(): Generator<JournalEntry & { readonly payload: Uint8Array }, void, undefined> {
    for (;;) {
      const head = readAt(this.#file, this.#end, RECORD_BYTES);
      const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
      if (head.length < RECORD_BYTES || view.getUint32(0, true) !== RECORD_MARK) return;
      const bytes = view.getUint32(32, true);
      const offset = this.#end + RECORD_BYTES;
      const payload = readAt(this.#file, offset, bytes);
      const sum = checksum(payload, checksum(head.subarray(0, 36)));
      if (payload.length < bytes || sum !== view.getUint32(36, true)) return;
      this.#end = offset + bytes;
      const fields = head.subarray(8, 8 + FIELD_BYTES);
      yield { kind: view.getUint32(4, true), fields, offset, bytes, payload };
    }
  }

  /** Cuts off what comes after the whole records. */
  cutBrokenEnd(): void {
    nodeModule("node:fs").ftruncateSync(this.#file, this.#end);
  }

  /**
   * Adds a record.
   *
   * @param fields 24 bytes
   * @throws OutputError where the disk refuses; what was added before stays.
   */
  append(kind: number, fields: Uint8Array, payload: readonly Uint8Array[]): JournalEntry {
    const length = payload.reduce((sum, part) => sum + part.length, 0);
    const record = new Uint8Array(RECORD_BYTES + length);
    const view = new DataView(record.buffer);
    view.setUint32(0, RECORD_MARK, true);
    view.setUint32(4, kind, true);
    record.set(fields, 8);
    view.setUint32(32, length, true);
    let at = RECORD_BYTES;
    for (const part of payload) {
      record.set(part, at);
      at += part.length;
    }
    const sum = checksum(record.subarray(RECORD_BYTES), checksum(record.subarray(0, 36)));
    view.setUint32(36, sum, true);
    try {
      writeAt(this.#file, this.#end, record);
    } catch (error) {
      // Half a record is of no use, and what is to be written next may need its place.
      this.cutBrokenEnd();
      throw outputError(this.path, error);
    }
    const offset = this.#end + RECORD_BYTES;
    this.#end += record.length;
    return { kind, fields, offset, bytes: length };
  }

  /** The fields of the record whose payload begins at `offset`. */
  readFields(offset: number): Uint8Array {
    return readAt(this.#file, offset - RECORD_BYTES + 8, FIELD_BYTES);
  }

  /** Some of its bytes, at the beginning of a buffer of their own. */
  read(offset: number, bytes: number): Uint8Array {
    return readAt(this.#file, offset, bytes);
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
    this.#lock?.release();
  }
}

/** An array's bytes where they are. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

/**
 * Names of settings in which two runs differ, as JSON tells.
 *
 * @param isSame overrules the comparison for a setting where it gives an answer
 */
export function differingSettings(
  before: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
  isSame: (name: string, before: unknown, now: unknown) => boolean | undefined = () => undefined,
): string[] {
  const read = JSON.parse(JSON.stringify(now)) as Readonly<Record<string, unknown>>;
  const names = new Set([...Object.keys(before), ...Object.keys(read)]);
  return [...names].filter((name) => {
    const [a, b] = [before[name], read[name]];
    return !(isSame(name, a, b) ?? JSON.stringify(a) === JSON.stringify(b));
  });
}

function checksum(bytes: Uint8Array, before = 0): number {
  return nodeModule("node:zlib").crc32(bytes, before);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
