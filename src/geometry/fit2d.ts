import { OptionError } from "../errors.js";
import type { Geometry } from "./geometry.js";

/** A geometry as Fit2D has it. */
export interface Fit2d {
  /** From the sample to the detector along the beam, in millimetres. */
  readonly directDist: number;
  /** Where the beam meets the detector, in pixels from the first one's corner, along the fast axis. */
  readonly centerX: number;
  /** … along the slow axis. */
  readonly centerY: number;
  /** Between the detector's normal and the beam, in degrees; default 0. */
  readonly tilt?: number;
  /** Direction of the tilt in the detector's plane, in degrees; default 0. */
  readonly tiltPlanRotation?: number;
}

/** Pixel sizes in metres along slow and fast axis. */
export interface PixelSize {
  readonly pixel1: number;
  readonly pixel2: number;
}

const DEGREE = Math.PI / 180;

/**
 * The PONI geometry of a Fit2D geometry, as pyFAI's `setFit2D` gives it.
 *
 * rot3 is derived so that the azimuth is counted as in Fit2D; it is 0 without a tilt.
 *
 * @throws OptionError for a value that is not finite.
 */
export function fit2dToPoni(fit2d: Fit2d, { pixel1, pixel2 }: PixelSize): Geometry {
  const { directDist, centerX, centerY, tilt = 0, tiltPlanRotation = 0 } = fit2d;
  checkFinite({ directDist, centerX, centerY, tilt, tiltPlanRotation, pixel1, pixel2 });
  const sinTilt = Math.sin(tilt * DEGREE);
  const cosTilt = Math.cos(tilt * DEGREE);
  const sinPlan = Math.sin(tiltPlanRotation * DEGREE);
  const cosPlan = Math.cos(tiltPlanRotation * DEGREE);
  const direct = directDist * 1e-3;
  const sinRot2 = sinTilt * sinPlan;
  // cosτ − 1 = −2 sin²(τ/2) keeps the digits of small tilts.
  const turned = -2 * Math.sin((tilt * DEGREE) / 2) ** 2 * cosPlan * sinPlan;
  const sinRot3 = turned / Math.sqrt(1 - sinRot2 * sinRot2);
  return {
    dist: direct * cosTilt,
    poni1: centerY * pixel1 - direct * sinRot2,
    poni2: centerX * pixel2 - direct * sinTilt * cosPlan,
    rot1: Math.atan2(-sinTilt * cosPlan, cosTilt),
    rot2: Math.asin(sinRot2),
    rot3: tilt === 0 ? 0 : Math.asin(Math.max(-1, Math.min(1, sinRot3))),
  };
}

/**
 * The Fit2D geometry of a PONI geometry, as pyFAI's `getFit2D` gives it; rot3 has no place in it.
 *
 * @throws OptionError for a value that is not finite, and for a detector along the beam (tilt 90°).
 */
export function poniToFit2d(geometry: Geometry, { pixel1, pixel2 }: PixelSize): Required<Fit2d> {
  const { dist, poni1, poni2, rot1, rot2 } = geometry;
  checkFinite({ dist, poni1, poni2, rot1, rot2, pixel1, pixel2 });
  const cosTilt = Math.cos(rot1) * Math.cos(rot2);
  if (Math.abs(cosTilt) < 1e-12) {
    const message = "the beam is parallel to the detector, which Fit2D cannot describe";
    throw new OptionError("rot1", rot1, `${message}; correct rot1 and rot2`);
  }
  // Along the fast and the slow axis: sine of the tilt times cosine and sine of its plane's rotation.
  const fast = -Math.cos(rot2) * Math.sin(rot1);
  const slow = Math.sin(rot2);
  return {
    directDist: (dist / cosTilt) * 1e3,
    centerX: (poni2 + (dist * fast) / cosTilt) / pixel2,
    centerY: (poni1 + (dist * slow) / cosTilt) / pixel1,
    tilt: Math.atan2(Math.hypot(fast, slow), cosTilt) / DEGREE,
    // Without a tilt its plane is any; −0 would make it 180°.
    tiltPlanRotation: fast === 0 && slow === 0 ? 0 : Math.atan2(slow, fast) / DEGREE,
  };
}

function checkFinite(values: Readonly<Record<string, number>>): void {
  for (const [key, value] of Object.entries(values)) {
    if (!Number.isFinite(value)) {
      throw new OptionError(key, value, `${value} is not a finite number`);
    }
  }
}
