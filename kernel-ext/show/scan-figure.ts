import type { Image } from "../../src/array.js";
import { type PictureOptions, picture } from "../../src/figure/picture.js";
import { linearTicks, tickText } from "../../src/figure/ticks.js";
import type { Scan, ScanAxis } from "../../src/scan/scan.js";

/** How the map of a scan is drawn. */
export type ScanFigureOptions = Omit<
  PictureOptions,
  "description" | "horizontal" | "vertical" | "colorTitle"
>;

/** The map of a scan as an SVG document: the fast motor to the right, the slow one upwards. */
export function scanFigure(
  scan: Scan,
  map: Image,
  description: string,
  options: ScanFigureOptions,
): string {
  const { slow, fast } = scan;
  const image = { data: ascending(map, slow, fast), shape: map.shape };
  return picture(image, {
    ...options,
    description,
    horizontal: motorAxis(fast),
    vertical: motorAxis(slow),
    colorTitle: "mean intensity",
  });
}

/** A map with its positions ascending to the right and upwards: the first row is the highest. */
function ascending({ data, shape: [rows, columns] }: Image, slow: ScanAxis, fast: ScanAxis) {
  const turned = new Float32Array(data.length);
  for (let row = 0, i = 0; row < rows; row++) {
    const from = isAscending(slow) ? rows - 1 - row : row;
    for (let column = 0; column < columns; column++, i++) {
      turned[i] = data[from * columns + (isAscending(fast) ? column : columns - 1 - column)]!;
    }
  }
  return turned;
}

function isAscending({ positions }: ScanAxis): boolean {
  return (positions.at(-1) ?? 0) >= (positions[0] ?? 0);
}

function motorAxis(axis: ScanAxis) {
  const { positions, name, unit } = axis;
  const sorted = [...positions].sort((a, b) => a - b);
  const half = sorted.length > 1 ? (sorted.at(-1)! - sorted[0]!) / (sorted.length - 1) / 2 : 0.5;
  const [low, high] = [sorted[0]! - half, sorted.at(-1)! + half];
  const ticks = linearTicks(low, high, 6).map((value) => ({
    place: (value - low) / (high - low),
    text: tickText(value),
  }));
  return { title: unit === undefined ? name : `${name} / ${unit}`, ticks };
}
