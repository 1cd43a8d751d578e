/**
 * Brings the pixels of a picture, in place, to at most so many colours: first the commonest
 * one, then again and again the one that the palette so far serves worst, counted over its pixels.
 * A colour that is rare but like no other is kept so, and gradients keep even steps.
 *
 * @param pixels a word for each pixel: red, green, blue and opacity, in any order.
 */
export function fewerColors(pixels: Uint32Array, most: number): void {
  const counts = countColors(pixels);
  if (counts.size <= most) return;
  const colors = Uint32Array.from(counts.keys());
  const weights = Float64Array.from(counts.values());
  const servedBy = choose(colors, weights, most);
  const replaced = new Map(Array.from(colors, (color, i) => [color, servedBy[i]!]));
  forEachRun(pixels, (color, from, end) => {
    pixels.fill(replaced.get(color)!, from, end);
  });
}

function countColors(pixels: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  forEachRun(pixels, (color, from, end) => {
    counts.set(color, (counts.get(color) ?? 0) + end - from);
  });
  return counts;
}

function forEachRun(
  pixels: Uint32Array,
  visit: (color: number, from: number, end: number) => void,
): void {
  for (let from = 0, end = 0; from < pixels.length; from = end) {
    const color = pixels[from]!;
    for (end = from + 1; end < pixels.length && pixels[end] === color; ) end++;
    visit(color, from, end);
  }
}

/** For each colour, the one of the chosen `most` that is closest. */
function choose(colors: Uint32Array, weights: Float64Array, most: number): Uint32Array {
  const servedBy = new Uint32Array(colors.length);
  const distances = new Float64Array(colors.length).fill(Infinity);
  let next = weights.indexOf(weights.reduce((high, weight) => Math.max(high, weight)));
  for (let chosen = 0; chosen < most; chosen++) {
    const color = colors[next]!;
    let worst = -1;
    for (let i = 0; i < colors.length; i++) {
      const distance = squaredDistance(colors[i]!, color);
      if (distance < distances[i]!) {
        distances[i] = distance;
        servedBy[i] = color;
      }
      const loss = distances[i]! * weights[i]!;
      if (loss > worst) {
        worst = loss;
        next = i;
      }
    }
  }
  return servedBy;
}

function squaredDistance(a: number, b: number): number {
  const first = (a & 255) - (b & 255);
  const second = ((a >>> 8) & 255) - ((b >>> 8) & 255);
  const third = ((a >>> 16) & 255) - ((b >>> 16) & 255);
  const fourth = (a >>> 24) - (b >>> 24);
  return first * first + second * second + third * third + fourth * fourth;
}
