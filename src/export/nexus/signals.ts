import { ShapeError } from "../../errors.js";
import type { Pattern } from "./pattern.js";

/** A title that says what the data are. */
export function titleOf({ unit, azimuthal }: Pattern): string {
  return azimuthal === undefined ? `profile in ${unit}` : `cakes in ${unit}`;
}

/** The datasets that a frame may have. */
export type SignalName = "intensity" | "intensity_errors" | "count" | `sum_${string}`;

/** The datasets that every frame has, with their attributes. */
export function signalsOf(pattern: Pattern): [SignalName, Record<string, string>][] {
  const interpretation = pattern.azimuthal === undefined ? "spectrum" : "image";
  const names: SignalName[] = ["intensity"];
  if (pattern.errors !== undefined) names.push("intensity_errors");
  names.push("count", ...(Object.keys(pattern.sums) as SignalName[]));
  return names.map((name) => {
    const units = name.startsWith("intensity") ? { units: "counts" } : {};
    return [name, { interpretation, long_name: LONG_NAMES[name] ?? name, ...units }];
  });
}

const LONG_NAMES: Readonly<Record<string, string>> = {
  intensity: "intensity (counts per pixel)",
  intensity_errors: "standard error of the intensity",
  count: "pixels in each bin",
  sum_signal: "sum of the signal",
  sum_normalization: "sum of the normalization",
  sum_variance: "sum of the variance",
};

/** One of the datasets of a pattern. */
export function valuesOf(pattern: Pattern, name: SignalName): Float64Array {
  if (name === "intensity") return pattern.intensity;
  if (name === "intensity_errors") return pattern.errors!;
  return name === "count" ? pattern.count : pattern.sums[name]!;
}

/** @throws ShapeError where two results cannot be in one stack. */
export function checkPattern(pattern: Pattern, first: Pattern): void {
  const isAlike =
    pattern.unit === first.unit &&
    pattern.shape.length === first.shape.length &&
    pattern.shape.every((size, i) => size === first.shape[i]) &&
    pattern.radial.every((value, i) => value === first.radial[i]) &&
    (pattern.errors === undefined) === (first.errors === undefined);
  if (isAlike) return;
  throw new ShapeError(
    "results",
    first.shape,
    pattern.shape,
    "results of one file have the same bins, unit and errors; give radialRange, or write them to different files",
  );
}
