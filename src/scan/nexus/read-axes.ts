import { FileFormatError } from "../../errors.js";
import { openDataset, readSlice } from "../../hdf5/dataset.js";
import type { Hdf5File } from "../../hdf5/hdf5-file.js";
import { readAttribute, readText } from "../../hdf5/small-values.js";
import { evenAxis } from "../axis.js";
import type { ScanAxis } from "../scan.js";

/** The radial axis of a scan's file: the one that is neither a motor nor azimuthal. */
export function radialOf(
  file: Hdf5File,
  result: string,
): { readonly radial: Float64Array; readonly unit: string; readonly isMap: boolean } {
  const axes = (readAttribute(file, result, "axes") ?? []).map(String);
  const space = axes.find((name) => !["slow", "fast", "azimuthal", "."].includes(name));
  if (space === undefined || !file.names(result).includes(space)) {
    throw new FileFormatError(file.path, `${result} does not name its radial axis`);
  }
  const path = `${result}/${space}`;
  const dataset = openDataset(file, path);
  const unit =
    readText(file, path, "pyfai_unit") ?? `${space}_${readText(file, path, "unit") ?? "None"}`;
  return {
    radial: Float64Array.from(readSlice(dataset, [0], dataset.shape)),
    unit,
    isMap: file.names(result).includes("azimuthal"),
  };
}

/** A motor of a scan's file; a file of a scan that runs has its first positions and the ends of all. */
export function axisOf(
  file: Hdf5File,
  result: string,
  which: "slow" | "fast",
  points: number,
  ends: readonly number[],
): ScanAxis {
  const path = `${result}/${which}`;
  if (!file.names(result).includes(which)) return evenAxis({ points }, which);
  const name = readText(file, path, "long_name") ?? which;
  const unit = readText(file, path, "units") ?? readText(file, path, "unit");
  const dataset = openDataset(file, path);
  const there = Float64Array.from(readSlice(dataset, [0], dataset.shape));
  const [start = there[0] ?? 0, stop = start + points - 1] = ends;
  const { positions } = evenAxis({ points, start, stop }, which);
  positions.set(there.subarray(0, points));
  return { name, ...(unit === undefined ? {} : { unit }), positions };
}
