import { radialUnit } from "../../src/geometry/units.js";
import type { Integrate1dResult } from "../../src/integrate/result.js";
import { metadataOf, withMetadata } from "../bundle-metadata.js";
import { axisTitle, CakeView } from "../widgets/cake-view.js";
import type { FigureView } from "../widgets/figure-view.js";
import { ImageView } from "../widgets/image-view.js";
import { Lineouts } from "../widgets/lineouts.js";
import { briefText } from "./array-summary.js";
import { svgImage } from "./html.js";
import type { Known } from "./known-value.js";
import { plotlyFigure } from "./plotly-figure.js";
import { stillBundle } from "./still-bundle.js";

/** A value of the library as a figure, its still and text. */
export async function showKnown(known: Known): Promise<Record<string, unknown>> {
  const text = briefText(known.value);
  switch (known.kind) {
    case "image":
      return bundle(text, new ImageView(known.value));
    case "cakes":
    case "2d":
      return bundle(text, new CakeView(known.value));
    case "1d":
      return bundle(text, new Lineouts(known.value), plotly(known.value));
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
  view: FigureView,
  more: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const still = await stillBundle(view.svg, `${view.description}\n${text}`);
  return withMetadata(
    { ...still, "text/html": svgImage(view.svg, view.description), ...more },
    metadataOf(still),
  );
}
