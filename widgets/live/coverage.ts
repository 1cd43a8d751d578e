import type { Detector } from "../../src/detector/detector.js";
import type { Geometry } from "../../src/geometry/geometry.js";
import { detectorRows, rotate } from "../../src/geometry/pixel-rows.js";
import type { PolarRows } from "../../src/geometry/polar-rows.js";
import type { RadialFunction } from "../../src/geometry/radial-formula.js";
import { rotationMatrix } from "../../src/geometry/rotation.js";
import type { Split } from "../../src/integrate/options.js";
import type { Coverage } from "../../src/integrate/ranges.js";
import { bboxSplitter } from "../../src/integrate/split/bbox.js";
import { fullSplitter } from "../../src/integrate/split/full.js";
import { noSplitter } from "../../src/integrate/split/no.js";
import type { Extent } from "../../src/integrate/split/splitter.js";
import { detectorPlane } from "./detector-plane.js";
import type { LiveImage } from "./live-image.js";

const SPLITTERS = { no: noSplitter, bbox: bboxSplitter, full: fullSplitter } as const;
/** Pixels around the beam that may be nearest to it, on either side. */
const REACH = 2;

/** What is covered by the pixels of an image, for one geometry after another. */
export type MeasureCoverage = (
  geometry: Geometry,
  radialOf: RadialFunction,
  split: Split,
  positive: boolean,
) => Coverage;

/**
 * Measures coverage by the pixels that alone can reach farthest: those beside others that do not count
 * or beside the image's edge, and those at the beam. Radial values and azimuths have no extreme
 * anywhere else.
 */
export function coverageOf(image: LiveImage, detector: Detector): MeasureCoverage {
  const outer = outerPixels(image);
  const positions = pixelPositions(image, detector);
  const outerPositions = positions.of(outer);
  return (geometry, radialOf, split, positive) => {
    const beam = positions.of(pixelsAtBeam(image, detector, geometry, positions));
    const radial: Extent = { low: Infinity, high: -Infinity };
    const azimuth: Extent = { low: Infinity, high: -Infinity };
    let straddles = false;
    const outermost =
      split === "full"
        ? picked(outerPositions, extremes(outerPositions, geometry))
        : outerPositions;
    for (const points of [outermost, beam]) {
      if (points.count === 0) continue;
      const splitter = SPLITTERS[split]({
        rows: polarPoints(points, geometry, radialOf),
        beam: [radialOf(0, 1), radialOf(0, -1)],
        positive,
      });
      const masked = new Uint8Array(points.count);
      straddles = splitter.extend({ row: 0, masked }, radial, azimuth) || straddles;
    }
    return { radial, azimuth, straddles };
  };
}

/** Pixels that count and touch a corner which not only such pixels surround closely. */
function outerPixels({ shape: [rows, columns], values }: LiveImage): number[] {
  const width = columns + 1;
  // Corners of pixels that count; a masked pixel alone among them is no hole.
  const isCovered = new Uint8Array((rows + 1) * width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (Number.isNaN(values[row * columns + column]!)) continue;
      const corner = row * width + column;
      isCovered[corner] = 1;
      isCovered[corner + 1] = 1;
      isCovered[corner + width] = 1;
      isCovered[corner + width + 1] = 1;
    }
  }
  const isOuter = (row: number, column: number): boolean => {
    if (row === 0 || column === 0 || row === rows || column === columns) return true;
    for (let i = row - 1; i <= row + 1; i++) {
      const at = i * width + column;
      if (isCovered[at - 1] === 0 || isCovered[at] === 0 || isCovered[at + 1] === 0) return true;
    }
    return false;
  };
  const outer = new Uint8Array(isCovered.length);
  for (let row = 0, at = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++, at++) {
      if (isCovered[at] === 1 && isOuter(row, column)) outer[at] = 1;
    }
  }
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const corner = row * width + column;
      const touches =
        outer[corner]! | outer[corner + 1]! | outer[corner + width]! | outer[corner + width + 1]!;
      if (touches !== 0 && !Number.isNaN(values[row * columns + column]!)) {
        found.push(row * columns + column);
      }
    }
  }
  return found;
}

/** Pixels as (y, x, z) of the detector's frame. */
interface Points {
  readonly count: number;
  readonly corners: number;
  readonly centerData: Float64Array;
  readonly cornerData: Float64Array;
}

interface Positions {
  of(pixels: readonly number[]): Points;
  /** The pixel whose centre is nearest to a line through the sample, of a detector that is no grid. */
  nearest(geometry: Geometry): number;
}

function pixelPositions({ shape }: LiveImage, detector: Detector): Positions {
  const [rows, columns] = shape;
  const source = detectorRows(detector.layout(shape), shape);
  const { corners } = source;
  const center = new Float64Array(3 * columns);
  const corner = new Float64Array(3 * columns * corners);
  let centers: Float32Array | undefined;
  return {
    of: (pixels) => {
      const centerData = new Float64Array(3 * pixels.length);
      const cornerData = new Float64Array(3 * pixels.length * corners);
      let row = -1;
      for (const [i, pixel] of pixels.entries()) {
        const column = pixel % columns;
        if (row !== Math.floor(pixel / columns)) {
          row = Math.floor(pixel / columns);
          source.centersOfRow(row, center);
          source.cornersOfRow(row, corner);
        }
        centerData.set(center.subarray(3 * column, 3 * column + 3), 3 * i);
        const size = 3 * corners;
        cornerData.set(corner.subarray(size * column, size * (column + 1)), size * i);
      }
      return { count: pixels.length, corners, centerData, cornerData };
    },
    nearest: (geometry) => {
      centers ??= allCenters();
      const { dist, poni1, poni2 } = geometry;
      const m = rotationMatrix(geometry);
      let [best, least] = [0, Infinity];
      for (let pixel = 0, i = 0; pixel < rows * columns; pixel++, i += 3) {
        const p1 = centers[i]! - poni1;
        const p2 = centers[i + 1]! - poni2;
        const p3 = centers[i + 2]! + dist;
        const t1 = m[0] * p1 + m[1] * p2 + m[2] * p3;
        const t2 = m[3] * p1 + m[4] * p2 + m[5] * p3;
        const distance = t1 * t1 + t2 * t2;
        if (distance < least) [best, least] = [pixel, distance];
      }
      return best;
    },
  };

  function allCenters(): Float32Array {
    const all = new Float32Array(3 * rows * columns);
    for (let row = 0; row < rows; row++) {
      source.centersOfRow(row, center);
      all.set(center, 3 * columns * row);
    }
    return all;
  }
}

