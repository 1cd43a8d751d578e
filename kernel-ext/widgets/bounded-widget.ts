import { DescriptionWidget } from "./description-widget.js";
import type { TraitTable } from "./trait-spec.js";
import type { State } from "./widget.js";

/** A number between limits: a value beyond them becomes the nearer limit. */
export abstract class BoundedWidget extends DescriptionWidget {
  declare value: number;
  /** The lowest value. */
  declare min: number;
  /** The highest value. */
  declare max: number;

  protected override reconcile(next: State): void {
    const { min, max, value } = next as { min: number; max: number; value: number };
    this.checkLimits(min, max);
    const [low, high] = this.limits(next);
    next.value = Math.min(Math.max(value, low), high);
  }

  /** The lowest and highest value. */
  protected limits(next: State): [number, number] {
    return [next.min as number, next.max as number];
  }

  /** @throws OptionError when the limits are in the wrong order. */
  protected checkLimits(min: number, max: number): void {
    if (min <= max) return;
    const remedy = "set both at once with set({ min, max })";
    throw this.traitError("min", min, `${min} is above max, which is ${max}; ${remedy}`);
  }
}

/** A number between powers of a base. */
export abstract class LogBoundedWidget extends BoundedWidget {
  /** The base of the logarithm; `min` and `max` are its exponents. */
  declare base: number;

  protected override limits(next: State): [number, number] {
    const { base, min, max } = next as { base: number; min: number; max: number };
    return [base ** min, base ** max];
  }
}

/** The ends of a range as traits of their own, which the page does not know. */
export const rangeTraits: TraitTable = {
  lower: { type: "number", nullable: true, local: true },
  upper: { type: "number", nullable: true, local: true },
};

/** Two numbers in order, between limits. */
export abstract class RangeWidget extends DescriptionWidget {
  declare value: readonly [lower: number, upper: number];
  /** The lower one of `value`. */
  declare lower: number;
  /** The upper one of `value`. */
  declare upper: number;
  /** The lowest value. */
  declare min: number;
  /** The highest value. */
  declare max: number;

  protected override reconcile(next: State, changed: ReadonlySet<string>, first: boolean): void {
    const { min, max } = next as { min: number; max: number };
    if (min > max) {
      const remedy = "set both at once with set({ min, max })";
      throw this.traitError("min", min, `${min} is above max, which is ${max}; ${remedy}`);
    }
    const middle = first && !changed.has("value") ? this.middleHalf(min, max) : next.value;
    let [lower, upper] = middle as [number, number];
    if (changed.has("lower")) lower = next.lower as number;
    if (changed.has("upper")) upper = next.upper as number;
    if (lower > upper) {
      const remedy = "give the lower one first";
      throw this.traitError("value", [lower, upper], `${lower} is above ${upper}; ${remedy}`);
    }
    const within = (value: number) => Math.min(Math.max(value, min), max);
    [next.lower, next.upper] = [within(lower), within(upper)];
    next.value = [next.lower, next.upper];
  }

  // No private name: the first call comes before this class's constructor has run.
  private middleHalf(min: number, max: number): [number, number] {
    const { value } = (this.constructor as typeof RangeWidget).traits;
    const whole = value?.type === "tuple" && value.of[0]?.type === "integer";
    const ends = [0.75 * min + 0.25 * max, 0.25 * min + 0.75 * max] as [number, number];
    return whole ? [Math.trunc(ends[0]), Math.trunc(ends[1])] : ends;
  }
}
