import type { Cakes } from "../../src/cake/cakes.js";
import type {
  Integrate1dResult,
  Integrate2dResult,
  Provenance,
} from "../../src/integrate/result.js";

export const provenance: Provenance = {
  software: "cakelab 0.1.0",
  geometry: {
    dist: 1.19389178917929,
    poni1: 0.2049430663748966,
    poni2: 0.2073445003343987,
    rot1: -0.002895489128733415,
    rot2: 0.008002102633795445,
    rot3: 0,
    wavelength: 1.393e-11,
  },
  detector: {
    name: "Detector",
    pixel1: 0.000296,
    pixel2: 0.000296,
    shape: [1441, 1440],
    orientation: 3,
    config: { pixel1: 0.000296, pixel2: 0.000296, max_shape: null },
  },
  unit: "2th_deg",
  radialRange: [1, 5],
  azimuthRange: undefined,
  split: "full",
  algorithm: "csr",
  polarizationFactor: 0.99,
  correctSolidAngle: true,
  normalizationFactor: 1,
  errorModel: "poisson",
  dummy: undefined,
  deltaDummy: undefined,
  hasUserMask: true,
  hasDetectorMask: false,
  hasDark: false,
  hasFlat: true,
  maskedPixels: 12,
  invalidPixels: 3,
};

/** Four bins, the second of them without a pixel. */
export function profile(): Integrate1dResult {
  const sums = Float64Array.of(4, 0, 4, 4);
  return {
    radial: Float64Array.of(1.5, 2.5, 3.5, 4.5),
    intensity: Float64Array.of(12.25, Number.NaN, 0.000123456789, 1234567.5),
    sigma: Float64Array.of(1.75, Number.NaN, 0.01, 555),
    count: sums,
    sumSignal: sums,
    sumNormalization: sums,
    sumNormalization2: sums,
    unit: "2th_deg",
    engine: { name: "js", mode: "csr" },
    provenance,
  };
}

/** Two azimuthal bins of three radial ones. */
export function caked(): Integrate2dResult {
  const sums = new Float64Array(6).fill(1);
  return {
    ...profile(),
    radial: Float64Array.of(1, 2, 3),
    azimuthal: Float64Array.of(-90, 90),
    shape: [2, 3],
    intensity: Float64Array.of(0.1, 1, 2, 3, 4, Number.NaN),
    sigma: Float64Array.of(1, 2, 3, 4, 5, 6),
    count: sums,
    sumSignal: sums,
    sumNormalization: sums,
    sumNormalization2: sums,
  };
}

/** Four cakes of three bins, one of them empty. */
export function cakes(): Cakes {
  return {
    radial: Float64Array.of(2.0006, 2.0018, 2.003),
    intensity: [
      Float64Array.of(1.98253202, 1.49876356, 1.27192807),
      Float64Array.of(Number.NaN, 123456789.125, -0.5),
      Float64Array.of(1e-9, 0, 7),
      Float64Array.of(4, 5, 6),
    ],
    count: Array.from({ length: 4 }, () => Float64Array.of(1, 1, 1)),
    centers: [270, 0, 90, 180],
    firstCakeAngle: 270,
    order: "clockwise",
    unit: "2th_deg",
    engine: { name: "js", mode: "float64" },
    provenance: { ...provenance, cakes: 4, npt: 3, firstCakeAngle: 270, order: "clockwise" },
  };
}
