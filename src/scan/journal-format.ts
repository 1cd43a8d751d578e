import { nodeModule } from "../host/node.js";
import type { PatternLayout } from "./pattern-layout.js";

// The file: the line MAGIC, the length of the head in bytes, its checksum, the head as JSON; then
// records, each of a fixed head and its payload. Numbers are little-endian.
export const MAGIC = "cakelab diff_map journal 1\n";

/** Bytes of a record before its payload. */
export const RECORD_BYTES = 40;
const RECORD_MARK = 0x4b414343;

/** What a journal begins with: what the scan is, and what its patterns have in common. */
export interface JournalHead {
  /** What two runs must have in common to be one. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly layout: PatternLayout;
  /** When the scan began. */
  readonly started: string;
}

/** A frame of a journal: its pattern, or why there is none. */
export interface JournalRecord {
  readonly kind: "pattern" | "failed";
  /** The frame's place in the series. */
  readonly index: number;
  /** −1 for a frame that is not on the grid. */
  readonly point: number;
  /** Which of the files, and which of its frames; what the run is gone on with from. */
  readonly file: number;
  readonly frame: number;
  /** Counts of the monitor; NaN without one. */
  readonly monitor: number;
}

/** Where the payload of a record lies. */
export interface PlacedRecord extends JournalRecord {
  readonly offset: number;
  readonly bytes: number;
}

/** The beginning of a journal as bytes. */
export function encodeHead(head: JournalHead): Uint8Array {
  const { radial, azimuthal, ...layout } = head.layout;
  const axes = { radial: [...radial], azimuthal: azimuthal && [...azimuthal] };
  const json = new TextEncoder().encode(
    JSON.stringify({ ...head, layout: { ...layout, ...axes } }),
  );
  const sizes = new Uint8Array(8);
  const view = new DataView(sizes.buffer);
  view.setUint32(0, json.length, true);
  view.setUint32(4, checksum(json), true);
  return joined([new TextEncoder().encode(MAGIC), sizes, json]);
}

/** The other way; `undefined` for a head that is not whole. */
export function decodeHead(json: Uint8Array, expected?: number): JournalHead | undefined {
  if (expected !== undefined && checksum(json) !== expected) return undefined;
  const { layout, ...head } = JSON.parse(new TextDecoder().decode(json));
  return {
    ...head,
    layout: {
      ...layout,
      radial: Float64Array.from(layout.radial),
      azimuthal: layout.azimuthal && Float64Array.from(layout.azimuthal),
    },
  };
}

/** A record as bytes. */
export function encodeRecord(record: JournalRecord, payload: readonly Uint8Array[]): Uint8Array {
  const body = joined(payload);
  const head = new Uint8Array(RECORD_BYTES);
  const view = new DataView(head.buffer);
  view.setUint32(0, RECORD_MARK, true);
  view.setUint32(4, record.kind === "pattern" ? 0 : 1, true);
  view.setInt32(8, record.index, true);
  view.setInt32(12, record.point, true);
  view.setInt32(16, record.file, true);
  view.setInt32(20, record.frame, true);
  view.setFloat64(24, record.monitor, true);
  view.setUint32(32, body.length, true);
  view.setUint32(36, checksum(body, checksum(head.subarray(0, 36))), true);
  return joined([head, body]);
}

/** What the head of a record says; `undefined` where there is none. */
export function decodeRecord(
  head: Uint8Array,
): { record: JournalRecord; bytes: number; checksum: number } | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < RECORD_BYTES || view.getUint32(0, true) !== RECORD_MARK) return undefined;
  return {
    record: {
      kind: view.getUint32(4, true) === 0 ? "pattern" : "failed",
      index: view.getInt32(8, true),
      point: view.getInt32(12, true),
      file: view.getInt32(16, true),
      frame: view.getInt32(20, true),
      monitor: view.getFloat64(24, true),
    },
    bytes: view.getUint32(32, true),
    checksum: view.getUint32(36, true),
  };
}

/** CRC-32 of a record: of its head up to the checksum and of its payload. */
export function recordChecksum(head: Uint8Array, payload: Uint8Array): number {
  return checksum(payload, checksum(head.subarray(0, 36)));
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
