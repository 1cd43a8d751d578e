import type { Image } from "../array.js";
import type { Region } from "../image/region.js";
import { checkOptionNames } from "../option-names.js";
import {
  frameShape,
  MAP_OPTIONS,
  type MappedFrames,
  type MapReading,
  mapFiles,
  mapFrames,
} from "./map-frames.js";
import { checkMesh, type Mesh } from "./mesh.js";
import { type Ring, ringPixels } from "./ring-pixels.js";
import { ringSummer } from "./ring-sums.js";
import type { FrameCorrections } from "./tile.js";

/** A scan, and the ring whose intensity is mapped. */
export interface CircleMapOptions extends Mesh, Ring, Omit<FrameCorrections, "dummy">, MapReading {}

/** The intensity on a ring, for each point of a scan. */
export interface CircleMap extends MappedFrames {
  readonly kind: "circle";
  /** `[slow, fast]`: the sum over the ring's pixels that are not masked; NaN where no frame is. */
  readonly sum: Image<Float64Array>;
  /** The same for each pixel. */
  readonly mean: Image<Float64Array>;
  /** Pixels whose centres lie on the ring, masked ones among them. */
  readonly pixels: number;
  /** What was read of each frame. */
  readonly region: Region;
  readonly ring: Omit<Ring, "ai">;
}

const OPTIONS: readonly (keyof CircleMapOptions)[] = [
  ...MAP_OPTIONS,
  "radius",
  "width",
  "unit",
  "center",
  "origin",
  "ai",
  "azimuthRange",
];

/**
 * Sums a ring of every frame of a two-dimensional scan, all around or in a sector: a map of the
 * intensity of one reflection. The ring is given in pixels, or in a radial unit by the calibration. Of
 * files without compression only the rows of the ring are read. xrsmap's `circle_map`.
 *
 * Frames are corrected, and missing ones handled, as by `compositeMap`; masked pixels, and those that
 * are NaN or infinite, do not count.
 *
 * @throws OptionError, ShapeError; FileAccessError where no file is there.
 * @example
 * const map = await circleMap("scan/*.edf", { fast: 41, slow: 21, ai, unit: "2th_deg", radius: 3.7, width: 0.1 });
 */
export async function circleMap(
  files: string | readonly string[],
  options: CircleMapOptions,
): Promise<CircleMap> {
  checkOptionNames(options, OPTIONS);
  checkMesh(options);
  const { fast, slow, radius, width, unit = "pixel", center, origin, azimuthRange } = options;
  const paths = await mapFiles(files);
  const shape = await frameShape(paths, options);
  const found = ringPixels(shape, options);
  const { region, pixels } = found;
  const sumOf = ringSummer(shape, found, options);
  const sums = new Float64Array(slow * fast).fill(Number.NaN);
  const means = sums.slice();
  const frames = await mapFrames(
    paths,
    { ...region, of: shape },
    options,
    options,
    (part, point) => {
      const { sum, count } = sumOf(part);
      sums[point] = sum;
      means[point] = sum / count;
    },
  );
  return {
    kind: "circle",
    ...frames,
    sum: { data: sums, shape: [slow, fast] },
    mean: { data: means, shape: [slow, fast] },
    pixels: pixels.length,
    region,
    ring: {
      radius,
      width,
      unit,
      ...(center && { center }),
      ...(origin && { origin }),
      ...(azimuthRange && { azimuthRange }),
    },
  };
}
