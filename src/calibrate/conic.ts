import { solveCholesky } from "../fit/cholesky.js";

/** An ellipse in the detector's plane; (y, x) in the unit of the points. */
export interface Ellipse {
  readonly center: readonly [y: number, x: number];
  /** Half axes, the longer one first. */
  readonly major: number;
  readonly minor: number;
  /** Unit vector along the longer axis. */
  readonly axis: readonly [y: number, x: number];
}

/**
 * The ellipse nearest to points of an arc: the conic A·x² + B·x·y + C·y² + D·x + E·y + F = 0 with
 * A + C = 1, its equation weighted by the inverse of its gradient (Sampson 1982).
 *
 * @returns `undefined` where the points lie on no ellipse.
 */
export function fitEllipse(y: Float64Array, x: Float64Array): Ellipse | undefined {
  const { shiftY, shiftX, scale } = frameOf(y, x);
  let conic: Float64Array | undefined;
  for (let pass = 0; pass < 3; pass++) {
    const normal = new Float64Array(25);
    const right = new Float64Array(5);
    const row = new Float64Array(5);
    for (let i = 0; i < y.length; i++) {
      const v = (y[i]! - shiftY) / scale;
      const u = (x[i]! - shiftX) / scale;
      row.set([u * u - v * v, u * v, u, v, 1]);
      let weight = 1;
      if (conic !== undefined) {
        const [a, b, d, e] = conic as unknown as [number, number, number, number];
        const gu = 2 * a * u + b * v + d;
        const gv = b * u + 2 * (1 - a) * v + e;
        weight = 1 / (gu * gu + gv * gv + 1e-12);
      }
      for (let j = 0; j < 5; j++) {
        right[j]! -= weight * row[j]! * v * v;
        for (let k = 0; k <= j; k++) normal[5 * j + k]! += weight * row[j]! * row[k]!;
      }
    }
    for (let j = 0; j < 5; j++) for (let k = 0; k < j; k++) normal[5 * k + j] = normal[5 * j + k]!;
    if (!solveCholesky(normal, right, 5)) return undefined;
    conic = right;
  }
  const ellipse = ellipseOf(conic!);
  if (ellipse === undefined) return undefined;
  const { center, major, minor, axis } = ellipse;
  return {
    center: [center[0] * scale + shiftY, center[1] * scale + shiftX],
    major: major * scale,
    minor: minor * scale,
    axis,
  };
}

/** The circle nearest to points (Kåsa 1976, doi:10.1109/TIM.1976.6312298), as an ellipse. */
export function fitCircle(y: Float64Array, x: Float64Array): Ellipse | undefined {
  const { shiftY, shiftX, scale } = frameOf(y, x);
  const normal = new Float64Array(9);
  const right = new Float64Array(3);
  for (let i = 0; i < y.length; i++) {
    const row = [(x[i]! - shiftX) / scale, (y[i]! - shiftY) / scale, 1];
    const squared = row[0]! * row[0]! + row[1]! * row[1]!;
    for (let j = 0; j < 3; j++) {
      right[j]! += row[j]! * squared;
      for (let k = 0; k < 3; k++) normal[3 * j + k]! += row[j]! * row[k]!;
    }
  }
  if (!solveCholesky(normal, right, 3)) return undefined;
  const [u, v, rest] = [right[0]! / 2, right[1]! / 2, right[2]!];
  const radius = Math.sqrt(rest + u * u + v * v) * scale;
  if (!(radius > 0)) return undefined;
  const center = [v * scale + shiftY, u * scale + shiftX] as const;
  return { center, major: radius, minor: radius, axis: [0, 1] };
}

function frameOf(y: Float64Array, x: Float64Array) {
  let [shiftY, shiftX, scale] = [0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    shiftY += y[i]! / y.length;
    shiftX += x[i]! / y.length;
  }
  for (let i = 0; i < y.length; i++) {
    scale += ((y[i]! - shiftY) ** 2 + (x[i]! - shiftX) ** 2) / y.length;
  }
  return { shiftY, shiftX, scale: Math.sqrt(scale) || 1 };
}

function ellipseOf(conic: Float64Array): Ellipse | undefined {
  const [a, b, d, e, f] = conic as unknown as [number, number, number, number, number];
  const c = 1 - a;
  const determinant = 4 * a * c - b * b;
  if (!(determinant > 1e-9)) return undefined;
  const u = (b * e - 2 * c * d) / determinant;
  const v = (b * d - 2 * a * e) / determinant;
  const value = f + (d * u + e * v) / 2;
  const spread = Math.hypot(a - c, b) / 2;
  const [small, large] = [0.5 - spread, 0.5 + spread];
  if (!(value < 0 && small > 0)) return undefined;
  // The longer axis belongs to the smaller eigenvalue of [[a, b/2], [b/2, c]].
  const angle = 0.5 * Math.atan2(b, a - c) + Math.PI / 2;
  return {
    center: [v, u],
    major: Math.sqrt(-value / small),
    minor: Math.sqrt(-value / large),
    axis: [Math.sin(angle), Math.cos(angle)],
  };
}
