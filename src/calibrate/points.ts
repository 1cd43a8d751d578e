/** Points on the detector's plane in metres. */
export interface Points {
  readonly y: Float64Array;
  readonly x: Float64Array;
}

/** Every so manyth of the points, so that at most `most` are left. */
export function thinned(points: Points, most: number): Points {
  const count = points.y.length;
  if (count <= most) return points;
  const pick = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: most }, (_, i) => values[Math.floor((i * count) / most)]!);
  return { y: pick(points.y), x: pick(points.x) };
}
