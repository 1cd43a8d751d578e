/** What MIDAS does to an image, as where a pixel of the result comes from: y = y0 + yy·Y + yz·Z, and so on. */
export interface MidasTransform {
  readonly y0: number;
  readonly yy: number;
  readonly yz: number;
  readonly z0: number;
  readonly zy: number;
  readonly zz: number;
}

/**
 * The transform of `ImTransOpt`'s values, done one after the other: 1 left-right, 2 up-down,
 * 3 transpose, which needs a square image.
 */
export function midasTransform(
  ways: readonly number[],
  [rows, columns]: readonly [rows: number, columns: number],
): MidasTransform {
  let at: MidasTransform = { y0: 0, yy: 1, yz: 0, z0: 0, zy: 0, zz: 1 };
  for (const way of ways.toReversed()) {
    const { y0, yy, yz, z0, zy, zz } = at;
    if (way === 1) at = { ...at, y0: columns - 1 - y0, yy: -yy, yz: -yz };
    else if (way === 2) at = { ...at, z0: rows - 1 - z0, zy: -zy, zz: -zz };
    else if (way === 3) at = { y0: z0, yy: zy, yz: zz, z0: y0, zy: yy, zz: yz };
  }
  return at;
}

/** An image's values after a transform. */
export function transformed<T extends Float64Array | Uint8Array>(
  data: T,
  [rows, columns]: readonly [rows: number, columns: number],
  { y0, yy, yz, z0, zy, zz }: MidasTransform,
): T {
  const out = data.slice() as T;
  for (let Z = 0; Z < rows; Z++) {
    for (let Y = 0; Y < columns; Y++) {
      const [y, z] = [y0 + yy * Y + yz * Z, z0 + zy * Y + zz * Z];
      out[Z * columns + Y] = data[z * columns + y]!;
    }
  }
  return out;
}
