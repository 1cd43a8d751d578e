import { indexAt, type Plane, planeOf } from "../../src/calibrate/plane.js";
import { ringCurve } from "../../src/calibrate/ring-curve.js";
import { detectorPoint } from "../../src/geometry/detector-point.js";
import { type Directions, imageDirections } from "../../src/geometry/directions.js";
import { pixelRows } from "../../src/geometry/pixel-rows.js";
import { type Poni, parsePoni } from "../../src/geometry/poni.js";

const DEGREE = Math.PI / 180;

/** A pixel's place in the diffraction pattern; 2θ in radians, azimuths in degrees. */
export interface PixelPlace {
  readonly twoTheta: number;
  readonly chi: number;
  readonly direction: number;
}

/** A pixel, on whole numbers at its centre. */
export type Pixel = readonly [row: number, column: number];

/** Between the pixels of an image and angles, both ways. */
export interface ImageGeometry {
  readonly poni: Poni;
  readonly directions: Directions;
  /** Of the centre of a pixel. */
  place(row: number, column: number): PixelPlace;
  /** The pixel of an angle; undefined on detectors that are not flat grids, and behind them. */
  pixel(twoTheta: number, chi: number): Pixel | undefined;
  /** A ring as rows and columns in turn, NaN where it leaves the plane. */
  ring(twoTheta: number): Float64Array;
}

/**
 * The geometry of a PONI file's text, for images of a shape.
 *
 * @throws FileFormatError for a text that is none.
 */
export function imageGeometry(text: string, shape: readonly [number, number]): ImageGeometry {
  return imageGeometryOf(parsePoni(text, "the view's geometry"), shape);
}

/** The geometry of a calibration, for images of a shape. */
export function imageGeometryOf(poni: Poni, shape: readonly [number, number]): ImageGeometry {
  const { detector } = poni;
  const directions = imageDirections(poni, detector);
  const { centersOfRow } = pixelRows(poni, detector, shape);
  const plane = planeOrNone(poni, shape);
  const positions = new Float64Array(3 * shape[1]);
  const toPixel = (y: number, x: number): Pixel => [
    indexAt(plane!.rows, y),
    indexAt(plane!.columns, x),
  ];
  return {
    poni,
    directions,
    place: (row, column) => {
      centersOfRow(row, positions);
      const [t1, t2, t3] = positions.subarray(3 * column, 3 * column + 3) as never as number[];
      return {
        twoTheta: Math.atan2(Math.hypot(t1!, t2!), t3!),
        chi: Math.atan2(t1!, t2!) / DEGREE,
        direction: directions.directionOf(t1!, t2!),
      };
    },
    pixel: (twoTheta, chi) => {
      const point = plane && detectorPoint(poni, twoTheta, chi * DEGREE);
      return point && toPixel(...point);
    },
    ring: (twoTheta) => {
      if (plane === undefined) return new Float64Array(0);
      const curve = ringCurve(poni, twoTheta, 360);
      for (let i = 0; i < curve.length; i += 2) {
        const [row, column] = toPixel(curve[i]!, curve[i + 1]!);
        curve[i] = row;
        curve[i + 1] = column;
      }
      return curve;
    },
  };
}

function planeOrNone(poni: Poni, shape: readonly [number, number]): Plane | undefined {
  const isGrid = poni.detector.flat && poni.detector.layout(shape).kind === "grid";
  return isGrid ? planeOf(poni.detector, shape) : undefined;
}
