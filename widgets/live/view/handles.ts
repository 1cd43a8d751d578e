import { type RadialFormula, radialFunctionOf } from "../../../src/geometry/radial-formula.js";
import type { Pixel } from "../../image/image-geometry.js";
import { fit2dOf, withFit2d } from "../../parameters/geometry-parameters.js";
import { radialInverse } from "../radial-inverse.js";
import type { LiveGeometry, PlanePoint } from "./live-geometry.js";
import type { LiveState } from "./live-state.js";
import type { Surroundings } from "./parameters.js";

const DEGREE = Math.PI / 180;

/** Something on the image that is dragged. */
export interface Handle {
  readonly name: string;
  /** Where it is; it is not shown where that is outside of the image. */
  readonly at: Pixel;
  /** Its value, in words. */
  readonly text: string;
  /** The state when it is somewhere else. */
  moveTo(pixel: Pixel): LiveState;
}

/** What handles are placed by. */
export interface HandlePlaces {
  readonly state: LiveState;
  readonly geometry: LiveGeometry;
  readonly around: Surroundings;
  readonly formula: RadialFormula;
  /** The angle of the ring that is held to drag the distance, in radians. */
  readonly heldRing: number;
}

/** Parts of the image's smaller side: where the handle of no tilt is, of a degree more, of sectors; off a ring. */
const [TILT_START, TILT_DEGREE, SECTOR, OFF] = [0.1, 0.008, 0.4, 0.06];

/** The handles of a state: centre, distance, tilt, first azimuth and the two ends of the radial range. */
export function handlesOf(places: HandlePlaces): Handle[] {
  const { state, geometry, around } = places;
  const { beam } = geometry;
  const side = Math.min(around.shape[0] * around.pixel1, around.shape[1] * around.pixel2);
  const fit2d = fit2dOf(state, around);
  const at = (point: PlanePoint): Pixel => geometry.toPixel(point);
  const seen = (point: PlanePoint): Pixel => inside(at(point), at(beam), around.shape);
  const polarOf = (pixel: Pixel) => geometry.polar(geometry.toPlane(pixel));
  const handles: Handle[] = [
    {
      name: "centre",
      at: at(beam),
      text: `x ${fit2d.centerX.toFixed(2)}, y ${fit2d.centerY.toFixed(2)} pixels`,
      moveTo: (pixel) => {
        const [slow, fast] = geometry.toPlane(pixel);
        const center = { centerX: fast / around.pixel2, centerY: slow / around.pixel1 };
        return withFit2d(state, around, center);
      },
    },
    {
      name: "tilt",
      at: seen(
        away(beam, fit2d.tiltPlanRotation * DEGREE, side * (TILT_START + TILT_DEGREE * fit2d.tilt)),
      ),
      text: `${fit2d.tilt.toFixed(2)}° towards ${fit2d.tiltPlanRotation.toFixed(1)}°`,
      moveTo: (pixel) => {
        const [slow, fast] = difference(geometry.toPlane(pixel), beam);
        const length = Math.hypot(slow, fast) / side;
        const tilt = Math.min(80, Math.max(0, (length - TILT_START) / TILT_DEGREE));
        const tiltPlanRotation = Math.atan2(slow, fast) / DEGREE;
        return withFit2d(state, around, { tilt, tiltPlanRotation });
      },
    },
  ];
  const held = ringHandle(places, at);
  if (held !== undefined) handles.push(held);
  const [low, high] = state.azimuthRange ?? around.azimuth;
  const ray = geometry.ringPoint(0.5 * DEGREE, low * DEGREE);
  if (ray !== undefined) {
    const [slow, fast] = difference(ray, beam);
    handles.push({
      name: "first azimuth",
      at: seen(away(beam, Math.atan2(slow, fast), SECTOR * side)),
      text: `${low.toFixed(1)}°`,
      moveTo: (pixel) => {
        const chi = polarOf(pixel).chi / DEGREE;
        return { ...state, azimuthRange: [chi, chi + (high - low)] };
      },
    });
  }
  for (const end of [0, 1] as const) {
    const made = radialHandle(places, end, side);
    if (made !== undefined) handles.push(made);
  }
  return handles;
}

