import { COLORMAP_NAMES, type ColormapName } from "../../src/figure/colormap.js";
import { displayLimits } from "../../src/figure/limits.js";
import { SCALE_NAMES, type ScaleName } from "../../src/figure/scale.js";
import { type Coloring, safeLimits } from "../raster/paint-samples.js";
import type { Raster } from "../raster/raster.js";
import type { ViewState } from "../view-state.js";
import { choice, numberField } from "./controls.js";

/** Percentiles that are offered: all, and without the few that would darken or dazzle. */
const LEVELS: readonly (readonly [string, string])[] = [
  ["0.5,99.8", "0.5 – 99.8 %"],
  ["0,100", "all"],
  ["1,99", "1 – 99 %"],
  ["5,95", "5 – 95 %"],
  ["hand", "by hand"],
];

/** The traits that say how intensity becomes colour. */
export const COLOR_TRAITS = ["scale", "colormap", "limits", "percentiles"] as const;

/** Controls of scale, colours and levels, and the colouring that they give for a raster. */
export interface ColorControls {
  readonly elements: readonly HTMLElement[];
  /** The colouring of a raster as the traits are now; the controls show it. */
  coloring(raster: Raster): Coloring;
}

/** Makes the controls for the traits of a view. */
export function colorControls(state: ViewState): ColorControls {
  let shown: readonly [number, number] = [0, 1];
  const scale = choice<ScaleName>(
    "scale",
    SCALE_NAMES.map((name) => [name, name]),
    (name) => state.set({ scale: name }),
  );
  const colors = choice<ColormapName>(
    "colours",
    COLORMAP_NAMES.map((name) => [name, name]),
    (name) => state.set({ colormap: name }),
  );
  const levels = choice("levels", LEVELS, (value) =>
    state.set(
      value === "hand"
        ? { limits: [...shown] }
        : { limits: null, percentiles: value.split(",").map(Number) },
    ),
  );
  const low = numberField("from", (value) => state.set({ limits: [value, shown[1]] }));
  const high = numberField("to", (value) => state.set({ limits: [shown[0], value] }));
  const ends = document.createElement("span");
  ends.className = "cakelab-group";
  ends.append(low.element, high.element);
  return {
    elements: [scale.element, colors.element, levels.element, ends],
    coloring: (raster) => {
      const name = state.get<ScaleName>("scale");
      const limits = state.get<[number, number] | null>("limits");
      const percentiles = state.get<[number, number]>("percentiles");
      shown = safeLimits(name, limits ?? displayLimits(raster.data, name, percentiles));
      scale.show(name);
      colors.show(state.get("colormap"));
      levels.show(limits === null ? percentiles.join(",") : "hand");
      low.show(shown[0]);
      high.show(shown[1]);
      return { scale: name, colormap: state.get("colormap"), limits: shown };
    },
  };
}
