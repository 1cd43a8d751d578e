import { radialUnit } from "../../src/geometry/units.js";
import type { Integrate1dResult } from "../../src/integrate/result.js";
import { metadataOf, withMetadata } from "../bundle-metadata.js";
import { briefText } from "./array-summary.js";
import { axisTitle, cakeFigure } from "./cake-figure.js";
import type { Figure } from "./figure.js";
import { svgImage } from "./html.js";
import { imageFigure } from "./image-figure.js";
import type { Known } from "./known-value.js";
import { linesFigure } from "./lines-figure.js";
import { plotlyFigure } from "./plotly-figure.js";
import { stillBundle } from "./still-bundle.js";

/** A value of the library as a figure, its still and text. */
export async function showKnown(known: Known): Promise<Record<string, unknown>> {
  const text = briefText(known.value);
  switch (known.kind) {
    case "image":
      return bundle(text, imageFigure(known.value));
    case "cakes":
    case "2d":
      return bundle(text, cakeFigure(known.value));
    case "1d":
      return bundle(text, linesFigure(known.value), plotly(known.value));
  }
}

function plotly({ radial, intensity, unit }: Integrate1dResult): Record<string, unknown> {
  const { symbol, text } = radialUnit(unit);
  const lines = [{ label: "intensity", x: radial, y: intensity }];
  const titles = { x: axisTitle(symbol, text), y: "intensity" };
  return { "application/vnd.plotly.v1+json": plotlyFigure(lines, titles) };
}

async function bundle(
  text: string,
  { svg, description }: Figure,
  more: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const still = await stillBundle(svg, `${description}\n${text}`);
  return withMetadata(
    { ...still, "text/html": svgImage(svg, description), ...more },
    metadataOf(still),
  );
}
