import type { Cakes } from "../../src/cake/cakes.js";
import { OptionError } from "../../src/errors.js";
import { type Line, linePlot } from "../../src/figure/line-plot.js";
import type { Mark } from "../../src/figure/marks.js";
import type { ScaleName } from "../../src/figure/scale.js";
import { tickText } from "../../src/figure/ticks.js";
import { radialUnit } from "../../src/geometry/units.js";
import type { Integrate1dResult } from "../../src/integrate/result.js";
import { axisTitle } from "./cake-figure.js";
import type { Figure, FigureOptions } from "./figure.js";

/** How profiles are drawn, and which of them. */
export interface LinesFigureOptions extends FigureOptions {
  /** Of the intensities. Default `"linear"`. */
  readonly scale?: ScaleName;
  /** Which cakes, counted from 1 as xrdfit does. Default: all. */
  readonly cakes?: readonly number[];
  /** Names of the profiles. Default: their cakes, or their numbers. */
  readonly labels?: readonly string[];
  /** Limits in the radial unit. Default: the profiles' own. */
  readonly radialRange?: readonly [low: number, high: number];
  /** Lifts each profile above the one before by this much: a waterfall. Default 0. */
  readonly offset?: number;
  /** Places to point out, such as where rings should be. */
  readonly marks?: readonly Mark[];
}

/** What has profiles: one result, several, or the cakes of one image. */
export type ProfileSource = Cakes | Integrate1dResult | readonly Integrate1dResult[];

/** A profile with its name. */
export interface Profile extends Line {
  readonly unit: string;
}

/**
 * Profiles over the radial unit: one result, several, or the cakes of one image.
 *
 * @throws OptionError for a cake that is not there, or profiles in different units.
 */
export function linesFigure(results: ProfileSource, options: LinesFigureOptions = {}): Figure {
  const { title, width = 640, height = 320, offset = 0, scale = "linear" } = options;
  const profiles = profilesOf(results, options);
  const unit = oneUnit(profiles);
  const { symbol, text } = radialUnit(unit);
  const lines = profiles.map((profile, i) => ({
    ...profile,
    y: offset === 0 ? profile.y : Float64Array.from(profile.y, (value) => value + i * offset),
  }));
  const names =
    profiles.length > 6
      ? `${profiles[0]!.label} to ${profiles.at(-1)!.label}`
      : profiles.map((p) => p.label).join(", ");
  const description = `${title ?? "Profiles"}: intensity over ${symbol}; ${names}.`;
  const svg = linePlot(lines, {
    ...(title === undefined ? {} : { title }),
    xRange: options.radialRange ?? binEdges(profiles),
    ...(options.marks === undefined ? {} : { marks: options.marks }),
    description,
    width,
    plotHeight: height,
    xTitle: axisTitle(symbol, text),
    yTitle: offset === 0 ? "intensity" : `intensity, each + ${tickText(offset)}`,
    scale,
  });
  return { svg, description };
}

/** The profiles of a source, with their names. */
export function profilesOf(
  results: ProfileSource,
  { cakes, labels }: Pick<LinesFigureOptions, "cakes" | "labels">,
): Profile[] {
  if ("centers" in results) {
    const numbers = cakes ?? results.intensity.map((_, i) => i + 1);
    return numbers.map((number, i) => {
      const y = results.intensity[number - 1];
      if (y === undefined) {
        const message = `there is no cake ${number}; there are 1 to ${results.intensity.length}`;
        throw new OptionError("cakes", number, message);
      }
      const direction = tickText(results.centers[number - 1]!);
      return {
        label: labels?.[i] ?? `cake ${number} (${direction}°)`,
        x: results.radial,
        y,
        unit: results.unit,
      };
    });
  }
  const list: readonly Integrate1dResult[] = "radial" in results ? [results] : results;
  return list.map(({ radial, intensity, unit }, i) => ({
    label: labels?.[i] ?? `profile ${i + 1}`,
    x: radial,
    y: intensity,
    unit,
  }));
}

/** From the first bin's lower edge to the last one's upper edge, over all profiles. */
function binEdges(profiles: readonly Profile[]): [low: number, high: number] {
  const ends = profiles.map(({ x }) => {
    const half = x.length > 1 ? (x[1]! - x[0]!) / 2 : 0.5;
    return [x[0]! - half, x[x.length - 1]! + half] as const;
  });
  return [Math.min(...ends.map(([low]) => low)), Math.max(...ends.map(([, high]) => high))];
}

/** The unit that profiles share. */
export function oneUnit(profiles: readonly Profile[]): string {
  const units = [...new Set(profiles.map(({ unit }) => unit))];
  if (units.length !== 1) {
    throw new OptionError(
      "results",
      units,
      profiles.length === 0
        ? "there is no profile to draw"
        : `profiles in different units (${units.join(", ")}) do not share an axis`,
    );
  }
  return units[0]!;
}
