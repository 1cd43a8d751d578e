import type { Geometry } from "../geometry/geometry.js";

/**
 * Where the ring of an angle 2θ (radians) meets the plane of a flat detector: closed form, `steps`
 * points around the beam as (y, x) pairs in metres; NaN where the ray passes the plane by.
 *
 * The cone's rays are cos 2θ·n + sin 2θ·(cos φ·u + sin φ·v), n along the beam in the detector's frame.
 */
export function ringCurve(geometry: Geometry, twoTheta: number, steps = 720): Float64Array {
  const { dist, poni1, poni2, rot1, rot2 } = geometry;
  const [s1, c1, s2, c2] = [Math.sin(rot1), Math.cos(rot1), Math.sin(rot2), Math.cos(rot2)];
  const beam = [s2, -c2 * s1, c1 * c2] as const;
  const u = [c2, s2 * s1, -s2 * c1] as const;
  const v = [0, c1, s1] as const;
  const [cosine, sine] = [Math.cos(twoTheta), Math.sin(twoTheta)];
  const points = new Float64Array(2 * steps);
  for (let i = 0; i < steps; i++) {
    const phi = (2 * Math.PI * i) / steps;
    const [a, b] = [sine * Math.cos(phi), sine * Math.sin(phi)];
    const z = cosine * beam[2] + a * u[2] + b * v[2];
    const scale = z > 1e-6 ? dist / z : Number.NaN;
    points[2 * i] = poni1 + scale * (cosine * beam[0] + a * u[0] + b * v[0]);
    points[2 * i + 1] = poni2 + scale * (cosine * beam[1] + a * u[1] + b * v[1]);
  }
  return points;
}
