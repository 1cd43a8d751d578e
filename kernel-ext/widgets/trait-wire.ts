import { isBinary, isPlainObject } from "../comm/buffers.js";
import { type TimeOfDay, timeOfDay } from "./time-of-day.js";
import type { TraitSpec } from "./trait-spec.js";
import type { Widget } from "./widget.js";
import { isWidget, REFERENCE } from "./widget-identity.js";

/** A file that the user has chosen in `FileUpload`. */
export interface UploadedFile {
  readonly name: string;
  /** The MIME type that the browser took it for. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly lastModified: Date;
  readonly content: Uint8Array;
}

interface WireDate {
  year: number;
  /** From 0. */
  month: number;
  date: number;
}

/** A trait's value in the form that travels: JSON, with binary data within. */
export function toWire(spec: TraitSpec, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (spec.type) {
    case "date":
      return dayOf(value as Date);
    case "datetime": {
      const at = value as Date;
      return { ...dayOf(at), ...clockOf(at, "UTC") };
    }
    case "naiveDatetime": {
      const at = value as Date;
      const day = { year: at.getFullYear(), month: at.getMonth(), date: at.getDate() };
      return { ...day, ...clockOf(at, "") };
    }
    case "files":
      return (value as UploadedFile[]).map(({ lastModified, ...file }) => ({
        ...file,
        last_modified: lastModified.getTime(),
      }));
    default:
      return encode(value);
  }
}

/**
 * A value of the page's in the form that a trait holds.
 *
 * @param former the trait's value until now: binary data becomes a typed array of the same kind.
 * @param find a widget by its model's id.
 */
export function fromWire(
  spec: TraitSpec,
  value: unknown,
  former: unknown,
  find: (id: string) => Widget | undefined,
): unknown {
  if (value === null || value === undefined) return null;
  switch (spec.type) {
    case "date": {
      const { year, month, date } = value as WireDate;
      return new Date(Date.UTC(year, month, date));
    }
    case "datetime": {
      const { year, month, date, hours, minutes, seconds, milliseconds } = value as WireDate &
        TimeOfDay;
      return new Date(Date.UTC(year, month, date, hours, minutes, seconds, milliseconds));
    }
    case "naiveDatetime": {
      const { year, month, date, hours, minutes, seconds, milliseconds } = value as WireDate &
        TimeOfDay;
      return new Date(year, month, date, hours, minutes, seconds, milliseconds);
    }
    case "time":
      return timeOfDay(value) ?? null;
    case "files":
      return (value as (UploadedFile & { last_modified: number })[]).map(
        ({ name, type, size, content, last_modified }) => ({
          name,
          type,
          size,
          lastModified: new Date(last_modified),
          content,
        }),
      );
    default:
      return decode(value, former, find);
  }
}

function encode(value: unknown): unknown {
  if (isWidget(value)) return REFERENCE + value.modelId;
  if (Array.isArray(value)) return value.map(encode);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)]));
}

function decode(
  value: unknown,
  former: unknown,
  find: (id: string) => Widget | undefined,
): unknown {
  if (typeof value === "string" && value.startsWith(REFERENCE)) {
    return find(value.slice(REFERENCE.length)) ?? value;
  }
  if (isBinary(value)) return sameKind(value as Uint8Array, former);
  if (Array.isArray(value)) {
    const items = Array.isArray(former) ? former : [];
    return value.map((item, i) => decode(item, items[i], find));
  }
  if (!isPlainObject(value)) return value;
  const fields = isPlainObject(former) ? former : {};
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, decode(item, fields[key], find)]),
  );
}

type ArrayKind = { new (memory: ArrayBufferLike): unknown; BYTES_PER_ELEMENT: number };

/** Bytes as the same kind of typed array as `former`, where their number allows it. */
function sameKind(bytes: Uint8Array, former: unknown): unknown {
  if (!ArrayBuffer.isView(former) || former instanceof Uint8Array) return bytes;
  // A copy, because bytes within a message need not lie where numbers may begin.
  if (former instanceof DataView) return new DataView(bytes.slice().buffer);
  const kind = former.constructor as unknown as ArrayKind;
  if (bytes.byteLength % kind.BYTES_PER_ELEMENT !== 0) return bytes;
  return new kind(bytes.slice().buffer);
}

/** The day of an instant in UTC, which is the day of `new Date("2026-11-20")`. */
function dayOf(at: Date): WireDate {
  return { year: at.getUTCFullYear(), month: at.getUTCMonth(), date: at.getUTCDate() };
}

function clockOf(at: Date, zone: "UTC" | ""): TimeOfDay {
  return {
    hours: at[`get${zone}Hours`](),
    minutes: at[`get${zone}Minutes`](),
    seconds: at[`get${zone}Seconds`](),
    milliseconds: at[`get${zone}Milliseconds`](),
  };
}
