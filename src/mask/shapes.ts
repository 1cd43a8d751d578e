import { OptionError } from "../errors.js";
import { emptyMask, type Mask } from "./mask.js";

/** A position: column and row, 0 = centre of the first pixel. */
export type Point = readonly [x: number, y: number];

/** What can be drawn on a mask. Angles are in degrees, from the columns' direction towards the rows'. */
export type MaskShape =
  | { readonly kind: "rectangle"; readonly from: Point; readonly to: Point }
  | { readonly kind: "circle"; readonly center: Point; readonly radius: number }
  /** Half axes along columns and rows; `angle` turns it. */
  | {
      readonly kind: "ellipse";
      readonly center: Point;
      readonly radii: readonly [number, number];
      readonly angle?: number;
    }
  | { readonly kind: "polygon"; readonly points: readonly Point[] }
  /** Part of a ring: between two radii, from one angle on to another. */
  | {
      readonly kind: "arc";
      readonly center: Point;
      readonly radii: readonly [inner: number, outer: number];
      readonly angles: readonly [from: number, to: number];
    }
  /** A line of round dots, as wide as the pencil. */
  | { readonly kind: "pencil"; readonly points: readonly Point[]; readonly width: number };

/**
 * The pixels whose centres lie in a shape, masked; what is outside the image is left out.
 *
 * @throws OptionError for a number that is not finite, and for too few points.
 */
export function drawMask(shape: readonly [number, number], drawn: MaskShape): Mask {
  requireFinite(drawn);
  const mask = emptyMask(shape);
  const inside = insideOf(drawn);
  const [left, top, right, bottom] = boundsOf(drawn);
  const [rows, columns] = shape;
  for (let row = Math.max(Math.ceil(top), 0); row <= Math.min(bottom, rows - 1); row++) {
    for (let x = Math.max(Math.ceil(left), 0); x <= Math.min(right, columns - 1); x++) {
      if (inside(x, row)) mask.data[row * columns + x] = 1;
    }
  }
  return mask;
}

function insideOf(drawn: MaskShape): (x: number, y: number) => boolean {
  switch (drawn.kind) {
    case "rectangle":
      return () => true;
    case "circle": {
      const { center, radius } = drawn;
      return (x, y) => (x - center[0]) ** 2 + (y - center[1]) ** 2 <= radius * radius;
    }
    case "ellipse": {
      const { center, radii, angle = 0 } = drawn;
      const [cosine, sine] = turn(angle);
      return (x, y) => {
        const [dx, dy] = [x - center[0], y - center[1]];
        const along = (dx * cosine + dy * sine) / radii[0];
        const across = (dy * cosine - dx * sine) / radii[1];
        return along * along + across * across <= 1;
      };
    }
    case "polygon":
      return (x, y) => isInPolygon(drawn.points, x, y);
    case "arc": {
      const { center, radii, angles } = drawn;
      const span = angles[1] - angles[0];
      return (x, y) => {
        const [dx, dy] = [x - center[0], y - center[1]];
        const radius = Math.hypot(dx, dy);
        if (radius < radii[0] || radius > radii[1]) return false;
        const from = (Math.atan2(dy, dx) * 180) / Math.PI - angles[0];
        return Math.abs(span) >= 360 || from - 360 * Math.floor(from / 360) <= span;
      };
    }
    case "pencil": {
      const { points, width } = drawn;
      const most = (width / 2) ** 2;
      return (x, y) => {
        return points.some(
          (point, i) => squareDistance(points[i - 1] ?? point, point, x, y) <= most,
        );
      };
    }
  }
}

function boundsOf(drawn: MaskShape): [left: number, top: number, right: number, bottom: number] {
  switch (drawn.kind) {
    case "rectangle":
      return around([drawn.from, drawn.to], 0);
    case "circle":
      return around([drawn.center], drawn.radius);
    case "ellipse":
      return around([drawn.center], Math.max(...drawn.radii));
    case "polygon":
      return around(drawn.points, 0);
    case "arc":
      return around([drawn.center], drawn.radii[1]);
    case "pencil":
      return around(drawn.points, drawn.width / 2);
  }
}

function around(points: readonly Point[], margin: number): [number, number, number, number] {
  const [x, y] = [points.map((p) => p[0]), points.map((p) => p[1])];
  return [
    Math.min(...x) - margin,
    Math.min(...y) - margin,
    Math.max(...x) + margin,
    Math.max(...y) + margin,
  ];
}

function turn(degrees: number): [cosine: number, sine: number] {
  return [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
}

/** Even-odd rule: a ray to the right crosses the outline an odd number of times. */
function isInPolygon(points: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [x1, y1] = points[i]!;
    const [x2, y2] = points[j]!;
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}

function squareDistance([x1, y1]: Point, [x2, y2]: Point, x: number, y: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const along = length > 0 ? ((x - x1) * dx + (y - y1) * dy) / length : 0;
  const place = Math.min(Math.max(along, 0), 1);
  return (x - x1 - place * dx) ** 2 + (y - y1 - place * dy) ** 2;
}

function requireFinite(drawn: MaskShape): void {
  const numbers = Object.values(drawn)
    .filter((value) => typeof value !== "string")
    .flat(2) as number[];
  if (!numbers.every(Number.isFinite)) {
    throw new OptionError(drawn.kind, drawn, "its numbers must be finite");
  }
  const least = drawn.kind === "polygon" ? 3 : 1;
  if ("points" in drawn && drawn.points.length < least) {
    throw new OptionError(drawn.kind, drawn, `it needs ${least} points or more`);
  }
}
