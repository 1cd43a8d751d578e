/** A tag of a TIFF file to build: its number, type (3 SHORT, 4 LONG …) and values. */
export type TagValue = readonly [tag: number, type: number, ...values: number[]];

/**
 * A little-endian TIFF file of one page: start, `data` at byte 8, then the page's tags as they are
 * given, however wrong; `next` is the offset of the next page, `"self"` this one's.
 */
export function buildTiff(
  tags: readonly TagValue[],
  data: Uint8Array = new Uint8Array(),
  next: number | "self" = 0,
): Uint8Array {
  const directory = 8 + data.length + (data.length % 2);
  const extra = directory + 6 + 12 * tags.length;
  const sizes = tags.map(([, type, ...values]) => (type === 3 ? 2 : 4) * values.length);
  const long = sizes.filter((size) => size > 4).reduce((sum, size) => sum + size, 0);
  const bytes = new Uint8Array(extra + long);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x2a4949, true);
  view.setUint32(4, directory, true);
  bytes.set(data, 8);
  view.setUint16(directory, tags.length, true);
  let free = extra;
  tags.forEach(([tag, type, ...values], i) => {
    const at = directory + 2 + 12 * i;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, values.length, true);
    let to = at + 8;
    if (sizes[i]! > 4) {
      view.setUint32(to, free, true);
      to = free;
      free += sizes[i]!;
    }
    values.forEach((value, k) => {
      if (type === 3) view.setUint16(to + 2 * k, value, true);
      else view.setUint32(to + 4 * k, value, true);
    });
  });
  view.setUint32(extra - 4, next === "self" ? directory : next, true);
  return bytes;
}

/** The tags of a plain strip of `rows` × `columns` bytes at byte 8, some of them replaced. */
export function plainTags(
  rows: number,
  columns: number,
  replaced: readonly TagValue[] = [],
): TagValue[] {
  const tags: TagValue[] = [
    [256, 4, columns],
    [257, 4, rows],
    [258, 3, 8],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [278, 4, rows],
    [279, 4, rows * columns],
  ];
  const numbers = new Set(replaced.map(([tag]) => tag));
  return [...tags.filter(([tag]) => !numbers.has(tag)), ...replaced].sort((a, b) => a[0] - b[0]);
}
