import { degreeTicks, tickText } from "../../src/figure/ticks.js";
import type { CakeRows } from "../../src/widget-messages.js";
import type { Cursor } from "../cursor/cursor.js";
import { directionText } from "../cursor/value-text.js";
import type { AxisTick, RasterAxis } from "../raster/raster-scene.js";

/** The rows of a caked image: cakes with their directions, or azimuths χ. */
export interface RowAxis {
  readonly axis: RasterAxis;
  /** Whether the first row is at the bottom. */
  readonly rowsUp: boolean;
  readonly count: number;
  /** The row at a value of the axis; it may lie beyond the ends. */
  rowAt(value: number): number;
  /** The value of the axis in the middle of a row. */
  middleOf(row: number): number;
  /** What a row is called. */
  nameOf(row: number): string;
  /** What a row has in a cursor. */
  cursorOf(row: number): Pick<Cursor, "chi" | "direction">;
  /** The row of another view's cursor; undefined where that does not say. */
  rowOf(cursor: Cursor): number | undefined;
}

/** Cakes that are named at an axis, at most. */
const MOST_NUMBERS = 18;

export function rowAxis(rows: CakeRows): RowAxis {
  return rows.kind === "cakes" ? cakeAxis(rows.centers) : azimuthAxis(rows.azimuthal);
}

function cakeAxis(centers: readonly number[]): RowAxis {
  const count = centers.length;
  const letters = lettersOf(centers);
  return {
    axis: {
      title: "cake (direction)",
      first: 0.5,
      last: count + 0.5,
      ticks: (low, high) => cakeTicks(letters, Math.max(1, low), Math.min(count, high)),
    },
    rowsUp: false,
    count,
    rowAt: (value) => Math.round(value) - 1,
    middleOf: (row) => row + 1,
    nameOf: (row) => `cake ${row + 1} (${directionText(centers[row]!)})`,
    cursorOf: (row) => ({ direction: centers[row]! }),
    rowOf: ({ direction }) =>
      direction === undefined ? undefined : nearestRow(centers, direction),
  };
}

function azimuthAxis(azimuthal: readonly number[]): RowAxis {
  const count = azimuthal.length;
  const width = count > 1 ? azimuthal[1]! - azimuthal[0]! : 1;
  const first = (azimuthal[0] ?? 0) - width / 2;
  const last = first + count * width;
  const rowAt = (value: number): number => Math.floor((value - first) / width);
  return {
    axis: {
      title: "χ / °",
      first,
      last,
      ticks: (low, high) => degreeTicks(low, high).map((at) => ({ at, text: tickText(at) })),
    },
    rowsUp: true,
    count,
    rowAt,
    middleOf: (row) => azimuthal[row]!,
    nameOf: (row) => `χ ${azimuthal[row]!.toFixed(2)}°`,
    cursorOf: (row) => ({ chi: azimuthal[row]! }),
    rowOf: ({ chi }) => {
      if (chi === undefined) return undefined;
      const turns = [0, 360, -360].map((turn) => rowAt(chi + turn));
      return turns.find((row) => row >= 0 && row < count);
    },
  };
}

/** The cake that a direction lies in, as far as the cakes go. */
export function nearestRow(centers: readonly number[], direction: number): number | undefined {
  const away = centers.map((center) => Math.abs(turnBetween(center, direction)));
  const nearest = away.indexOf(Math.min(...away));
  return away[nearest]! <= 180 / centers.length + 1e-9 ? nearest : undefined;
}

/** From one direction to another, −180 to 180 degrees. */
function turnBetween(from: number, to: number): number {
  return ((((to - from + 180) % 360) + 360) % 360) - 180;
}

/** Letters of the compass by the cakes that they lie in. */
function lettersOf(centers: readonly number[]): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [quarter, letter] of [..."NESW"].entries()) {
    const row = nearestRow(centers, 90 * quarter);
    if (row !== undefined) letters.set(row + 1, (letters.get(row + 1) ?? "") + letter);
  }
  return letters;
}

/** Numbers of cakes at equal steps, and all that have a letter. */
function cakeTicks(letters: ReadonlyMap<number, string>, low: number, high: number): AxisTick[] {
  const first = Math.ceil(low);
  const count = Math.floor(high) - first + 1;
  const step = [1, 2, 3, 5, 6, 9, 10, 15, 18, 30, 45].find((size) => count / size <= MOST_NUMBERS);
  const every = step ?? 90;
  const lettered = [...letters.keys()].filter((cake) => cake >= low && cake <= high);
  const plain: number[] = [];
  for (let cake = 1; cake <= high; cake += every) {
    if (cake >= low && lettered.every((other) => Math.abs(other - cake) >= every)) plain.push(cake);
  }
  return [...plain, ...lettered]
    .sort((a, b) => a - b)
    .map((at) => ({ at, text: `${at}${letters.has(at) ? ` ${letters.get(at)}` : ""}` }));
}