/** Pixels that count within reach of where the beam meets the detector. */
function pixelsAtBeam(
  { shape: [rows, columns], values }: LiveImage,
  detector: Detector,
  geometry: Geometry,
  positions: Positions,
): number[] {
  const layout = detector.layout([rows, columns]);
  let [row, column] = [0, 0];
  if (layout.kind === "grid") {
    const [slow, fast] = detectorPlane(geometry).origin;
    row = cellOf(layout.rows, slow);
    column = cellOf(layout.columns, fast);
  } else {
    const pixel = positions.nearest(geometry);
    [row, column] = [Math.floor(pixel / columns), pixel % columns];
  }
  const found: number[] = [];
  for (let i = Math.max(0, row - REACH); i <= Math.min(rows - 1, row + REACH); i++) {
    for (let j = Math.max(0, column - REACH); j <= Math.min(columns - 1, column + REACH); j++) {
      if (!Number.isNaN(values[i * columns + j]!)) found.push(i * columns + j);
    }
  }
  return found;
}

/** The last cell that begins before a position, in whichever direction cells are counted. */
function cellOf(edges: Float64Array, position: number): number {
  const sense = edges[1]! > edges[0]! ? 1 : -1;
  let [low, high] = [0, edges.length / 2];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sense * edges[2 * middle]! <= sense * position) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Which pixels have the corners with the smallest and largest 2θ, r and χ, and those that lie across ±180°.
 * Arctangents of the few that matter, and of all only χ's, leave time for more frames.
 */
function extremes({ count, corners, cornerData }: Points, geometry: Geometry): number[] {
  const { dist, poni1, poni2 } = geometry;
  const m = rotationMatrix(geometry);
  const at = new Int32Array(6).fill(-1);
  const across: number[] = [];
  let [least, most, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  let [nearest, farthest] = [Infinity, -Infinity];
  for (let pixel = 0, i = 0; pixel < count; pixel++) {
    let [above, below, first, last] = [false, false, Infinity, -Infinity];
    for (let corner = 0; corner < corners; corner++, i += 3) {
      const p1 = cornerData[i]! - poni1;
      const p2 = cornerData[i + 1]! - poni2;
      const p3 = cornerData[i + 2]! + dist;
      const t1 = m[0] * p1 + m[1] * p2 + m[2] * p3;
      const t2 = m[3] * p1 + m[4] * p2 + m[5] * p3;
      const t3 = m[6] * p1 + m[7] * p2 + m[8] * p3;
      const r2 = t1 * t1 + t2 * t2;
      // As 2θ, −cos 2θ grows.
      const angle = -t3 / Math.sqrt(r2 + t3 * t3);
      const chi = Math.atan2(t1, t2);
      if (angle < least) [least, at[0]] = [angle, pixel];
      if (angle > most) [most, at[1]] = [angle, pixel];
      if (chi < first) first = chi;
      if (chi > last) last = chi;
      if (r2 < nearest) [nearest, at[4]] = [r2, pixel];
      if (r2 > farthest) [farthest, at[5]] = [r2, pixel];
      if (t2 < 0 && t1 >= 0) above = true;
      if (t2 < 0 && t1 < 0) below = true;
    }
    // Its azimuths jump, and say nothing of the others'.
    if (above && below) across.push(pixel);
    else {
      if (first < low) [low, at[2]] = [first, pixel];
      if (last > high) [high, at[3]] = [last, pixel];
    }
  }
  return [...new Set([...at, ...across])].filter((pixel) => pixel >= 0);
}

function picked({ corners, centerData, cornerData }: Points, pixels: readonly number[]): Points {
  const of = (data: Float64Array, size: number): Float64Array =>
    Float64Array.from(
      pixels.flatMap((pixel) => [...data.subarray(size * pixel, size * (pixel + 1))]),
    );
  return {
    count: pixels.length,
    corners,
    centerData: of(centerData, 3),
    cornerData: of(cornerData, 3 * corners),
  };
}

/** Points as one row of pixels in polar coordinates. */
function polarPoints(points: Points, geometry: Geometry, radialOf: RadialFunction): PolarRows {
  const matrix = rotationMatrix(geometry);
  const write = (from: Float64Array, radial: Float64Array, chi: Float64Array): void => {
    const positions = from.slice();
    rotate(positions, geometry, matrix);
    for (let i = 0, j = 0; j < positions.length; i++, j += 3) {
      const [t1, t2] = [positions[j]!, positions[j + 1]!];
      radial[i] = radialOf(Math.sqrt(t1 * t1 + t2 * t2), positions[j + 2]!);
      chi[i] = Math.atan2(t1, t2);
    }
  };
  return {
    shape: [1, points.count],
    corners: points.corners,
    centersOfRow: (_row, radial, chi) => write(points.centerData, radial, chi),
    cornersOfRow: (_row, radial, chi) => write(points.cornerData, radial, chi),
  };
}
