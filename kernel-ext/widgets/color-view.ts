import { COLORMAP_NAMES, type ColormapName } from "../../src/figure/colormap.js";
import type { PaintOptions } from "../../src/figure/paint.js";
import { SCALE_NAMES, type ScaleName } from "../../src/figure/scale.js";
import { FigureView, figureTraits } from "./figure-view.js";
import type { TraitTable } from "./trait-spec.js";

/** The traits of views that show intensity as colour. */
export const colorTraits: TraitTable = {
  ...figureTraits,
  scale: { type: "choice", values: SCALE_NAMES, default: "linear" },
  colormap: { type: "choice", values: COLORMAP_NAMES, default: "viridis" },
  limits: { type: "list", of: { type: "number" }, nullable: true },
  percentiles: { type: "list", of: { type: "number" }, default: [0.5, 99.8] },
  reduce: { type: "choice", values: ["mean", "max"], default: "mean" },
};

/** A view that shows intensity as colour; the user changes how on the page, and its properties follow. */
export abstract class ColorView extends FigureView {
  declare scale: ScaleName;
  declare colormap: ColormapName;
  /** Intensities of the first and the last colour; null: by percentiles. */
  declare limits: readonly [low: number, high: number] | null;
  declare percentiles: readonly [low: number, high: number];

  /** How the view looks now, for a picture of it. */
  protected get look(): PaintOptions & { title?: string; width: number; height: number } {
    const { title, width, height, scale, colormap, limits, percentiles } = this;
    return {
      ...{ width, height, scale, colormap, percentiles },
      ...(title === "" ? {} : { title }),
      ...(limits === null ? {} : { limits }),
    };
  }
}

/** The traits that paint options set. */
export function colorState(options: PaintOptions): object {
  const { scale, colormap, percentiles, limits } = options;
  return { scale, colormap, percentiles, limits };
}
