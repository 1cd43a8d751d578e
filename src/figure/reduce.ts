import type { Image } from "../array.js";

/** What stands for the pixels that fall together. */
export type Reduction = "mean" | "max";

/**
 * A smaller picture of an image: each new pixel is the mean or the largest of those under it; NaN
 * where all of them are masked or not finite. An image that is small enough keeps its pixels.
 *
 * @param masked tells whether a pixel of the image does not count
 */
export function reduceImage(
  image: Image,
  mostRows: number,
  mostColumns: number,
  how: Reduction = "mean",
  masked: (index: number) => boolean = () => false,
): Image<Float32Array> {
  const [rows, columns] = image.shape;
  const shape: [number, number] = [Math.min(rows, mostRows), Math.min(columns, mostColumns)];
  const total = new Float64Array(shape[0] * shape[1]);
  const count = new Float64Array(total.length);
  const toColumn = Int32Array.from({ length: columns }, (_, column) =>
    Math.floor((column * shape[1]) / columns),
  );
  for (let row = 0, i = 0; row < rows; row++) {
    const start = Math.floor((row * shape[0]) / rows) * shape[1];
    for (let column = 0; column < columns; column++, i++) {
      const value = image.data[i]!;
      if (!Number.isFinite(value) || masked(i)) continue;
      const to = start + toColumn[column]!;
      const before = total[to]!;
      if (how === "mean") total[to] = before + value;
      else if (count[to] === 0 || value > before) total[to] = value;
      count[to]!++;
    }
  }
  const data = Float32Array.from(total, (sum, i) => {
    return count[i] === 0 ? Number.NaN : how === "mean" ? sum / count[i]! : sum;
  });
  return { data, shape };
}