/**
 * An end of the radial range. Its handle stands off its ring, towards the outside, because the inner end
 * mostly is where the centre's handle is.
 */
function radialHandle(
  { state, geometry, around, formula }: HandlePlaces,
  end: 0 | 1,
  side: number,
): Handle | undefined {
  const { beam } = geometry;
  const radial = state.radialRange ?? around.radial;
  // Ends have a side each, so that both can be seen.
  const chi = geometry.directions.azimuthOf(end === 0 ? 225 : 135) * DEGREE;
  const value = radialInverse(formula, radial[end]);
  const twoTheta = formula.quantity === "r" ? Math.atan2(value, state.geometry.dist) : value;
  const ring = geometry.ringPoint(Math.max(twoTheta, 0), chi);
  const ray = geometry.ringPoint(0.5 * DEGREE, chi);
  if (ring === undefined || ray === undefined) return undefined;
  const off = OFF * side;
  const angle = Math.atan2(...difference(ray, beam));
  const radius = Math.hypot(...difference(ring, beam));
  const at = inside(
    geometry.toPixel(away(beam, angle, radius + off)),
    geometry.toPixel(beam),
    around.shape,
  );
  return {
    name: end === 0 ? "radial range from" : "radial range to",
    at,
    text: `${Number(radial[end].toPrecision(5))} ${around.unit}`,
    moveTo: (pixel) => {
      const [slow, fast] = difference(geometry.toPlane(pixel), beam);
      const length = Math.max(0, Math.hypot(slow, fast) - off);
      const { r, z } = geometry.polar(away(beam, Math.atan2(slow, fast), length));
      const range = [...radial] as [number, number];
      range[end] = radialFunctionOf(formula)(r, z);
      return range[0] < range[1] ? { ...state, radialRange: range } : state;
    },
  };
}

/** The distance is dragged by a ring: rings grow with it about the centre, whatever the tilt. */
function ringHandle(
  { state, geometry, around, heldRing }: HandlePlaces,
  at: (point: PlanePoint) => Pixel,
): Handle | undefined {
  const { beam } = geometry;
  const { directDist } = fit2dOf(state, around);
  const points = [90, 180, 270, 0].flatMap((direction) => {
    const chi = geometry.directions.azimuthOf(direction) * DEGREE;
    const point = geometry.ringPoint(heldRing, chi);
    return point === undefined ? [] : [at(point)];
  });
  const isSeen = ([row, column]: Pixel): boolean =>
    row > 0 && column > 0 && row < around.shape[0] - 1 && column < around.shape[1] - 1;
  const place = points.find(isSeen) ?? points[0];
  return (
    place && {
      name: "distance",
      at: place,
      text: `${directDist.toFixed(3)} mm`,
      moveTo: (pixel) => {
        const point = geometry.toPlane(pixel);
        const ring = geometry.ringPoint(heldRing, geometry.polar(point).chi);
        if (ring === undefined) return state;
        const [reach, radius] = [difference(point, beam), difference(ring, beam)];
        const factor = Math.hypot(...reach) / Math.hypot(...radius);
        const next = Math.max(0.01 * directDist, factor * directDist);
        return withFit2d(state, around, { directDist: next });
      },
    }
  );
}

function difference(a: PlanePoint, b: PlanePoint): [slow: number, fast: number] {
  return [a[0] - b[0], a[1] - b[1]];
}

function away([slow, fast]: PlanePoint, angle: number, length: number): PlanePoint {
  return [slow + length * Math.sin(angle), fast + length * Math.cos(angle)];
}

/** A point drawn towards the beam until it is in the image. */
function inside(point: Pixel, beam: Pixel, [rows, columns]: readonly [number, number]): Pixel {
  let part = 1;
  const most = [rows - 1, columns - 1] as const;
  for (const axis of [0, 1] as const) {
    const step = point[axis] - beam[axis];
    if (point[axis] > 0.97 * most[axis] && step > 0) {
      part = Math.min(part, (0.97 * most[axis] - beam[axis]) / step);
    }
    if (point[axis] < 0.03 * most[axis] && step < 0) {
      part = Math.min(part, (0.03 * most[axis] - beam[axis]) / step);
    }
  }
  return [beam[0] + part * (point[0] - beam[0]), beam[1] + part * (point[1] - beam[1])];
}
