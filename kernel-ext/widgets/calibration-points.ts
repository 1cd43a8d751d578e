import { fitPoints, outlyingPoints, type PointsFit } from "../../src/calibrate/fit-points.js";
import type { PickedPoint } from "../../src/calibrate/pick-crest.js";
import type { CalibrationSetup } from "../../src/calibrate/setup.js";
import type { PickedTriple } from "../../src/calibration-messages.js";

/** Points with those of another ring; a point belongs to the ring that it was given last. */
export function withPoints(
  points: readonly PickedTriple[],
  found: readonly PickedPoint[],
): PickedTriple[] {
  const isAgain = ([row, column]: PickedTriple): boolean =>
    found.some((point) => point.row === row && point.column === column);
  const others = points.filter((point) => !isAgain(point));
  return [...others, ...found.map(({ row, column, ring }): PickedTriple => [row, column, ring])];
}

export function fitTriples(points: readonly PickedTriple[], setup: CalibrationSetup): PointsFit {
  return fitPoints(
    points.map(([row, column, ring]) => ({ row, column, ring })),
    setup,
  );
}

export function withoutOutliers(
  points: readonly PickedTriple[],
  { misfit }: PointsFit,
): PickedTriple[] {
  const outlying = outlyingPoints(misfit);
  return points.filter((_, i) => !outlying[i]);
}
