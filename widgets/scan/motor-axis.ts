import { tickText } from "../../src/figure/ticks.js";
import type { RasterAxis } from "../raster/raster-scene.js";

/** What is said of a motor. */
export interface Motor {
  readonly name: string;
  readonly unit?: string;
}

/** The axis of a map along which a motor moves. */
export interface MotorAxis {
  readonly axis: RasterAxis;
  /** Whether positions, or their numbers, grow from the first point to the last. */
  readonly isAscending: boolean;
  /** Whether a distance along the axis is one of the motor's. */
  readonly isEven: boolean;
  /** Between neighbours, along the axis. */
  readonly step: number;
  readonly count: number;
  readonly unit: string | undefined;
  /** The point at a value of the axis; it may lie beyond the ends. */
  pointAt(value: number): number;
  /** The value of the axis at a point. */
  valueOf(point: number): number;
  /** Where the motor was at a point. */
  positionOf(point: number): number;
  /** `sx 1.25 mm` */
  textOf(point: number): string;
}

/** Steps that differ by less than this part are equal: motors do not stop where they should. */
const EVEN = 0.2;
const MOST_TICKS = 8;

/** The axis of a motor that was at these positions; where they are not evenly spaced, of their numbers. */
export function motorAxis({ name, unit }: Motor, positions: ArrayLike<number>): MotorAxis {
  const count = positions.length;
  const title = unit === undefined ? name : `${name} / ${unit}`;
  const textOf = (point: number): string =>
    `${name} ${tickText(positions[point]!)}${unit === undefined ? "" : ` ${unit}`}`;
  const mean = count > 1 ? (positions[count - 1]! - positions[0]!) / (count - 1) : 1;
  const isEven = mean !== 0 && Number.isFinite(mean) && hasEvenSteps(positions, mean);
  const [start, step] = isEven ? [positions[0]!, mean] : [0, 1];
  const first = start - step / 2;
  const ticks = (low: number, high: number) => numberTicks(positions, low, high);
  return {
    axis: { title, first, last: first + count * step, ...(isEven ? {} : { ticks }) },
    isAscending: step > 0,
    isEven,
    step: Math.abs(step),
    count,
    unit,
    pointAt: (value) => Math.floor((value - first) / step),
    valueOf: (point) => start + point * step,
    positionOf: (point) => positions[point]!,
    textOf,
  };
}

function hasEvenSteps(positions: ArrayLike<number>, mean: number): boolean {
  for (let i = 1; i < positions.length; i++) {
    const step = positions[i]! - positions[i - 1]!;
    if (!(Math.abs(step - mean) <= EVEN * Math.abs(mean))) return false;
  }
  return true;
}

/** Positions at the numbers of some points. */
function numberTicks(positions: ArrayLike<number>, low: number, high: number) {
  const first = Math.max(0, Math.ceil(low));
  const last = Math.min(positions.length - 1, Math.floor(high));
  const every = Math.max(1, Math.ceil((last - first + 1) / MOST_TICKS));
  const ticks: { at: number; text: string }[] = [];
  for (let at = first; at <= last; at += every) ticks.push({ at, text: tickText(positions[at]!) });
  return ticks;
}
