import { label } from "./card.js";
import type { LineStyle } from "./line-colors.js";
import { element, short } from "./svg.js";

/** An entry of a legend: which line, and where its text begins. */
export interface LegendEntry {
  readonly index: number;
  readonly text: string;
  readonly x: number;
}

const LETTER = 6.6;
const MOST_ENTRIES = 12;

/** Entries in rows that fit the width; of many lines the first, some in between and the last. */
export function legendRows(labels: readonly string[], width: number): LegendEntry[][] {
  if (labels.length < 2) return [];
  const count = Math.min(labels.length, MOST_ENTRIES);
  const rows: LegendEntry[][] = [[]];
  let x = 0;
  for (let i = 0; i < count; i++) {
    const index = Math.round((i * (labels.length - 1)) / (count - 1));
    const text = labels[index]!;
    const needed = 44 + LETTER * text.length;
    if (x > 0 && x + needed > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ index, text, x });
    x += needed;
  }
  return rows;
}

/** Samples of the lines with their labels, row below row. */
export function drawLegend(
  rows: readonly LegendEntry[][],
  styles: readonly LineStyle[],
  x: number,
  y: number,
): string {
  return rows
    .flatMap((row, line) =>
      row.map((entry) => {
        const { color, dash } = styles[entry.index]!;
        const at = y + 18 * line;
        const sample = element("path", {
          d: `M${short(x + entry.x)} ${short(at)}h24`,
          stroke: color,
          "stroke-width": 2,
          "stroke-dasharray": dash,
        });
        return sample + label(entry.text, { x: x + entry.x + 30, y: at + 4 });
      }),
    )
    .join("");
}
