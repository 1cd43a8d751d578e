import { CalibrationError } from "../errors.js";
import { type ApparentWavelength, apparentWavelength } from "./apparent-wavelength.js";
import type { Counts } from "./counts.js";
import { median } from "./median.js";
import { beamCenter, DIST, PARAMETERS, SIZE, WAVELENGTH } from "./parameters.js";
import { thinned } from "./points.js";
import { directDistance, radialProfile } from "./radial-profile.js";
import type { Refinement } from "./refine.js";
import { ringPresence } from "./ring-presence.js";
import { scoreRivals } from "./rivals.js";
import { type Candidate, type Crests, scorer } from "./search.js";
import type { CalibrationSetup } from "./setup.js";
import type { Uncertainty } from "./uncertainty.js";

/** What is to be judged. */
export interface Judged {
  readonly setup: CalibrationSetup;
  readonly counts: Counts;
  readonly crests: Crests;
  readonly candidates: readonly Candidate[];
  readonly refinement: Refinement;
  readonly uncertainty: Uncertainty;
}

/** What can be said for and against a calibration that is not refused. */
export interface Verdict {
  readonly warnings: readonly string[];
  /** Part of the crests of the image that lie on rings, roughly. */
  readonly explained: number;
  /** `undefined` where the wavelength was refined itself. */
  readonly apparentWavelength: ApparentWavelength | undefined;
}

/** Crests that an image with rings has at least. */
const FEWEST_CRESTS = 100;
/** Score and part of the crests below which rings explain nothing: chance reaches 0.15. */
const LEAST_SCORE = 0.2;
const LEAST_EXPLAINED = 0.25;
/** Another calibrant whose score is so many times as good, or that leaves so much less unexplained. */
const LEAST_RIVAL = 0.25;
const BETTER_SCORE = 1.5;
const BETTER_PRESENCE = 0.08;
/** Median misfit of rings that were left out, in widths of a ring, above which they are no rings. */
const MISFIT = 0.12;
/** Relative error of the wavelength, and its significance, that refuse and that warn. */
const WRONG_WAVELENGTH = { relative: 0.01, significance: 5 } as const;
const DOUBTFUL_WAVELENGTH = { relative: 0.0005, significance: 3.5 } as const;

/** @throws CalibrationError where an image shows no rings. */
export function requireCrests(crests: Crests): void {
  if (crests.y.length >= FEWEST_CRESTS) return;
  throw new CalibrationError(
    "no-rings",
    "image: no rings are seen in it; check that it is the calibrant's, how long it was exposed, and the mask",
  );
}

/** @throws CalibrationError where no hypothesis puts the crests on rings. */
export function requireCandidate(
  candidate: Candidate | undefined,
  setup: CalibrationSetup,
): Candidate {
  if (
    candidate !== undefined &&
    candidate.score >= LEAST_SCORE &&
    candidate.explained >= LEAST_EXPLAINED
  ) {
    return candidate;
  }
  const { calibrant, wavelength, plane } = setup;
  throw new CalibrationError(
    "no-geometry",
    `image: in no geometry are its crests rings of ${calibrant.name} at ` +
      `${Number(wavelength.toPrecision(6))} m; check the calibrant, the wavelength, the pixel size (${plane.pixel} m) and ` +
      "that this is the calibrant's image, or give start values",
  );
}

/**
 * Decides whether a refined geometry can be trusted.
 *
 * @throws CalibrationError where it cannot.
 */
export function judge(judged: Judged): Verdict {
  const { setup, crests, refinement } = judged;
  const { fit } = refinement;
  requireDetermined(judged);
  const score = scorer(thinned(crests, 3000), setup.comb, setup.plane.pixel)(fit.parameters, 1);
  requireOwnCalibrant(judged, score.score);
  const misfit = median(judged.uncertainty.heldOut.map(Math.abs));
  const width = median(refinement.profile.fwhm);
  if (misfit > MISFIT * width) {
    throw new CalibrationError(
      "no-geometry",
      `image: its rings do not fit those of ${setup.calibrant.name}; rings that are left out are ` +
        `${misfit.toFixed(2)} pixels off; check the calibrant and the wavelength`,
    );
  }
  const warnings: string[] = [];
  const apparent = checkWavelength(judged, warnings);
  warnDependence(judged, warnings);
  warnOtherwise(judged, warnings);
  return { warnings, explained: score.explained, apparentWavelength: apparent };
}

function requireDetermined({ setup, refinement, uncertainty }: Judged): void {
  const { fit, segments } = refinement;
  const rings = new Set(segments.ring).size;
  const known = setup.start.dist !== undefined;
  if (segments.count < 20 || (rings < 2 && !known)) {
    throw new CalibrationError(
      "not-determined",
      `image: ${rings} rings of ${setup.calibrant.name} are seen well, too few to tell which they are; give start.dist, or expose longer`,
    );
  }
  const relative = Math.sqrt(uncertainty.covariance[DIST * (SIZE + 1)]!) / fit.parameters[DIST]!;
  const wavelength =
    Math.sqrt(uncertainty.covariance[WAVELENGTH * (SIZE + 1)]!) / fit.parameters[WAVELENGTH]!;
  if (wavelength > 0.002) {
    throw new CalibrationError(
      "not-determined",
      `wavelength: it cannot be told from the distance here, only to ${percent(wavelength)} ` +
        `(correlation ${correlation(uncertainty).toFixed(5)}); hold it, hold the distance, or take an image that spans more of 2θ`,
    );
  }
  if (!(relative < 0.02)) {
    throw new CalibrationError(
      "not-determined",
      `image: the distance is determined to ${percent(relative)} only; hold parameters with fix, such as rot1 and rot2`,
    );
  }
}

