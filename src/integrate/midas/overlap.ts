// Polygons are (y, z) pairs in a Float64Array, counterclockwise; the origin is the beam.

const DEGREE = Math.PI / 180;

/** A polygon that may be clipped has four corners more than it began with, at most. */
const ROOM = 16;

/** The area of quadrilaterals inside circles around the origin, and between two rays from it. */
export class QuadOverlap {
  /** The four corners: set them, then `begin`. */
  readonly quad: Float64Array = new Float64Array(8);
  /** The distances from the origin that it reaches: at edges too, and 0 where it contains the origin. */
  smallestRadius = 0;
  largestRadius = 0;
  readonly #half: Float64Array = new Float64Array(ROOM);
  readonly #part: Float64Array = new Float64Array(ROOM);
  /** What counts, and its corners; of a part that is not convex, what does not. */
  #counted: Float64Array = this.quad;
  #corners = 4;
  #isRest = false;
  #quadArea = 0;
  #area = 0;

  /** Takes the corners in `quad`, in their order around, whichever way round. */
  begin(): void {
    const q = this.quad;
    this.#quadArea = areaOf(q, 4);
    if (this.#quadArea < 0) {
      swap(q, 0, 6);
      swap(q, 2, 4);
      this.#quadArea = -this.#quadArea;
    }
    let smallest = Infinity;
    let largest = 0;
    let left = 0;
    let right = 0;
    for (let i = 0; i < 8; i += 2) {
      const j = (i + 2) & 7;
      const y = q[i]!;
      const z = q[i + 1]!;
      const dy = q[j]! - y;
      const dz = q[j + 1]! - z;
      const square = y * y + z * z;
      const length = dy * dy + dz * dz;
      const along = -(y * dy + z * dz);
      largest = Math.max(largest, square);
      smallest = Math.min(smallest, square);
      const side = y * dz - z * dy;
      if (along > 0 && along < length) smallest = Math.min(smallest, (side * side) / length);
      if (side > 0) left++;
      else if (side < 0) right++;
    }
    this.smallestRadius = left === 0 || right === 0 ? 0 : Math.sqrt(smallest);
    this.largestRadius = Math.sqrt(largest);
    this.whole();
  }

  /** From now on, only what lies between the rays at these η (degrees) counts. */
  between(etaLow: number, etaHigh: number): void {
    const width = etaHigh - etaLow;
    if (width >= 360) {
      this.whole();
      return;
    }
    // Wider than half a turn it is not convex: the other, narrower part is taken away.
    this.#isRest = width > 180;
    const from = (this.#isRest ? etaHigh : etaLow) * DEGREE;
    const to = (this.#isRest ? etaLow : etaHigh) * DEGREE;
    const n = clip(this.quad, 4, this.#half, -Math.sin(from), Math.cos(from), 1);
    this.#counted = this.#part;
    this.#corners = clip(this.#half, n, this.#part, -Math.sin(to), Math.cos(to), -1);
    this.#area = areaOf(this.#part, this.#corners);
  }

  /** From now on, everything counts. */
  whole(): void {
    this.#counted = this.quad;
    this.#corners = 4;
    this.#isRest = false;
    this.#area = this.#quadArea;
  }

  /** The area of what counts, inside the circle of a radius. */
  areaWithin(radius: number): number {
    if (radius <= this.smallestRadius) return 0;
    const isAll = radius >= this.largestRadius;
    const area = isAll ? this.#area : areaInDisk(this.#counted, this.#corners, radius);
    if (!this.#isRest) return area;
    return (isAll ? this.#quadArea : areaInDisk(this.quad, 4, radius)) - area;
  }
}

/** Of a polygon, negative if it goes clockwise. */
function areaOf(points: Float64Array, corners: number): number {
  if (corners < 3) return 0;
  const y0 = points[0]!;
  const z0 = points[1]!;
  let twice = 0;
  for (let i = 2; i < 2 * corners - 2; i += 2) {
    // From the first corner: far from the origin, products of positions would cancel.
    const ay = points[i]! - y0;
    const az = points[i + 1]! - z0;
    twice += ay * (points[i + 3]! - z0) - az * (points[i + 2]! - y0);
  }
  return twice / 2;
}

function swap(points: Float64Array, i: number, j: number): void {
  const y = points[i]!;
  const z = points[i + 1]!;
  points[i] = points[j]!;
  points[i + 1] = points[j + 1]!;
  points[j] = y;
  points[j + 1] = z;
}

/** Sutherland and Hodgman: the part with sign·(uy·z − uz·y) ≥ 0 of a convex polygon; its corners. */
function clip(
  from: Float64Array,
  corners: number,
  to: Float64Array,
  uy: number,
  uz: number,
  sign: number,
): number {
  let kept = 0;
  for (let i = 0; i < corners; i++) {
    const j = i + 1 === corners ? 0 : i + 1;
    const py = from[2 * i]!;
    const pz = from[2 * i + 1]!;
    const qy = from[2 * j]!;
    const qz = from[2 * j + 1]!;
    const p = sign * (uy * pz - uz * py);
    const q = sign * (uy * qz - uz * qy);
    if (p >= 0) {
      to[2 * kept] = py;
      to[2 * kept + 1] = pz;
      kept++;
    }
    if (p >= 0 !== q >= 0) {
      const t = p / (p - q);
      to[2 * kept] = py + t * (qy - py);
      to[2 * kept + 1] = pz + t * (qz - pz);
      kept++;
    }
  }
  return kept;
}

/**
 * The exact area of a polygon inside a circle around the origin: each edge is cut where it meets the
 * circle; its parts inside make triangles with the origin, those outside sectors.
 */
function areaInDisk(points: Float64Array, corners: number, radius: number): number {
  if (corners < 3 || radius <= 0) return 0;
  const r2 = radius * radius;
  let twice = 0;
  for (let i = 0; i < corners; i++) {
    const j = i + 1 === corners ? 0 : i + 1;
    const py = points[2 * i]!;
    const pz = points[2 * i + 1]!;
    const dy = points[2 * j]! - py;
    const dz = points[2 * j + 1]! - pz;
    const length = dy * dy + dz * dz;
    if (length === 0) continue;
    const along = py * dy + pz * dz;
    const square = py * py + pz * pz;
    // Twice the triangle of the whole edge; p × (q − p), which cancels less than p × q.
    const cross = py * dz - pz * dy;
    const outside = square - r2;
    const root = along * along - length * outside;
    if (root <= 0) {
      twice += r2 * Math.atan2(cross, square + along);
      continue;
    }
    const s = Math.sqrt(root);
    const enter = Math.min(Math.max((-along - s) / length, 0), 1);
    const leave = Math.min(Math.max((-along + s) / length, 0), 1);
    twice += cross * (leave - enter);
    if (enter > 0) twice += r2 * Math.atan2(cross * enter, square + enter * along);
    if (leave < 1) {
      const rest = 1 - leave;
      const dot = square + along + leave * (along + length);
      twice += r2 * Math.atan2(cross * rest, dot);
    }
  }
  return twice / 2;
}
