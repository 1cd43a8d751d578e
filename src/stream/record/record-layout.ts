import { OptionError } from "../../errors.js";

/** An array that every frame has. */
export interface RecordArrayLayout {
  readonly type: "float32" | "float64";
  /** The first size is `"varies"` where the number of rows differs from frame to frame. */
  readonly shape: readonly [first?: number | "varies", ...others: number[]];
}

/** The arrays of a frame by their names. */
export type RecordLayout = Readonly<Record<string, RecordArrayLayout>>;

/** What is kept of a frame, by name: as many values as the layout says. */
export type RecordArrays = Readonly<Record<string, Float32Array | Float64Array>>;

/** Values of an array, or of one of its rows where their number differs. */
export function valuesOf({ shape }: RecordArrayLayout): number {
  const [first = 1, ...others] = shape;
  return others.reduce((all, size) => all * size, first === "varies" ? 1 : first);
}

/** Bytes of a value. */
export function valueBytes({ type }: RecordArrayLayout): number {
  return type === "float32" ? 4 : 8;
}

/** An array for so many values. */
export function newValues({ type }: RecordArrayLayout, count: number): Float32Array | Float64Array {
  return type === "float32" ? new Float32Array(count) : new Float64Array(count);
}

/** @throws OptionError for an array that is not as the layout says. */
export function checkArrays(layout: RecordLayout, arrays: RecordArrays): void {
  for (const [name, like] of Object.entries(layout)) {
    const { length } = arrays[name] ?? [];
    const isTyped =
      like.type === "float32"
        ? arrays[name] instanceof Float32Array
        : arrays[name] instanceof Float64Array;
    const values = valuesOf(like);
    const fits = like.shape[0] === "varies" ? length % values === 0 : length === values;
    if (isTyped && fits) continue;
    const rows = like.shape[0] === "varies" ? "rows of " : "";
    const what = arrays[name] === undefined ? "it is missing" : `it has ${length} values`;
    throw new OptionError(
      name,
      arrays[name],
      `${what}; the record keeps ${rows}${values} ${like.type} values of each frame`,
    );
  }
}
