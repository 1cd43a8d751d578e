import { radialAttributes } from "../../export/nexus/nexus-units.js";
import type { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import type { PatternLayout } from "../pattern-layout.js";
import type { ScanDescription } from "./description.js";
import { RESULT, spaceOf } from "./paths.js";

/** Which dataset is to be plotted. */
export type ScanSignal = "map" | "intensity";

/** Writes the group of the result with its axes; `lines` of the slow one. */
export function writeResultAxes(
  writer: Hdf5Writer,
  { grid }: ScanDescription,
  { radial, azimuthal, unit }: PatternLayout,
  signal: ScanSignal,
  { lines, isExtendable = false }: { readonly lines: number; readonly isExtendable?: boolean },
): void {
  const [space, spaceUnit] = spaceOf(unit);
  const pattern = azimuthal === undefined ? [space] : ["azimuthal", space];
  const axes = signal === "map" ? [...pattern, "slow", "fast"] : ["slow", "fast", ...pattern];
  const indices = Object.fromEntries(axes.map((axis, i) => [`${axis}_indices`, i]));
  writer.group(RESULT, { NX_class: "NXdata", signal, axes, ...indices });
  const motor = (which: "slow" | "fast", count: number): void => {
    const { name, unit, positions } = grid[which];
    writer.dataset(`${RESULT}/${which}`, positions.subarray(0, count), {
      shape: [count],
      ...(isExtendable && which === "slow" ? { isExtendable, chunks: [1024] } : {}),
      attributes: {
        interpretation: "scalar",
        long_name: name,
        ...(unit === undefined ? {} : { units: unit }),
      },
    });
  };
  motor("slow", lines);
  motor("fast", grid.shape[1]);
  writer.dataset(`${RESULT}/${space}`, radial, {
    shape: [radial.length],
    // pyFAI's `unit` beside NeXus' `units`.
    attributes: { ...radialAttributes(unit), unit: spaceUnit, interpretation: "scalar" },
  });
  if (azimuthal === undefined) return;
  writer.dataset(`${RESULT}/azimuthal`, azimuthal, {
    shape: [azimuthal.length],
    attributes: { interpretation: "scalar", long_name: "χ (deg)", units: "deg", unit: "deg" },
  });
}

/** What the datasets of patterns say. */
export function signalAttributes(
  { title, grid }: ScanDescription,
  { radial, azimuthal }: PatternLayout,
): Record<string, string> {
  const [slow, fast] = grid.shape;
  return {
    interpretation: azimuthal === undefined ? "spectrum" : "image",
    long_name: "intensity (counts per pixel)",
    units: "counts",
    title: `${title} experiment with nbpt_slow: ${slow} nbpt_fast: ${fast}, nbpt_diff: ${radial.length}`,
  };
}

/** Those of `map_ptr`. */
export const pointerAttributes = {
  interpretation: "image",
  long_name: "Frame index for given map position",
} as const;
