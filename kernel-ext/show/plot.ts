import { OptionError } from "../../src/errors.js";
import { type Line, linePlot } from "../../src/figure/line-plot.js";
import type { Mark } from "../../src/figure/marks.js";
import type { ScaleName } from "../../src/figure/scale.js";
import { metadataOf, withMetadata } from "../bundle-metadata.js";
import type { FigureOptions } from "./figure.js";
import { svgImage } from "./html.js";
import { type StillBundle, stillBundle } from "./still-bundle.js";

/** How curves are drawn. */
export interface PlotOptions extends FigureOptions {
  readonly xTitle: string;
  readonly yTitle: string;
  /** Of the vertical axis. Default `"linear"`. */
  readonly scale?: ScaleName;
  /** Places on the horizontal axis to point out. */
  readonly marks?: readonly Mark[];
}

/** A picture of curves; as the last value of a cell, it is shown. */
export interface Plot {
  /** An SVG document. */
  readonly svg: string;
}

class ShownPlot implements Plot {
  readonly svg: string;
  readonly #description: string;

  constructor(svg: string, description: string) {
    this.svg = svg;
    this.#description = description;
  }

  async [Symbol.for("Jupyter.display")](): Promise<StillBundle & { "text/html": string }> {
    const still = await stillBundle(this.svg, this.#description);
    const html = svgImage(this.svg, this.#description);
    return withMetadata({ ...still, "text/html": html }, metadataOf(still));
  }
}

/**
 * Curves over any two quantities, such as strains over loads. Where a value is NaN, a curve has a gap.
 *
 * @throws OptionError for a curve whose places and values differ in number
 * @example
 * ```ts
 * plot([{ label: "along the load", x: load, y: strain }], { xTitle: "load in N", yTitle: "strain" })
 * ```
 */
export function plot(lines: readonly Line[], options: PlotOptions): Plot {
  const { title, width = 640, height = 320, ...axes } = options;
  for (const { label, x, y } of lines) {
    if (x.length === y.length) continue;
    const message = `${label} has ${x.length} places and ${y.length} values; give one for each`;
    throw new OptionError("lines", label, message);
  }
  const names = lines.map(({ label }) => label).join(", ");
  const description = `${title ?? options.yTitle}: ${options.yTitle} over ${options.xTitle}; ${names}.`;
  const plotted = { ...axes, ...(title !== undefined && { title }), width, plotHeight: height };
  return new ShownPlot(linePlot(lines, { ...plotted, description }), description);
}
