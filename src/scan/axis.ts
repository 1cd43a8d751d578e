import { OptionError } from "../errors.js";
import { checkOptionNames } from "../option-names.js";
import type { ScanAxis } from "./scan.js";

/** A motor of a scan, as diff_map's configuration has it. */
export interface ScanMotor {
  /** Number of points. May be left out where the positions are read from the files. */
  readonly points?: number;
  readonly name?: string;
  readonly unit?: string;
  /** Position of the first point. Default 0. */
  readonly start?: number;
  /** Position of the last point. Default: the steps are 1. */
  readonly stop?: number;
}

/**
 * A motor by its number of points or by all that is known of it, checked.
 *
 * @throws OptionError
 */
export function scanMotor(option: string, motor: number | ScanMotor): ScanMotor {
  const all = typeof motor === "number" ? { points: motor } : motor;
  checkOptionNames(all, ["points", "name", "unit", "start", "stop"]);
  const { points, start, stop } = all;
  if (points !== undefined && (!Number.isInteger(points) || points < 1)) {
    throw new OptionError(option, points, `${points} is no number of points; give 1 or more`);
  }
  for (const [name, value] of Object.entries({ start, stop })) {
    if (value === undefined || Number.isFinite(value)) continue;
    throw new OptionError(`${option}.${name}`, value, "is to be the position of a motor");
  }
  return all;
}

/** The points of a motor that moves in equal steps. */
export function evenAxis(
  { points = 1, name, unit, start = 0, stop }: ScanMotor,
  otherwise: string,
): ScanAxis {
  const end = stop ?? start + points - 1;
  const step = points > 1 ? (end - start) / (points - 1) : 0;
  const positions = Float64Array.from({ length: points }, (_, i) =>
    // The last point is exactly where it was said to be.
    i > 0 && i === points - 1 ? end : start + i * step,
  );
  return { name: name || otherwise, ...(unit === undefined ? {} : { unit }), positions };
}
