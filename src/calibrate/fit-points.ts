import { CalibrationError } from "../errors.js";
import type { Geometry } from "../geometry/geometry.js";
import { geometriesOfCone } from "./cone-geometry.js";
import { fitCircle, fitEllipse } from "./conic.js";
import { median } from "./median.js";
import { DIST, geometryOf, ROT1, ROT2, SIZE, WAVELENGTH } from "./parameters.js";
import type { PickedPoint } from "./pick-crest.js";
import { positionAt } from "./plane.js";
import type { Segments } from "./segment-fit.js";
import { refineOnSegments, type SegmentRefinement } from "./segment-refinement.js";
import { type CalibrationSetup, holdStart } from "./setup.js";
import { startOf } from "./start.js";

/** A geometry in which picked points lie on their rings. */
export interface PointsFit {
  readonly geometry: Geometry;
  /** How far outside its ring each point is, in pixels. */
  readonly misfit: Float64Array;
}

/** Standard error of a picked point, in pixels: what is more is found as their spread. */
const ERROR = 0.3;
/** Points on each of two rings; more rings need fewer. */
const OF_TWO_RINGS = 10;
const FEWEST = 8;
/** Points of a ring that an ellipse is drawn through. */
const OF_ELLIPSE = 6;
/** Widths of the misfits, robustly, beyond which a point is an outlier; none within a pixel's half. */
const OUTLYING = 4;
const NEAR = 0.5;

/**
 * The geometry in which points lie on the rings that they were given; wavelength held.
 *
 * Begins with the ellipse of each ring, and with the setup's start values where it has them.
 *
 * @throws CalibrationError where the points do not determine it; the message says what is missing.
 */
export function fitPoints(points: readonly PickedPoint[], setup: CalibrationSetup): PointsFit {
  const { comb, plane, heldCenter } = setup;
  requireEnough(points, setup);
  const segments = segmentsOf(points, setup);
  const fixed = setup.fixed.slice();
  fixed[WAVELENGTH] = 1;
  let best: SegmentRefinement | undefined;
  for (const start of startsOf(segments, setup)) {
    const options = { fixed, pixel: plane.pixel, center: heldCenter };
    const fit = refineOnSegments(segments, comb, holdStart(start, setup), options);
    const isPossible = fit.covariance !== undefined && fit.parameters[DIST]! > 1e-3;
    if (isPossible && (best === undefined || spread(fit.misfit) < spread(best.misfit))) best = fit;
  }
  if (best === undefined) {
    throw notDetermined(
      "in no geometry do they lie on their rings; check the rings' numbers, and pick longer arcs",
    );
  }
  return {
    geometry: geometryOf(best.parameters, setup.start.rot3 ?? 0),
    misfit: best.misfit,
  };
}

/** Which points are far from their rings, for how far the others are. */
export function outlyingPoints(misfit: Float64Array): boolean[] {
  const limit = Math.max(OUTLYING * 1.4826 * spread(misfit), NEAR);
  return Array.from(misfit, (value) => !(Math.abs(value) <= limit));
}

function spread(misfit: Float64Array): number {
  return median(misfit.map(Math.abs));
}

function requireEnough(points: readonly PickedPoint[], { comb, fixed }: CalibrationSetup): void {
  const counts = new Map<number, number>();
  for (const { ring } of points) {
    if (comb.d[ring] === undefined) {
      throw notDetermined(`ring ${ring + 1} is none of the calibrant's ${comb.d.length}`);
    }
    counts.set(ring, (counts.get(ring) ?? 0) + 1);
  }
  const isTiltFree = fixed[ROT1] === 0 || fixed[ROT2] === 0;
  if (counts.size === 0) throw notDetermined("there are none; click on rings of the image");
  if (points.length < FEWEST) {
    throw notDetermined(`there are ${points.length}; pick ${FEWEST} or more`);
  }
  if (!isTiltFree) return;
  if (counts.size === 1) {
    throw notDetermined(
      "they lie on one ring, which shows no difference between tilt and centre; pick another ring, better two, or hold the tilt",
    );
  }
  const fewest = Math.min(...counts.values());
  if (counts.size === 2 && fewest < OF_TWO_RINGS) {
    throw notDetermined(
      `of two rings one has ${fewest} only; pick ${OF_TWO_RINGS} on each, or another ring`,
    );
  }
}

function notDetermined(message: string): CalibrationError {
  return new CalibrationError("not-determined", `points: ${message}`);
}

function segmentsOf(points: readonly PickedPoint[], { plane }: CalibrationSetup): Segments {
  const count = points.length;
  return {
    count,
    ring: Int16Array.from(points, ({ ring }) => ring),
    y: Float64Array.from(points, ({ row }) => positionAt(plane.rows, row)),
    x: Float64Array.from(points, ({ column }) => positionAt(plane.columns, column)),
    sigma: new Float64Array(count).fill(ERROR),
    shift: new Float64Array(count),
    signal: new Float64Array(count),
  };
}

/** The setup's own, and that of the ellipse and the circle through the points of each ring. */
function startsOf({ ring, y, x }: Segments, setup: CalibrationSetup): Float64Array[] {
  const { comb, wavelength } = setup;
  const starts: Float64Array[] = [];
  const own = startOf(setup);
  if (own !== undefined) starts.push(own);
  for (const k of new Set(ring)) {
    const at = [...ring.keys()].filter((i) => ring[i] === k);
    if (at.length < OF_ELLIPSE) continue;
    const [py, px] = [Float64Array.from(at, (i) => y[i]!), Float64Array.from(at, (i) => x[i]!)];
    for (const conic of [fitEllipse(py, px), fitCircle(py, px)]) {
      if (conic !== undefined) {
        starts.push(...geometriesOfCone(conic, comb.twoTheta[k]!, wavelength));
      }
    }
  }
  return starts.filter((p) => p.length === SIZE && p.every(Number.isFinite));
}
