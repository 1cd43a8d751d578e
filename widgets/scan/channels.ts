/** How a range is seen: on the pattern, and as a colour of the map where there are several. */
export interface Channel {
  readonly name: string;
  readonly color: string;
}

const ALONE: Channel = { name: "range", color: "#2f81f7" };
const SEVERAL: readonly Channel[] = [
  { name: "R", color: "#e5484d" },
  { name: "G", color: "#30a46c" },
  { name: "B", color: "#3e63dd" },
];

/** The most ranges that a map shows. */
export const MOST_RANGES: number = SEVERAL.length;

/** Of the range that is subtracted. */
export const BACKGROUND: Channel = { name: "background", color: "#8b8d98" };

/** The channel of each of a number of ranges. */
export function channelsOf(count: number): readonly Channel[] {
  return count === 1 ? [ALONE] : SEVERAL.slice(0, count);
}
