import { OptionError } from "../../errors.js";
import { reportNotice } from "../../notice.js";

/**
 * What a diffractogram is taken from: azimuth from and to, 2θ from and to, all in degrees whatever the
 * unit. `null` leaves an end open; both ends of a pair open: no limit.
 */
export type DiffractogramRange = readonly [
  azimuthStart: number | null,
  azimuthEnd: number | null,
  radialStart: number | null,
  radialEnd: number | null,
];

/** The part of a detector that a range means, in degrees; a limit that is left out does not limit. */
export interface Sector {
  /** pyFAI's azimuth χ, `low < high`, at most 360 apart; across ±180 as well. */
  readonly azimuth?: readonly [low: number, high: number];
  readonly twoTheta?: readonly [low: number, high: number];
}

/** No limit at all. */
export const WHOLE: DiffractogramRange = [null, null, null, null];

const FARTHEST = 90;

/**
 * The sector of a range, as LaVue means it: one open end of an azimuth is 0 or 360, one of 2θ 0 or 90;
 * ends in the wrong order are swapped, and 2θ ends at 90. A sector through 180° is `[170, 190, …]`.
 *
 * @param name what messages call the range.
 * @throws OptionError for what is not four numbers or `null`, and for a sector with nothing in it.
 */
export function sectorOf(range: DiffractogramRange, name = "ranges"): Sector {
  if (!isRange(range)) {
    throw new OptionError(
      name,
      range,
      `${JSON.stringify(range)} is no range; give [azimuth start, azimuth end, 2θ start, 2θ end], each in degrees or null`,
    );
  }
  const azimuth = azimuthOf(range, name);
  const twoTheta = twoThetaOf(range, name);
  return { ...(azimuth && { azimuth }), ...(twoTheta && { twoTheta }) };
}

function azimuthOf(range: DiffractogramRange, name: string): Sector["azimuth"] {
  const [start, end] = range;
  if (start === null && end === null) return undefined;
  const [low, high] = inOrder(start ?? 0, end ?? 360);
  if (low === high || high - low > 360) {
    throw new OptionError(
      name,
      range,
      `azimuth ${low} to ${high}° is no sector; give two ends that differ by at most 360°`,
    );
  }
  if (low === end && end !== null) {
    reportNotice(
      `${name}: the azimuth ${start} to ${end}° is taken as ${low} to ${high}°; for the sector ` +
        `through the full turn write ${start} to ${end + 360}°`,
    );
  }
  return [low, high];
}

function twoThetaOf(range: DiffractogramRange, name: string): Sector["twoTheta"] {
  const [, , start, end] = range;
  if (start === null && end === null) return undefined;
  const clipped = (angle: number): number => Math.min(angle, FARTHEST);
  const [low, high] = inOrder(clipped(start ?? 0), clipped(end ?? FARTHEST));
  if (low === high || low < 0) {
    throw new OptionError(
      name,
      range,
      `2θ ${low} to ${high}° is no range; give two different angles from 0 to ${FARTHEST}°`,
    );
  }
  return [low, high];
}

function inOrder(a: number, b: number): [number, number] {
  return a <= b ? [a, b] : [b, a];
}

function isRange(range: unknown): range is DiffractogramRange {
  return (
    Array.isArray(range) &&
    range.length === 4 &&
    range.every((end) => end === null || (typeof end === "number" && Number.isFinite(end)))
  );
}
