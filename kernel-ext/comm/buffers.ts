/** Where a buffer belongs in a state: keys of objects and indices of arrays. */
export type BufferPath = (string | number)[];

/** Binary data as widgets hold it. */
export type Binary = ArrayBuffer | ArrayBufferView;

/** A state in two parts: what JSON can hold, and the binary data with its places. */
export interface Parted {
  state: Record<string, unknown>;
  paths: BufferPath[];
  buffers: Binary[];
}

/** Tells binary data from all else. */
export function isBinary(value: unknown): value is Binary {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
}

/**
 * Takes the binary data out of a state: keys of objects vanish, items of arrays become null. The
 * given state is left as it is.
 */
export function removeBuffers(state: Readonly<Record<string, unknown>>): Parted {
  const paths: BufferPath[] = [];
  const buffers: Binary[] = [];
  const take = (value: Binary, path: BufferPath): void => {
    paths.push(path);
    buffers.push(value);
  };
  const visitItem = (value: unknown, path: BufferPath): unknown => {
    if (Array.isArray(value)) {
      return value.map((item, i) => {
        if (!isBinary(item)) return visitItem(item, [...path, i]);
        take(item, [...path, i]);
        return null;
      });
    }
    return isPlainObject(value) ? visitObject(value, path) : value;
  };
  const visitObject = (value: object, path: BufferPath): Record<string, unknown> => {
    const kept: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      if (isBinary(item)) take(item, [...path, key]);
      else kept[key] = visitItem(item, [...path, key]);
    }
    return kept;
  };
  return { state: visitObject(state, []), paths, buffers };
}

/**
 * Puts binary data back into a state that has come over the wire; the state itself changes. Paths that
 * lead nowhere are left out.
 */
export function putBuffers(
  state: Record<string, unknown>,
  paths: readonly BufferPath[],
  buffers: readonly Uint8Array[],
): void {
  for (const [i, path] of paths.entries()) {
    const buffer = buffers[i];
    if (buffer === undefined || path.some((key) => key === "__proto__")) continue;
    let place: unknown = state;
    for (const key of path.slice(0, -1)) {
      place = (place as Record<string | number, unknown> | null | undefined)?.[key];
    }
    const last = path.at(-1);
    if (typeof place !== "object" || place === null || last === undefined) continue;
    (place as Record<string | number, unknown>)[last] = buffer;
  }
}

/** Tells objects that are only keys and values from arrays, dates, widgets and all else. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of another realm, as of a cell's, have another Object.prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
