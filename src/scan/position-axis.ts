import { OptionError } from "../errors.js";
import type { ScanMotor } from "./axis.js";
import { evenAxis } from "./axis.js";
import type { ScanAxis } from "./scan.js";

/** Positions that differ by less than this part of the largest step are one point: encoders jitter. */
const SAME_POINT = 0.3;

/** The points of a motor that measured positions lie at, and which of them each lies at. */
export interface MeasuredAxis {
  readonly axis: ScanAxis;
  readonly points: Int32Array;
}

/**
 * Finds the points of a motor in its positions, one for each frame. Where the number of points is
 * known they are equally far from each other between the ends; else they are where the positions are. A
 * position that is NaN, of a frame that cannot be read, is at point −1.
 *
 * @throws OptionError where no position is a number.
 */
export function measuredAxis(
  motor: ScanMotor,
  positions: ArrayLike<number>,
  otherwise: string,
): MeasuredAxis {
  const sorted = Float64Array.from(Array.from(positions).filter(Number.isFinite)).sort();
  const low = sorted[0];
  const high = sorted[sorted.length - 1];
  if (low === undefined || high === undefined) {
    throw new OptionError(otherwise, motor.name, "none of its positions is a number");
  }
  const axis =
    motor.points === undefined
      ? { ...evenAxis(motor, otherwise), positions: clusters(sorted) }
      : evenAxis({ ...motor, start: motor.start ?? low, stop: motor.stop ?? high }, otherwise);
  const points = Int32Array.from(positions, (position) =>
    Number.isFinite(position) ? nearest(axis.positions, position) : -1,
  );
  return { axis, points };
}

/** Means of positions that are close together. */
function clusters(sorted: Float64Array): Float64Array {
  let largest = 0;
  for (let i = 1; i < sorted.length; i++) largest = Math.max(largest, sorted[i]! - sorted[i - 1]!);
  const found: number[] = [];
  let begin = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i]! - sorted[i - 1]! <= SAME_POINT * largest) continue;
    let sum = 0;
    for (let j = begin; j < i; j++) sum += sorted[j]!;
    found.push(sorted[begin] === sorted[i - 1] ? sorted[begin]! : sum / (i - begin));
    begin = i;
  }
  return Float64Array.from(found);
}

function nearest(points: Float64Array, position: number): number {
  let best = 0;
  for (let i = 1; i < points.length; i++) {
    if (Math.abs(points[i]! - position) < Math.abs(points[best]! - position)) best = i;
  }
  return best;
}
