import type { MaskShape, Point } from "../../src/mask/shapes.js";

/** What is drawn with the pointer; `"none"` leaves it to pan and zoom. */
export type ToolName = "none" | MaskShape["kind"];

/** The tools with the words of their menu. */
export const TOOLS: readonly (readonly [ToolName, string])[] = [
  ["none", "pan and zoom"],
  ["rectangle", "rectangle"],
  ["circle", "circle"],
  ["ellipse", "ellipse"],
  ["polygon", "polygon"],
  ["arc", "arc"],
  ["pencil", "pencil"],
];

const DEGREE = Math.PI / 180;

/**
 * The shape of a tool whose pointer has gone through some points: from one corner to the other, from the
 * centre outwards, or along them.
 *
 * @param center of arcs: the beam.
 */
export function shapeOf(
  tool: Exclude<ToolName, "none">,
  points: readonly Point[],
  { center, width }: { readonly center: Point; readonly width: number },
): MaskShape | undefined {
  const [from, to] = [points[0]!, points.at(-1)!];
  switch (tool) {
    case "rectangle":
      return { kind: "rectangle", from, to };
    case "circle":
      return { kind: "circle", center: from, radius: distance(from, to) };
    case "ellipse":
      return {
        kind: "ellipse",
        center: from,
        radii: [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])],
      };
    case "polygon":
      return points.length < 3 ? undefined : { kind: "polygon", points };
    case "pencil":
      return { kind: "pencil", points, width };
    case "arc": {
      const radii = [distance(center, from), distance(center, to)].sort((a, b) => a - b);
      const angles = arcAngles(points.map((point) => angleOf(center, point)));
      return { kind: "arc", center, radii: radii as [number, number], angles };
    }
  }
}

/** The numbers of a shape by their names, to be changed by typing; none for shapes of many points. */
export function numbersOf(shape: MaskShape): (readonly [name: string, value: number])[] {
  switch (shape.kind) {
    case "rectangle":
      return [
        ["column from", shape.from[0]],
        ["row from", shape.from[1]],
        ["column to", shape.to[0]],
        ["row to", shape.to[1]],
      ];
    case "circle":
      return [
        ["column", shape.center[0]],
        ["row", shape.center[1]],
        ["radius", shape.radius],
      ];
    case "ellipse":
      return [
        ["column", shape.center[0]],
        ["row", shape.center[1]],
        ["half width", shape.radii[0]],
        ["half height", shape.radii[1]],
        ["turned by °", shape.angle ?? 0],
      ];
    case "arc":
      return [
        ["column", shape.center[0]],
        ["row", shape.center[1]],
        ["inner radius", shape.radii[0]],
        ["outer radius", shape.radii[1]],
        ["from °", shape.angles[0]],
        ["to °", shape.angles[1]],
      ];
    default:
      return [];
  }
}

/** A shape with other numbers, in the order of `numbersOf`. */
export function withNumbers(shape: MaskShape, numbers: readonly number[]): MaskShape {
  const [a, b, c, d, e, f] = numbers as [number, number, number, number, number, number];
  switch (shape.kind) {
    case "rectangle":
      return { kind: "rectangle", from: [a, b], to: [c, d] };
    case "circle":
      return { kind: "circle", center: [a, b], radius: c };
    case "ellipse":
      return { kind: "ellipse", center: [a, b], radii: [c, d], angle: e };
    case "arc":
      return { kind: "arc", center: [a, b], radii: [c, d], angles: [e, f] };
    default:
      return shape;
  }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function angleOf(center: Point, point: Point): number {
  return Math.atan2(point[1] - center[1], point[0] - center[0]) / DEGREE;
}

/** From the first angle to the last, the way that the pointer has gone. */
function arcAngles(angles: readonly number[]): [from: number, to: number] {
  let turned = 0;
  for (let i = 1; i < angles.length; i++) {
    const step = angles[i]! - angles[i - 1]!;
    turned += step - 360 * Math.round(step / 360);
  }
  const first = angles[0]!;
  return turned >= 0 ? [first, first + turned] : [first + turned, first];
}
