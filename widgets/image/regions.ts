import type { Region } from "../../src/widget-messages.js";

/** A shape of plotly's layout. */
export type Shape = Readonly<Record<string, unknown>>;

const LINE = { color: "#ffffff", width: 2 };
/** How shapes look that are being drawn. */
export const NEW_SHAPE: { line: object; fillcolor: string; drawdirection: string } = {
  line: LINE,
  fillcolor: "rgba(255,255,255,0.08)",
  drawdirection: "diagonal",
};

/** Regions as plotly draws them, to be moved and resized with the mouse. */
export function shapesOf(regions: readonly Region[]): Shape[] {
  return regions.map(({ name, shape, points }) => {
    const common = { name, editable: true, line: LINE, fillcolor: NEW_SHAPE.fillcolor };
    if (shape === "polygon") {
      const path = points.map(([row, column], i) => `${i === 0 ? "M" : "L"}${column},${row}`);
      return { ...common, type: "path", path: `${path.join("")}Z` };
    }
    const [[y0, x0], [y1, x1]] = points as [readonly [number, number], readonly [number, number]];
    return { ...common, type: shape === "ellipse" ? "circle" : "rect", x0, y0, x1, y1 };
  });
}

/** The regions that plotly's shapes are; new ones are named by their number. */
export function regionsOf(shapes: readonly Shape[]): Region[] {
  return shapes.map((shape, i): Region => {
    const given = shape.name;
    const name = typeof given === "string" && given !== "" ? given : `region ${i + 1}`;
    if (shape.type === "path") {
      const numbers = String(shape.path).match(/-?[\d.]+(?:e[-+]?\d+)?/gi) ?? [];
      const points = Array.from({ length: numbers.length >> 1 }, (_, k) => {
        return [Number(numbers[2 * k + 1]), Number(numbers[2 * k])] as const;
      });
      return { name, shape: "polygon", points };
    }
    const { x0, y0, x1, y1 } = shape as Record<"x0" | "y0" | "x1" | "y1", number>;
    const points = [[y0, x0] as const, [y1, x1] as const];
    return { name, shape: shape.type === "circle" ? "ellipse" : "rectangle", points };
  });
}

/** Whether a pixel's centre lies in a region. */
export function contains({ shape, points }: Region, row: number, column: number): boolean {
  if (shape === "polygon") return insidePolygon(points, row, column);
  const [[r0, c0], [r1, c1]] = points as [readonly [number, number], readonly [number, number]];
  const y = (2 * row - r0 - r1) / (r1 - r0);
  const x = (2 * column - c0 - c1) / (c1 - c0);
  return shape === "rectangle" ? Math.abs(x) <= 1 && Math.abs(y) <= 1 : x * x + y * y <= 1;
}

/** A ray to the right crosses the border of a polygon an odd number of times. */
function insidePolygon(points: Region["points"], row: number, column: number): boolean {
  let inside = false;
  for (const [i, [r1, c1]] of points.entries()) {
    const [r0, c0] = points.at(i - 1)!;
    if (r0 > row === r1 > row) continue;
    if (column < c0 + ((row - r0) / (r1 - r0)) * (c1 - c0)) inside = !inside;
  }
  return inside;
}
