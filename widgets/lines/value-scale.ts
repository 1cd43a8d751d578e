import type { ScaleName } from "../../src/figure/scale.js";
import { linearTicks, scaleTicks } from "../../src/figure/ticks.js";

/** From values to places on an axis that is not linear, and back; both grow. */
export interface ValueScale {
  readonly forward: (value: number) => number;
  readonly back: (place: number) => number;
}

/** Below this part of the range `asinh` is linear, above it logarithmic. */
const LINEAR_PART = 0.01;
const MOST_TICKS = 6;
/** Ticks of a scale that are fewer than this are too few to read values from. */
const FEWEST_TICKS = 3;

/** A scale for values between two limits; it goes on beyond them. */
export function valueScale(name: ScaleName, low: number, high: number): ValueScale {
  if (name === "log") return { forward: Math.log10, back: (place) => 10 ** place };
  if (name === "sqrt") {
    const foot = Math.min(low, 0);
    return {
      forward: (value) => Math.sign(value - foot) * Math.sqrt(Math.abs(value - foot)),
      back: (place) => Math.sign(place) * place * place + foot,
    };
  }
  if (name === "asinh") {
    const unit = LINEAR_PART * (high - low || 1);
    return {
      forward: (value) => Math.asinh(value / unit),
      back: (place) => unit * Math.sinh(place),
    };
  }
  return { forward: (value) => value, back: (place) => place };
}

/** Round values to write at an axis of a scale that shows places from `from` to `to`. */
export function valueTicks(name: ScaleName, scale: ValueScale, from: number, to: number): number[] {
  const [low, high] = [scale.back(from), scale.back(to)];
  if (!(high > low) || !Number.isFinite(high - low)) return [];
  const wanted = name === "log" ? decadeTicks(low, high) : scaleTicks(name, low, high, MOST_TICKS);
  const ticks = wanted.length < FEWEST_TICKS ? linearTicks(low, high, MOST_TICKS) : wanted;
  const apart = (0.3 * (to - from)) / MOST_TICKS;
  const kept: number[] = [];
  for (const value of ticks) {
    const place = scale.forward(value);
    if (place < from || place > to) continue;
    const former = kept.at(-1);
    if (former === undefined || place - scale.forward(former) > apart) kept.push(value);
  }
  return kept;
}

/** Powers of ten, with 2 and 5 times them where there is room. */
function decadeTicks(low: number, high: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const decades = last - first;
  const factors = decades <= 4 ? [1, 2, 5] : [1];
  const every = Math.ceil(decades / (2 * MOST_TICKS));
  const ticks: number[] = [];
  for (let power = first; power <= last; power++) {
    if (power % every !== 0) continue;
    for (const factor of factors) {
      const value = Number(`${factor}e${power}`);
      if (value >= low && value <= high) ticks.push(value);
    }
  }
  return ticks;
}

/** Limits of an axis that shows values between two limits, with room at its ends, in places. */
export function placesFor(
  name: ScaleName,
  scale: ValueScale,
  [low, high]: readonly [number, number],
): [from: number, to: number] {
  // The same scale as still pictures have, so that both begin at 0 where the values nearly do.
  const foot = name !== "log" && low >= 0 && low < 0.3 * high ? 0 : low;
  const [from, to] = [scale.forward(foot), scale.forward(high)];
  const room = 0.04 * (to - from || 1);
  return [foot === low ? from - room : from, to + room];
}

/** Whether a scale has a place for a value at all. */
export function hasPlace(name: ScaleName, value: number): boolean {
  return name === "log" ? value > 0 : Number.isFinite(value);
}
