import { version } from "../version.js";
import type { CircleMap } from "./circle-map.js";
import type { CompositeMap } from "./composite-map.js";

/** What a map is, as entries of a file's header. */
export function describeMap(map: CompositeMap | CircleMap): Record<string, string> {
  const { row, column, rows, columns } = map.region;
  const common = {
    Software: `cakelab ${version}`,
    Mesh_shape: map.shape.join(" x "),
    Frames: `${map.framesDone} of ${map.shape[0] * map.shape[1]}`,
    // Both corners are inside, rows counted from the top.
    ROI: [column, row, column + columns - 1, row + rows - 1].join(","),
  };
  if (map.kind === "composite") {
    return {
      Title: "composite map",
      ...common,
      Binning: `${map.binning}`,
      Frame_shape: map.tile.join(" x "),
      Composite_shape: map.composite.shape.join(" x "),
    };
  }
  const { radius, width, unit = "pixel", center, origin = "upper", azimuthRange } = map.ring;
  return {
    Title: "ring map",
    ...common,
    Radius: `${radius}`,
    Width: `${width}`,
    Unit: unit,
    Pixels: `${map.pixels}`,
    ...(center && { Center: center.join(","), Origin: origin }),
    ...(azimuthRange && { Azimuth_range: azimuthRange.join(",") }),
  };
}
