import type { Mask } from "../../src/mask/mask.js";
import type { Window } from "../raster/raster.js";

/** How a mask is shown over its image. */
export type VeilStyle = "transparent" | "filled" | "hidden";

// Blue, green, red: words of pixels as memory has them.
const MASKED = [60, 60, 230] as const;
const DRAWN = [60, 220, 250] as const;

/** Paints a mask over the pixels of a screen that shows a part of its image. */
export function paintVeil(
  pixels: Uint32Array,
  [height, width]: readonly [number, number],
  window: Window,
  { data, shape: [rows, columns] }: Mask,
  style: "transparent" | "filled" | "drawn",
): void {
  const color = style === "drawn" ? DRAWN : MASKED;
  const part = style === "filled" ? 1 : 0.5;
  const toColumn = Int32Array.from({ length: width }, (_, x) =>
    Math.floor(window.left + ((x + 0.5) * (window.right - window.left)) / width),
  );
  for (let y = 0; y < height; y++) {
    const row = Math.floor(window.top + ((y + 0.5) * (window.bottom - window.top)) / height);
    if (row < 0 || row >= rows) continue;
    for (let x = 0; x < width; x++) {
      const column = toColumn[x]!;
      if (column < 0 || column >= columns || data[row * columns + column] === 0) continue;
      const i = y * width + x;
      pixels[i] = blend(pixels[i]!, color, part);
    }
  }
}

function blend(word: number, [blue, green, red]: readonly number[], part: number): number {
  const mix = (under: number, over: number): number => under + part * (over - under);
  const r = mix(word & 255, red!);
  const g = mix((word >>> 8) & 255, green!);
  const b = mix((word >>> 16) & 255, blue!);
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
