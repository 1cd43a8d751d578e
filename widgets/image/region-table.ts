import type { NumberArray, Region } from "../../src/widget-messages.js";
import { button, numberField } from "../controls/controls.js";
import { contains } from "./regions.js";

/** The regions of an image in numbers, to be changed by typing; with what lies in them. */
export function regionTable(
  regions: readonly Region[],
  image: NumberArray,
  onChange: (regions: readonly Region[]) => void,
): HTMLElement {
  const details = document.createElement("details");
  details.className = "cakelab-regions";
  const summary = document.createElement("summary");
  summary.textContent = regions.length === 0 ? "regions" : `regions (${regions.length})`;
  details.append(summary);
  const replace = (at: number, region?: Region): void =>
    onChange(
      regions.flatMap((one, i) => (i !== at ? [one] : region === undefined ? [] : [region])),
    );
  for (const [i, region] of regions.entries()) {
    const line = document.createElement("div");
    const name = document.createElement("b");
    name.textContent = `${region.name} (${region.shape})`;
    line.append(name);
    if (region.shape !== "polygon") {
      for (const [k, point] of region.points.entries()) {
        for (const axis of [0, 1] as const) {
          const words = `${["row", "column"][axis]} ${k === 0 ? "from" : "to"}`;
          const field = numberField(words, (value) => {
            const points = region.points.map((old, n) =>
              n !== k ? old : axis === 0 ? ([value, old[1]] as const) : ([old[0], value] as const),
            );
            replace(i, { ...region, points });
          });
          field.show(point[axis]);
          line.append(field.element);
        }
      }
    }
    const words = document.createElement("span");
    words.textContent = contentText(region, image);
    line.append(
      words,
      button("remove", `Removes ${region.name}`, () => replace(i)),
    );
    details.append(line);
  }
  const [rows, columns] = image.shape as [number, number];
  const add = button("add a rectangle", "Adds a rectangle in the middle of the image", () => {
    const points = [[0.4 * rows, 0.4 * columns] as const, [0.6 * rows, 0.6 * columns] as const];
    const rounded = points.map(([r, c]) => [Math.round(r), Math.round(c)] as const);
    onChange([
      ...regions,
      { name: `region ${regions.length + 1}`, shape: "rectangle", points: rounded },
    ]);
  });
  details.append(add);
  return details;
}

/** Pixels, mean and largest value of what lies in a region. */
function contentText(region: Region, { data, shape }: NumberArray): string {
  const [rows, columns] = shape as [number, number];
  const span = (axis: 0 | 1, most: number): [number, number] => {
    const values = region.points.map((point) => point[axis]);
    return [
      Math.max(0, Math.ceil(Math.min(...values))),
      Math.min(most - 1, Math.floor(Math.max(...values))),
    ];
  };
  const [r0, r1] = span(0, rows);
  const [c0, c1] = span(1, columns);
  let [pixels, sum, largest] = [0, 0, -Infinity];
  for (let row = r0; row <= r1; row++) {
    for (let column = c0; column <= c1; column++) {
      const value = data[row * columns + column]!;
      if (!Number.isFinite(value) || !contains(region, row, column)) continue;
      pixels++;
      sum += value;
      if (value > largest) largest = value;
    }
  }
  if (pixels === 0) return "no pixel";
  const mean = Number((sum / pixels).toPrecision(6));
  return `${pixels} pixels, mean ${mean}, largest ${Number(largest.toPrecision(7))}`;
}
