import { CalibrationError } from "../errors.js";
import type { Refinement } from "./refine.js";
import type { Candidate, Crests } from "./search.js";
import { scorer } from "./search.js";
import type { CalibrationSetup } from "./setup.js";
import type { Uncertainty } from "./uncertainty.js";
import { thinned } from "./points.js";

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

export function judge({ setup, crests, candidates, refinement, uncertainty }: {
  setup: CalibrationSetup; crests: Crests; candidates: readonly Candidate[]; refinement: Refinement; uncertainty: Uncertainty;
}): Verdict {
  void candidates; void uncertainty;
  const s = scorer(thinned(crests, 4000), setup.comb, setup.plane.pixel)(refinement.fit.parameters, 1);
  return { warnings: [], ...s };
}
