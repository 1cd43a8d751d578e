import { DescriptionWidget } from "./description-widget.js";
import { sinceMidnight, type TimeOfDay } from "./time-of-day.js";
import type { State } from "./widget.js";

/** A date or time that may have limits, and may be missing. */
abstract class MomentWidget<T extends Date | TimeOfDay> extends DescriptionWidget {
  declare value: T | null;
  /** The earliest value; null: any. */
  declare min: T | null;
  /** The latest value; null: any. */
  declare max: T | null;

  protected override reconcile(next: State): void {
    const { value, min, max } = next as { value: T | null; min: T | null; max: T | null };
    const [low, high] = [order(min, -Infinity), order(max, Infinity)];
    if (low > high) {
      throw this.traitError("min", min, "it is later than max; set both at once with set({ … })");
    }
    if (value === null) return;
    const at = order(value, 0);
    if (at < low) next.value = min;
    if (at > high) next.value = max;
  }
}

/** A day or an instant. */
export abstract class DayWidget extends MomentWidget<Date> {}

/** A time on the clock. */
export abstract class ClockWidget extends MomentWidget<TimeOfDay> {}

function order(value: Date | TimeOfDay | null, missing: number): number {
  if (value === null) return missing;
  return "getTime" in value ? value.getTime() : sinceMidnight(value);
}
