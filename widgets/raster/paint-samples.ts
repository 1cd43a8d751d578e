import { type ColormapName, colormap, maskedColor } from "../../src/figure/colormap.js";
import { type ScaleName, scaleBetween } from "../../src/figure/scale.js";
import { OUTSIDE } from "./raster.js";

/** How intensity becomes colour. */
export interface Coloring {
  readonly scale: ScaleName;
  readonly colormap: ColormapName;
  /** Intensities of the first and the last colour. */
  readonly limits: readonly [low: number, high: number];
}

/** Steps of the table of places: finer than any screen's colours, on every scale. */
const STEPS = 4096;

/** Colours samples, a pixel of the screen each; NaN has the colour of masked pixels; beyond the edges nothing is drawn. */
export function paintSamples(
  samples: Float32Array,
  { scale: name, colormap: map, limits }: Coloring,
  out: Uint32Array,
): void {
  const [low, high] = safeLimits(name, limits);
  const colors = packed(colormap(map));
  const masked = packColor(...maskedColor(map));
  const scale = scaleBetween(name, low, high);
  if (name === "linear") {
    const factor = high > low ? 255 / (high - low) : 0;
    for (let i = 0; i < samples.length; i++) {
      const value = samples[i]!;
      if (Number.isNaN(value)) out[i] = masked;
      else {
        const place = (value - low) * factor;
        out[i] =
          value === OUTSIDE ? 0 : colors[place <= 0 ? 0 : place >= 255 ? 255 : (place + 0.5) | 0]!;
      }
    }
    return;
  }
  // Logarithms of half a million pixels take longer than a frame: borders of the colours are compared.
  const borders = Float64Array.from({ length: 255 }, (_, i) => scale.value((i + 0.5) / 255));
  const root = new Uint8Array(STEPS + 1);
  const [first, last] = [borders[0]!, borders[254]!];
  const perStep = STEPS / (Math.sqrt(last - first) || 1);
  for (let i = 0, color = 0; i <= STEPS; i++) {
    const value = first + (i / perStep) ** 2;
    while (color < 255 && borders[color]! <= value) color++;
    root[i] = color;
  }
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i]!;
    if (Number.isNaN(value)) out[i] = masked;
    else if (value < first) out[i] = value === OUTSIDE ? 0 : colors[0]!;
    else if (value >= last) out[i] = colors[255]!;
    else {
      let color = root[(Math.sqrt(value - first) * perStep) | 0]!;
      while (color < 255 && borders[color]! <= value) color++;
      out[i] = colors[color]!;
    }
  }
}

/** Limits that the scale can have: a logarithm needs them above 0. */
export function safeLimits(
  name: ScaleName,
  [low, high]: readonly [number, number],
): [low: number, high: number] {
  if (name !== "log" || low > 0) return [low, high];
  return high > 0 ? [high * 1e-4, high] : [1, 10];
}

function packed(table: Uint8ClampedArray): Uint32Array {
  return Uint32Array.from({ length: table.length / 3 }, (_, i) =>
    packColor(table[3 * i]!, table[3 * i + 1]!, table[3 * i + 2]!),
  );
}

// Four bytes in the order of memory, which is little-endian wherever browsers run.
function packColor(red: number, green: number, blue: number): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
