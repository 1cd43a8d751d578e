import { DescriptionWidget } from "./description-widget.js";
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

/** Two numbers in order, between limits. */
export abstract class RangeWidget extends DescriptionWidget {
  declare value: readonly [lower: number, upper: number];
  /** The lowest value. */
  declare min: number;
  /** The highest value. */
  declare max: number;

  get lower(): number {
    return this.value[0];
  }
  set lower(lower: number) {
    this.value = [lower, this.upper];
  }

  get upper(): number {
    return this.value[1];
  }
  set upper(upper: number) {
    this.value = [this.lower, upper];
  }

  protected override reconcile(next: State, changed: ReadonlySet<string>, first: boolean): void {
    const { min, max } = next as { min: number; max: number };
    if (min > max) {
      const remedy = "set both at once with set({ min, max })";
      throw this.traitError("min", min, `${min} is above max, which is ${max}; ${remedy}`);
    }
    let [lower, upper] = next.value as [number, number];
    if (first && !changed.has("value")) {
      [lower, upper] = [0.75 * min + 0.25 * max, 0.25 * min + 0.75 * max];
      if (this.#whole) [lower, upper] = [Math.trunc(lower), Math.trunc(upper)];
    }
    if (lower > upper) {
      const remedy = "give the lower one first";
      throw this.traitError("value", next.value, `${lower} is above ${upper}; ${remedy}`);
    }
    const within = (value: number) => Math.min(Math.max(value, min), max);
    next.value = [within(lower), within(upper)];
  }

  /** Whether the values are whole numbers. */
  get #whole(): boolean {
    const { value } = (this.constructor as typeof RangeWidget).traits;
    return value?.type === "tuple" && value.of[0]?.type === "integer";
  }
}
