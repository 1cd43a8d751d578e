// Polygons are (y, z) pairs in a Float64Array, counterclockwise; the origin is the beam.

const DEGREE = Math.PI / 180;

/** A polygon that may be clipped has four corners more than it began with, at most. */
const ROOM = 16;

/** The area of quadrilaterals inside circles around the origin, and between two rays from it. */
export class QuadOverlap {
  /** The four corners: set them, then `begin`. */
  readonly quad: Float64Array = new Float64Array(8);
  readonly #work: Float64Array = new Float64Array(ROOM);
  readonly #wedge: Float64Array = new Float64Array(ROOM);
  readonly #rest: Float64Array = new Float64Array(ROOM);
  #corners = 0;
  #restCorners = 0;
  /** All of it, without the rest. */
  #isWhole = true;

  /** Takes the corners in `quad`, in their order around, whichever way round. */
  begin(): void {
    const q = this.quad;
    let twice = 0;
    for (let i = 0; i < 8; i += 2) {
      const j = (i + 2) & 7;
      twice += q[i]! * q[j + 1]! - q[j]! * q[i + 1]!;
    }
    if (twice < 0) {
      swap(q, 0, 6);
      swap(q, 2, 4);
    }
  }

  /** The quadrilateral's smallest distance from the origin, 0 where it contains it: at an edge, not only at corners. */
  smallestRadius(): number {
    const q = this.quad;
    let smallest = Infinity;
    let [left, right] = [0, 0];
    for (let i = 0; i < 8; i += 2) {
      const j = (i + 2) & 7;
      const [y, z] = [q[i]!, q[i + 1]!];
      const [dy, dz] = [q[j]! - y, q[j + 1]! - z];
      const square = dy * dy + dz * dz;
      const t = square > 0 ? Math.min(Math.max(-(y * dy + z * dz) / square, 0), 1) : 0;
      const [fy, fz] = [y + t * dy, z + t * dz];
      smallest = Math.min(smallest, fy * fy + fz * fz);
      const side = y * dz - z * dy;
      if (side > 0) left++;
      else if (side < 0) right++;
    }
    return left === 0 || right === 0 ? 0 : Math.sqrt(smallest);
  }

  /** From now on, only what lies between the rays at these η (degrees) counts. */
  between(etaLow: number, etaHigh: number): void {
    const width = etaHigh - etaLow;
    if (width >= 360) {
      this.whole();
      return;
    }
    const [y0, z0] = [-Math.sin(etaLow * DEGREE), Math.cos(etaLow * DEGREE)];
    const [y1, z1] = [-Math.sin(etaHigh * DEGREE), Math.cos(etaHigh * DEGREE)];
    const half = this.#work;
    if (width <= 180) {
      const n = clip(this.quad, 4, half, y0, z0, 1);
      this.#corners = clip(half, n, this.#wedge, y1, z1, -1);
      this.#restCorners = 0;
    } else {
      // Not convex: what lies in the other, narrower part is taken away.
      const n = clip(this.quad, 4, half, y1, z1, 1);
      this.#restCorners = clip(half, n, this.#rest, y0, z0, -1);
      this.#corners = 4;
      this.#wedge.set(this.quad);
    }
    this.#isWhole = false;
  }

  /** From now on, everything counts. */
  whole(): void {
    this.#isWhole = true;
  }

  /** The area of what counts, inside the circle of a radius. */
  areaWithin(radius: number): number {
    if (this.#isWhole) return areaInDisk(this.quad, 4, radius);
    const area = areaInDisk(this.#wedge, this.#corners, radius);
    return this.#restCorners === 0 ? area : area - areaInDisk(this.#rest, this.#restCorners, radius);
  }
}

function swap(points: Float64Array, i: number, j: number): void {
  const [y, z] = [points[i]!, points[i + 1]!];
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
    const [py, pz] = [from[2 * i]!, from[2 * i + 1]!];
    const [qy, qz] = [from[2 * j]!, from[2 * j + 1]!];
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
    const [py, pz] = [points[2 * i]!, points[2 * i + 1]!];
    const [qy, qz] = [points[2 * j]!, points[2 * j + 1]!];
    const pIn = py * py + pz * pz - r2;
    if (pIn <= 0 && qy * qy + qz * qz <= r2) {
      twice += py * qz - pz * qy;
      continue;
    }
    const [dy, dz] = [qy - py, qz - pz];
    const square = dy * dy + dz * dz;
    if (square === 0) continue;
    const half = py * dy + pz * dz;
    const root = half * half - square * pIn;
    if (root <= 0) {
      twice += r2 * Math.atan2(py * qz - pz * qy, py * qy + pz * qz);
      continue;
    }
    const s = Math.sqrt(root);
    const enter = Math.min(Math.max((-half - s) / square, 0), 1);
    const leave = Math.min(Math.max((-half + s) / square, 0), 1);
    const [ay, az] = [py + enter * dy, pz + enter * dz];
    const [by, bz] = [py + leave * dy, pz + leave * dz];
    if (enter > 0) twice += r2 * Math.atan2(py * az - pz * ay, py * ay + pz * az);
    twice += ay * bz - az * by;
    if (leave < 1) twice += r2 * Math.atan2(by * qz - bz * qy, by * qy + bz * qz);
  }
  return twice / 2;
}
