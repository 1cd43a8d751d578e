import { FIELD_BYTES, type JournalKind } from "../host/journal-file.js";
import type { PatternLayout } from "./pattern-layout.js";

export const SCAN_JOURNAL: JournalKind = { magic: "cakelab diff_map journal 1\n", of: "a scan" };

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

/** The beginning of a journal as JSON holds it. */
export function plainHead({ layout, ...head }: JournalHead): unknown {
  const { radial, azimuthal, ...others } = layout;
  const axes = { radial: [...radial], azimuthal: azimuthal && [...azimuthal] };
  return { ...head, layout: { ...others, ...axes } };
}

/** The other way. */
export function headOf(plain: unknown): JournalHead {
  const { layout, ...head } = plain as Omit<JournalHead, "layout"> & {
    readonly layout: Omit<PatternLayout, "radial" | "azimuthal"> & {
      readonly radial: number[];
      readonly azimuthal?: number[];
    };
  };
  return {
    ...head,
    layout: {
      ...layout,
      radial: Float64Array.from(layout.radial),
      azimuthal: layout.azimuthal && Float64Array.from(layout.azimuthal),
    },
  };
}

/** What a journal's file calls a kind of record. */
export function kindNumber(kind: JournalRecord["kind"]): number {
  return kind === "pattern" ? 0 : 1;
}

/** A record's own bytes. */
export function encodeFields(record: Omit<JournalRecord, "kind">): Uint8Array {
  const fields = new Uint8Array(FIELD_BYTES);
  const view = new DataView(fields.buffer);
  view.setInt32(0, record.index, true);
  view.setInt32(4, record.point, true);
  view.setInt32(8, record.file, true);
  view.setInt32(12, record.frame, true);
  view.setFloat64(16, record.monitor, true);
  return fields;
}

/** The other way. */
export function decodeFields(kind: number, fields: Uint8Array): JournalRecord {
  const view = new DataView(fields.buffer, fields.byteOffset, fields.byteLength);
  return {
    kind: kind === 0 ? "pattern" : "failed",
    index: view.getInt32(0, true),
    point: view.getInt32(4, true),
    file: view.getInt32(8, true),
    frame: view.getInt32(12, true),
    monitor: view.getFloat64(16, true),
  };
}