function requireOwnCalibrant({ setup, counts, crests, refinement }: Judged, score: number): void {
  const { plane, comb, calibrant, fixed } = setup;
  const { parameters } = refinement.fit;
  const profile = radialProfile(counts, plane, parameters);
  const fwhm = median(refinement.profile.fwhm);
  const costOf = (direct: number, angles: Float64Array): number => {
    const radii = Array.from(
      angles.filter((t) => t < 1.4),
      (t) => direct * Math.tan(t),
    );
    const { absent, unexplained } = ringPresence(profile, radii, fwhm);
    return absent + unexplained;
  };
  const own = costOf(directDistance(parameters, plane), comb.twoTheta);
  const options = { pixel: plane.pixel, fixed };
  const better = scoreRivals(crests, parameters, calibrant, options)
    .filter((rival) => rival.score > LEAST_RIVAL)
    .map((rival) => ({ ...rival, cost: costOf(rival.direct, rival.comb.twoTheta) }))
    .filter(({ cost, score: rivalScore }) => {
      if (cost < own - BETTER_PRESENCE) return true;
      return rivalScore > BETTER_SCORE * score && cost < own;
    })
    .sort((a, b) => a.cost - b.cost)[0];
  if (better === undefined) return;
  throw new CalibrationError(
    "wrong-calibrant",
    `calibrant: the rings fit ${better.name} better than ${calibrant.name}; check which powder this is`,
  );
}

function checkWavelength(
  { setup, refinement }: Judged,
  warnings: string[],
): ApparentWavelength | undefined {
  const { comb, fixed, plane, wavelength } = setup;
  if (!fixed[WAVELENGTH] || fixed[DIST]) return undefined;
  const apparent = apparentWavelength(refinement, comb, fixed, plane.pixel, setup.heldCenter);
  const relative = apparent.wavelength / wavelength - 1;
  const significance = Math.abs(apparent.wavelength - wavelength) / apparent.sigma;
  const exceeds = (limit: { readonly relative: number; readonly significance: number }): boolean =>
    Math.abs(relative) > limit.relative && significance > limit.significance;
  const found =
    `the rings ask for ${Number(apparent.wavelength.toPrecision(6))} m, ` +
    `${percent(Math.abs(relative))} ${relative > 0 ? "more" : "less"} than given ` +
    `(${significance.toFixed(1)} standard errors)`;
  if (exceeds(WRONG_WAVELENGTH)) {
    throw new CalibrationError(
      "wrong-wavelength",
      `wavelength: ${found}; correct it, or the calibrant's lattice`,
    );
  }
  if (exceeds(DOUBTFUL_WAVELENGTH)) warnings.push(`wavelength: ${found}; check it`);
  return apparent;
}

function warnDependence({ setup, uncertainty }: Judged, warnings: string[]): void {
  if (setup.fixed[WAVELENGTH] || setup.fixed[DIST]) return;
  const r = correlation(uncertainty);
  warnings.push(
    `wavelength and distance were refined together; their correlation is ${r.toFixed(5)}` +
      (Math.abs(r) > 0.999 ? ", so that neither is known well by itself" : ""),
  );
}

/** Where the outcome is not what was given, or not the only one. */
function warnOtherwise({ setup, candidates, refinement }: Judged, warnings: string[]): void {
  const { parameters } = refinement.fit;
  const { start, center, plane } = setup;
  if (start.dist !== undefined && Math.abs(Math.log(parameters[DIST]! / start.dist)) > 0.25) {
    warnings.push(
      `the distance is ${parameters[DIST]!.toPrecision(4)} m, far from the start value ${start.dist} m`,
    );
  }
  const [y, x] = beamCenter(parameters);
  if (center !== undefined && Math.hypot(y - center[0], x - center[1]) > 150 * plane.pixel) {
    warnings.push("the beam's centre is more than 150 pixels from the start value");
  }
  const best = candidates[0]!;
  const another = candidates.find((candidate) => {
    const moved = Math.abs(candidate.parameters[DIST]! / best.parameters[DIST]! - 1);
    return moved > 0.01 && candidate.score > 0.85 * best.score;
  });
  if (another !== undefined) {
    const dist = another.parameters[DIST]!.toPrecision(3);
    warnings.push(`a distance of ${dist} m explains the rings nearly as well; give start.dist`);
  }
}

function correlation({ covariance }: Uncertainty): number {
  const product = covariance[DIST * (SIZE + 1)]! * covariance[WAVELENGTH * (SIZE + 1)]!;
  return product > 0 ? covariance[DIST * PARAMETERS.length + WAVELENGTH]! / Math.sqrt(product) : 0;
}

function percent(part: number): string {
  return `${(100 * part).toPrecision(2)} %`;
}
