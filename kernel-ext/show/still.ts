import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { encodePng } from "../../src/figure/png.js";
import { fewerColors } from "./fewer-colors.js";

/** Points of a still for each pixel of its figure: sharp on fine screens. */
export const STILL_SCALE = 2;

/** What a still says in its PNG's `Software`, by which the page knows one. */
export const STILL_SOFTWARE = "CakeLab still";

// Noisy images need a byte for almost every pixel: with half the colours, a fifth fewer.
const MOST_COLORS = 128;

type Draw = (svg: string) => Uint8Array;

let loading: Promise<Draw> | undefined;

/**
 * The still of a figure, for where no script runs: its SVG drawn as a PNG, twice as fine as the
 * figure's size in pixels, with the fonts that this package brings along. The first call loads the
 * renderer.
 */
export async function stillPng(svg: string): Promise<Uint8Array> {
  loading ??= loadRenderer();
  return (await loading)(svg);
}

async function loadRenderer(): Promise<Draw> {
  const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
  const [wasm, ...fontBuffers] = await Promise.all(
    [
      "@resvg/resvg-wasm/index_bg.wasm",
      "@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2",
      "@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff2",
    ].map((file) => readFile(createRequire(import.meta.url).resolve(file))),
  );
  await initWasm(wasm!);
  const font = { fontBuffers, defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" };
  return (svg) => {
    // The picture inside has about a pixel for each of the figure's: smoothing would only blur it,
    // and make a file of three times the size.
    const sharp = svg.replace(/ image-rendering="\w+"/g, ' image-rendering="optimizeSpeed"');
    const resvg = new Resvg(sharp, { fitTo: { mode: "zoom", value: STILL_SCALE }, font });
    const drawn = resvg.render();
    const data = straight(new Uint8ClampedArray(drawn.pixels));
    const shape: [number, number] = [drawn.height, drawn.width];
    drawn.free();
    resvg.free();
    return encodeStill(data, shape);
  };
}

/** The pixels of a still (red, green, blue and opacity of each) as a PNG with few colours. */
export function encodeStill(
  data: Uint8ClampedArray<ArrayBuffer>,
  shape: [rows: number, columns: number],
): Uint8Array {
  fewerColors(new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4), MOST_COLORS);
  return encodePng({ data, shape }, { Software: STILL_SOFTWARE });
}

/** The pixels' own colours, in place of what they add to a background. */
function straight(data: Uint8ClampedArray<ArrayBuffer>): Uint8ClampedArray<ArrayBuffer> {
  for (let i = 3; i < data.length; i += 4) {
    const opacity = data[i]!;
    if (opacity === 0 || opacity === 255) continue;
    for (let channel = i - 3; channel < i; channel++) data[channel]! *= 255 / opacity;
  }
  return data;
}
