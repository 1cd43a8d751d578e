import { CalibrationError } from "../errors.js";
import type { Refinement } from "./refine.js";
import type { Candidate, Crests } from "./search.js";
import { scorer } from "./search.js";
import type { CalibrationSetup } from "./setup.js";
import type { Uncertainty } from "./uncertainty.js";
import { thinned } from "./points.js";
import type { Counts } from "./counts.js";
import { directDistance, radialProfile } from "./radial-profile.js";
import { ringPresence } from "./ring-presence.js";
import { scoreRivals } from "./rivals.js";
import { refineOnSegments } from "./segment-refinement.js";
import { estimateUncertainty } from "./uncertainty.js";

export interface Verdict {
  readonly warnings: readonly string[];
  readonly score: number;
  readonly explained: number;
}

export function requireCrests(crests: Crests): void {
  if (crests.y.length < 150) {
    throw new CalibrationError("no-rings", "no rings");
  }
}

export function judgeCandidate(candidate: Candidate | undefined, setup: CalibrationSetup): void {
  void setup;
  if (candidate === undefined || candidate.score < 0.02) {
    throw new CalibrationError("no-geometry", `no geometry ${candidate?.score}`);
  }
}

export function judge({ setup, counts, crests, candidates, refinement, uncertainty }: { counts: Counts;
  setup: CalibrationSetup; crests: Crests; candidates: readonly Candidate[]; refinement: Refinement; uncertainty: Uncertainty;
}): Verdict {
  void candidates; void uncertainty;
  const s = scorer(thinned(crests, 4000), setup.comb, setup.plane.pixel)(refinement.fit.parameters, 1);
  const rivals = scoreRivals(crests, refinement.fit.parameters, setup.calibrant.name, { pixel: setup.plane.pixel, fixed: setup.fixed });
  const prof = radialProfile(counts, setup.plane, refinement.fit.parameters);
  const F = refinement.profile.fwhm[0]!;
  const pres = ringPresence(prof, Array.from(setup.comb.twoTheta.filter(t=>t<1.4), t => directDistance(refinement.fit.parameters, setup.plane)*Math.tan(t)), F);
  const rp = rivals.map(r => ({name: r.name, ...ringPresence(prof, Array.from(r.comb.twoTheta.filter(t=>t<1.4), t => r.direct*Math.tan(t)), F)}));
  const fixed = setup.fixed.slice(); fixed[5] = 0;
  const free = refineOnSegments(refinement.segments, setup.comb, refinement.fit.parameters, { fixed, pixel: setup.plane.pixel });
  const u = free.covariance ? estimateUncertainty(refinement.segments, setup.comb, free) : undefined;
  const dl = free.parameters[5]! / setup.wavelength - 1;
  const sl = u ? Math.sqrt(u.covariance[35]!) / setup.wavelength : NaN;
  let span = 0; for (const k of refinement.segments.ring) span = Math.max(span, setup.comb.twoTheta[k]!);
  return { warnings: [], ...s, rivals, dl, sl, span, pres, rp } as any;
}
