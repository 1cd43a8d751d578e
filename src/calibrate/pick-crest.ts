import type { Ridges } from "./ridges.js";

/** A point on a ring of an image: pixels, 0 = first centre, and the ring's number, from 0. */
export interface PickedPoint {
  readonly row: number;
  readonly column: number;
  readonly ring: number;
}

/** How far a crest may be from where it is looked for, in pixels. */
export const REACH = 12;
/** Points that are taken from one crest. */
const MOST = 60;

/**
 * Points along the crest that is nearest to a place, as far as it runs on without a gap; none where no
 * crest is within `REACH`.
 */
export function pickCrest(
  { count, row, column, arc }: Ridges,
  [atRow, atColumn]: readonly [row: number, column: number],
  ring: number,
): PickedPoint[] {
  let nearest = -1;
  let least = REACH;
  for (let k = 0; k < count; k++) {
    if (arc[k]! < 0) continue;
    const away = Math.hypot(row[k]! - atRow, column[k]! - atColumn);
    if (away > least) continue;
    least = away;
    nearest = arc[k]!;
  }
  if (nearest < 0) return [];
  const members: PickedPoint[] = [];
  for (let k = 0; k < count; k++) {
    if (arc[k] === nearest) members.push({ row: row[k]!, column: column[k]!, ring });
  }
  const step = Math.max(1, members.length / MOST);
  const number = Math.min(MOST, members.length);
  return Array.from({ length: number }, (_, i) => members[Math.floor(i * step)]!);
}
