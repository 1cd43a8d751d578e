import type { Image } from "../../src/array.js";
import { paintImage } from "../../src/figure/paint.js";
import { encodePng } from "../../src/figure/png.js";
import { reduceImage } from "../../src/figure/reduce.js";
import { radialUnit } from "../../src/geometry/units.js";
import type { Integrate1dResult } from "../../src/integrate/result.js";
import { briefText } from "./array-summary.js";
import { axisTitle, cakeFigure } from "./cake-figure.js";
import type { Figure } from "./figure.js";
import { svgImage } from "./html.js";
import { imageFigure } from "./image-figure.js";
import type { Known } from "./known-value.js";
import { lineRaster } from "./line-raster.js";
import { linesFigure } from "./lines-figure.js";
import { plotlyFigure } from "./plotly-figure.js";

/** No picture has more pixels than this on a side. */
const LARGEST = 800;

/** A value of the library as a figure, a picture and text. */
export function showKnown(known: Known): Record<string, unknown> {
  const text = briefText(known.value);
  switch (known.kind) {
    case "image":
      return bundle(text, imageFigure(known.value), png(known.value));
    case "cakes": {
      const { intensity, radial } = known.value;
      const data = new Float64Array(intensity.length * radial.length);
      for (const [row, profile] of intensity.entries()) data.set(profile, row * radial.length);
      const image: Image = { data, shape: [intensity.length, radial.length] };
      return bundle(text, cakeFigure(known.value), png(image));
    }
    case "2d": {
      const { intensity, shape } = known.value;
      return bundle(text, cakeFigure(known.value), png(upsideDown(intensity, shape)));
    }
    case "1d":
      return showProfile(text, known.value);
  }
}

function showProfile(text: string, result: Integrate1dResult): Record<string, unknown> {
  const { radial, intensity, unit } = result;
  const { symbol, text: unitText } = radialUnit(unit);
  const lines = [{ label: "intensity", x: radial, y: intensity }];
  const titles = { x: axisTitle(symbol, unitText), y: "intensity" };
  return {
    ...bundle(text, linesFigure(result), lineRaster(lines)),
    "application/vnd.plotly.v1+json": plotlyFigure(lines, titles),
  };
}

function bundle(
  text: string,
  { svg, description }: Figure,
  picture: Uint8Array,
): Record<string, unknown> {
  return {
    "text/plain": `${description}\n${text}`,
    "text/html": svgImage(svg, description),
    "image/png": Buffer.from(picture).toString("base64"),
  };
}

/** The colours of an image, without axes; each cake of few is several pixels high. */
function png(image: Image): Uint8Array {
  const [rows, columns] = image.shape;
  const shrink = Math.min(1, LARGEST / Math.max(rows, columns));
  const small = reduceImage(
    image,
    Math.max(1, Math.round(rows * shrink)),
    Math.max(1, Math.round(columns * shrink)),
  );
  const [height, width] = small.shape;
  const times = Math.max(1, Math.floor((0.5 * width) / height));
  return encodePng(paintImage(times > 1 ? taller(small, times) : small));
}

function taller({ data, shape: [rows, columns] }: Image, times: number): Image {
  const tall = new Float64Array(rows * times * columns);
  for (let row = 0; row < rows * times; row++) {
    const from = Math.floor(row / times) * columns;
    tall.set(data.subarray(from, from + columns), row * columns);
  }
  return { data: tall, shape: [rows * times, columns] };
}

/** Rows of azimuth grow upwards, rows of a picture downwards. */
function upsideDown(data: Float64Array, [rows, columns]: readonly [number, number]): Image {
  const turned = new Float64Array(data.length);
  for (let row = 0; row < rows; row++) {
    const line = data.subarray(row * columns, (row + 1) * columns);
    turned.set(line, (rows - 1 - row) * columns);
  }
  return { data: turned, shape: [rows, columns] };
}
