/** Where a value lies in a binary header, and how. */
export interface Field {
  readonly name: string;
  readonly at: number;
  readonly type: "u16" | "i16" | "u32" | "i32" | "f32" | "f64" | { readonly text: number };
}

/** The fields of a little-endian binary header as texts; texts end with NUL, empty ones are left out. */
export function readFields(bytes: Uint8Array, fields: readonly Field[]): Record<string, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: [string, string][] = [];
  for (const { name, at, type } of fields) {
    const value = fieldOf(view, at, type);
    if (value !== "") entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

function fieldOf(view: DataView, at: number, type: Field["type"]): string {
  if (typeof type === "object") {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at, type.text);
    return new TextDecoder("latin1").decode(bytes).split("\0", 1)[0]!.trim();
  }
  switch (type) {
    case "u16":
      return `${view.getUint16(at, true)}`;
    case "i16":
      return `${view.getInt16(at, true)}`;
    case "u32":
      return `${view.getUint32(at, true)}`;
    case "i32":
      return `${view.getInt32(at, true)}`;
    case "f32":
      // The shortest digits that are this float32.
      return `${Number(view.getFloat32(at, true).toPrecision(9))}`;
    case "f64":
      return `${view.getFloat64(at, true)}`;
  }
}
