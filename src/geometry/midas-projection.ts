import { distortionOf, type MidasGeometry } from "./midas-geometry.js";
import { tilted } from "./midas-tilt.js";

/** How many numbers `MidasProjection.project` writes. */
export const PROJECTED = 4;

/** Where points of a detector lie in the plane across the beam at `Lsd`, tilts and distortion applied. */
export interface MidasProjection {
  /**
   * Writes Y and Z from the beam in pixels, the radius R in pixels and η in degrees, (−180, 180], of the
   * detector's point (Y, Z) into `out` from `at` on: Y = −R·sin η, Z = R·cos η.
   *
   * `dLsd` (micrometres) and `dP2` are what the point's panel differs by from the whole detector.
   */
  project(Y: number, Z: number, dLsd: number, dP2: number, out: Float64Array, at: number): void;
  /** Solid angle of a pixel at the detector's point (Y, Z), relative to one across the beam at `Lsd`. */
  solidAngle(Y: number, Z: number, dLsd: number): number;
}

/** A correction of the radius, in pixels, at each pixel's centre: `[NrPixelsZ, NrPixelsY]`, row-major. */
export interface RadiusCorrection {
  readonly data: Float64Array;
  readonly shape: readonly [rows: number, columns: number];
}

/**
 * MIDAS' projection: with (x, y, z) the tilted point in the laboratory, ρ = (Lsd/x)·√(y² + z²)/RhoD,
 * η = atan2(−y, z), η′ = 90° − η, the radius is (Lsd/x)·√(y² + z²)/px times
 *
 * 1 + p2ρ² + p5ρ⁴ + p4ρ⁶ + p0ρ²cos(2η′+p6) + p1ρ⁴cos(4η′+p3) + p7ρ⁴cos(η′+p8) + p9ρ³cos(3η′+p10)
 * + p11ρ⁵cos(5η′+p12) + p13ρ⁶cos(6η′+p14)
 *
 * plus Parallax·sin 2θ/px and the correction, interpolated between pixels.
 */
export function midasProjection(
  geometry: MidasGeometry,
  correction?: RadiusCorrection,
): MidasProjection {
  const { Lsd, BC, pxY, pxZ, RhoD, p2, p4, p5, Parallax } = geometry;
  const [centerY, centerZ] = BC;
  const [nx, ny, nz] = tilted(geometry, [1, 0, 0]);
  const [yx, yy, yz] = tilted(geometry, [0, 1, 0]);
  const [zx, zy, zz] = tilted(geometry, [0, 0, 1]);
  const isDistorted = distortionOf(geometry).length > 0;
  const [a1, b1, a2, b2, a3, b3, a4, b4, a5, b5, a6, b6] = harmonics(geometry);

  /** The distortion less 1, of ρ and the direction (cos η′, sin η′). */
  const distortion = (rho: number, c: number, s: number, dP2: number): number => {
    const square = rho * rho;
    const fourth = square * square;
    const c2 = c * c - s * s;
    const s2 = 2 * c * s;
    const c3 = c2 * c - s2 * s;
    const s3 = c2 * s + s2 * c;
    const c4 = c2 * c2 - s2 * s2;
    const s4 = 2 * c2 * s2;
    const c5 = c4 * c - s4 * s;
    const s5 = c4 * s + s4 * c;
    const c6 = c3 * c3 - s3 * s3;
    const s6 = 2 * c3 * s3;
    return (
      square * (p2 + dP2 + a2 * c2 - b2 * s2 + rho * (a3 * c3 - b3 * s3)) +
      fourth * (p5 + a1 * c - b1 * s + a4 * c4 - b4 * s4 + rho * (a5 * c5 - b5 * s5)) +
      fourth * square * (p4 + a6 * c6 - b6 * s6)
    );
  };

  return {
    project(Y, Z, dLsd, dP2, out, at) {
      const a = (centerY - Y) * pxY;
      const b = (Z - centerZ) * pxZ;
      const distance = Lsd + dLsd;
      const x = distance + yx * a + zx * b;
      const y = yy * a + zy * b;
      const z = yz * a + zz * b;
      const r = Math.sqrt(y * y + z * z);
      const onPlane = (distance / x) * r;
      const cosine = r > 0 ? -y / r : 0;
      const sine = r > 0 ? z / r : 1;
      let radius = onPlane / pxY;
      if (RhoD > 0 && (isDistorted || dP2 !== 0)) {
        radius *= 1 + distortion(onPlane / RhoD, cosine, sine, dP2);
      }
      radius *= Lsd / distance;
      if (Parallax !== 0) {
        const tangent = onPlane / distance;
        radius += (Parallax * tangent) / Math.sqrt(1 + tangent * tangent) / pxY;
      }
      if (correction !== undefined) radius += interpolate(correction, Y, Z);
      out[at] = -radius * cosine;
      out[at + 1] = radius * sine;
      out[at + 2] = radius;
      out[at + 3] = Math.atan2(cosine, sine) * (180 / Math.PI);
    },
    solidAngle(Y, Z, dLsd) {
      const a = (centerY - Y) * pxY;
      const b = (Z - centerZ) * pxZ;
      const x = Lsd + dLsd + yx * a + zx * b;
      const y = yy * a + zy * b;
      const z = yz * a + zz * b;
      const square = x * x + y * y + z * z;
      return (Lsd * Lsd * (nx * x + ny * y + nz * z)) / (square * Math.sqrt(square));
    },
  };
}

type Twelve = [
  ...[number, number, number, number],
  ...[number, number, number, number],
  ...[number, number, number, number],
];

/** p·cos φ and p·sin φ of the terms with cos(kη′ + φ), k from 1 to 6. */
function harmonics(geometry: MidasGeometry): Twelve {
  const { p0, p1, p3, p6, p7, p8, p9, p10, p11, p12, p13, p14 } = geometry;
  const part = (amplitude: number, phase: number): [number, number] => {
    const angle = (phase * Math.PI) / 180;
    return [amplitude * Math.cos(angle), amplitude * Math.sin(angle)];
  };
  return [
    ...part(p7, p8),
    ...part(p0, p6),
    ...part(p9, p10),
    ...part(p1, p3),
    ...part(p11, p12),
    ...part(p13, p14),
  ];
}

/** The value at a point, linear between the four pixels around it; MIDAS stays a hair inside the last ones. */
function interpolate({ data, shape }: RadiusCorrection, Y: number, Z: number): number {
  const [rows, columns] = shape;
  const y = Y >= columns - 1 ? columns - 1.001 : Math.max(Y, 0);
  const z = Z >= rows - 1 ? rows - 1.001 : Math.max(Z, 0);
  const [column, row] = [Math.floor(y), Math.floor(z)];
  const [fy, fz] = [y - column, z - row];
  const at = row * columns + column;
  const above = data[at]! * (1 - fy) + data[at + 1]! * fy;
  const below = data[at + columns]! * (1 - fy) + data[at + columns + 1]! * fy;
  return above * (1 - fz) + below * fz;
}
