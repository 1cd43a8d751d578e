import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import type { Region } from "../image/region.js";
import { checkOptionNames } from "../option-names.js";
import { type Box, boxRegion, type Origin } from "./box-region.js";
import {
  frameShape,
  MAP_OPTIONS,
  type MappedFrames,
  type MapReading,
  mapFiles,
  mapFrames,
} from "./map-frames.js";
import { checkMesh, type Mesh } from "./mesh.js";
import { type FrameCorrections, tileMaker } from "./tile.js";

/** A scan, and the part of its frames that a composite map shows. */
export interface CompositeMapOptions extends Mesh, FrameCorrections, MapReading {
  /** Corners of a box of pixels, `[x0, y0, x1, y1]`, both inside it. Default: the whole frames. */
  readonly roi?: Box;
  /** Where row 0 of the box is. Default `"upper"`; xrsmap's is `"lower"`. */
  readonly origin?: Origin;
  /** Blocks of so many pixels squared become their mean. Default 1. */
  readonly binning?: number;
}

/** The frames of a scan side by side, each at its point, and their sums. */
export interface CompositeMap extends MappedFrames {
  readonly kind: "composite";
  /** Tiles of `tile` pixels, line by line; NaN where no frame is. */
  readonly composite: Image<Float32Array>;
  /** `[slow, fast]`: the sum of each tile; NaN where no frame is. */
  readonly sum: Image<Float64Array>;
  readonly tile: readonly [rows: number, columns: number];
  /** What was read of each frame. */
  readonly region: Region;
  readonly binning: number;
}

const OPTIONS: readonly (keyof CompositeMapOptions)[] = [
  ...MAP_OPTIONS,
  "dummy",
  "roi",
  "origin",
  "binning",
];

/** More pixels are no picture any more, and 4 GB. */
const MOST_PIXELS = 2 ** 30;

/**
 * Puts a part of every frame of a two-dimensional scan at its point of one large picture, and sums it
 * up: where in a sample the diffraction changes is seen at a glance. Of files without compression only
 * the rows of the part are read. xrsmap's `composite_map`, for meshes of any shape.
 *
 * Each frame: its box, masked pixels as `dummy`, means of blocks, minus dark, divided by flat, minus
 * background. A frame that cannot be read leaves its point NaN and is among `failed`; an aborted map is
 * returned as far as it has come.
 *
 * @throws OptionError, ShapeError; FileAccessError where no file is there.
 * @example
 * const map = await compositeMap("scan/*.edf", { fast: 41, slow: 21, roi: [400, 300, 463, 363] });
 * await writeScanMap("composite.nxs", map);
 */
export async function compositeMap(
  files: string | readonly string[],
  options: CompositeMapOptions,
): Promise<CompositeMap> {
  checkOptionNames(options, OPTIONS);
  checkMesh(options);
  const { fast, slow, roi, origin = "upper", binning = 1 } = options;
  const paths = await mapFiles(files);
  const shape = await frameShape(paths, options);
  const region = boxRegion(roi, shape, origin, binning);
  const tile = [region.rows / binning, region.columns / binning] as const;
  const width = fast * tile[1];
  if (slow * tile[0] * width > MOST_PIXELS) {
    throw new OptionError(
      "roi",
      roi,
      `the map would have ${slow * tile[0]} × ${width} pixels; choose a smaller box, or a binning above ${binning}`,
    );
  }
  const make = tileMaker(shape, region, binning, options);
  const data = new Float32Array(slow * tile[0] * width).fill(Number.NaN);
  const sums = new Float64Array(slow * fast).fill(Number.NaN);
  const frames = await mapFrames(
    paths,
    { ...region, of: shape },
    options,
    options,
    (part, point) => {
      const { values, counts } = make(part);
      const line = Math.floor(point / fast);
      const corner = line * tile[0] * width + (point - line * fast) * tile[1];
      let sum = 0;
      for (let i = 0; i < values.length; i++) if (counts[i] === 1) sum += values[i]!;
      sums[point] = sum;
      for (let row = 0; row < tile[0]; row++) {
        data.set(values.subarray(row * tile[1], (row + 1) * tile[1]), corner + row * width);
      }
    },
  );
  return {
    kind: "composite",
    ...frames,
    composite: { data, shape: [slow * tile[0], width] },
    sum: { data: sums, shape: [slow, fast] },
    tile,
    region,
    binning,
  };
}
