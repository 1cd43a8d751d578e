import type { SectorRange } from "../../src/diffractogram-messages.js";
import type { WholeSector } from "../../src/figure/sector-outline.js";
import type { ImageGeometry } from "../image/image-geometry.js";

const DEGREE = Math.PI / 180;

/** A range with all its ends: where it is open, it reaches as far as the image does. */
export function wholeSector(
  [azimuthStart, azimuthEnd, radialStart, radialEnd]: SectorRange,
  geometry: ImageGeometry,
  shape: readonly [rows: number, columns: number],
): WholeSector {
  const sorted = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a]);
  const azimuth =
    azimuthStart === null && azimuthEnd === null
      ? undefined
      : sorted(azimuthStart ?? 0, azimuthEnd ?? 360);
  const farthest = radialEnd ?? farthestAngle(geometry, shape);
  return { azimuth, radial: sorted(radialStart ?? 0, farthest) };
}

/** The largest 2θ of an image's corners, in degrees. */
function farthestAngle(
  geometry: ImageGeometry,
  [rows, columns]: readonly [number, number],
): number {
  const corners = [0, rows - 1].flatMap((row) =>
    [0, columns - 1].map((column) => geometry.place(row, column).twoTheta / DEGREE),
  );
  return Math.max(...corners);
}
