/** The outer edges of the first and the last of even bins, from their centres. */
export function edgesOf(centers: Float64Array): [low: number, high: number] {
  const [first, last] = [centers[0]!, centers.at(-1)!];
  const half = centers.length > 1 ? (centers[1]! - first) / 2 : 0.5;
  return [first - half, last + half];
}

/** Round angles between two. */
export function degreeTicks(low: number, high: number): number[] {
  const step = [1, 5, 15, 30, 45, 90].find((size) => (high - low) / size <= 9) ?? 90;
  const first = Math.ceil(low / step - 1e-6);
  const last = Math.floor(high / step + 1e-6);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}
