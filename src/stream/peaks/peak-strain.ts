import { OptionError, ShapeError } from "../../errors.js";
import { type LatticeStrainOptions, latticeStrain } from "../../peaks/lattice-strain.js";
import { type StrainEllipse, strainEllipse } from "../../peaks/strain-ellipse.js";
import { type PeakPositions, positionsOf } from "./mean-positions.js";
import type { TrackedPeaks } from "./tracked-peaks.js";

/** What the positions of a peak are compared with. */
export interface PeakStrainOptions extends Omit<LatticeStrainOptions, "reference"> {
  /** Its position without strain, one for all directions; or those of each, as of `meanPositions`. */
  readonly reference?: number | PeakPositions;
}

/** The strain of a peak in one frame. */
export interface PeakStrain {
  /** In each direction; NaN where the peak or its reference is not known. */
  readonly strain: Float64Array;
  /** Standard errors; those of the reference are in them. */
  readonly sigma: Float64Array;
  /** The ellipse through them; `undefined` where they do not determine one. */
  readonly ellipse: StrainEllipse | undefined;
  /** Why there is no ellipse. */
  readonly message?: string;
}

/**
 * The lattice strain of a peak along each direction of a frame, and the ellipse through it.
 *
 * Directions are those of the frame: of cakes clockwise from North, of an `Integrate2dResult` pyFAI's χ.
 *
 * @throws OptionError for a peak that is not in the frame, a unit or reference that cannot be; ShapeError
 * for a reference of other directions
 * @see `latticeStrain`, `strainEllipse`
 * @example
 * const reference = meanPositions(framesWithoutLoad, id);
 * const { ellipse } = peakStrain(tracker.track(cakes), id, { unit: cakes.unit, reference });
 */
export function peakStrain(
  tracked: TrackedPeaks,
  id: number,
  options: PeakStrainOptions,
): PeakStrain {
  const place = tracked.peaks.findIndex((peak) => peak.id === id);
  if (place < 0) {
    const known = tracked.peaks.map((peak) => peak.id).join(", ") || "none";
    throw new OptionError("id", id, `no peak of this frame has the id ${id}; it has ${known}`);
  }
  const { strain, sigma } = strainsOf(positionsOf(tracked, place), options);
  const { directions } = tracked;
  if (directions === undefined) {
    const message = "the frame has one profile, of all directions; integrate it into cakes";
    return { strain, sigma, ellipse: undefined, message };
  }
  try {
    return { strain, sigma, ellipse: strainEllipse(directions, strain, sigma) };
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return { strain, sigma, ellipse: undefined, message: error.message };
  }
}

function strainsOf(
  { centers, sigmas }: PeakPositions,
  { reference, ...options }: PeakStrainOptions,
): { readonly strain: Float64Array; readonly sigma: Float64Array } {
  if (typeof reference !== "object") {
    const known = reference === undefined ? options : { ...options, reference };
    return latticeStrain(centers, sigmas, known);
  }
  if (reference.centers.length !== centers.length) {
    const remedy = "take it from frames with the same directions";
    throw new ShapeError("reference", [centers.length], [reference.centers.length], remedy);
  }
  const strain = new Float64Array(centers.length).fill(Number.NaN);
  const sigma = strain.slice();
  centers.forEach((center, i) => {
    const own = reference.centers[i]!;
    if (Number.isNaN(own)) return;
    const [from, to] = [reference.sigmas[i]!, sigmas[i]!];
    // The reference compared with itself: its error as a strain.
    const both = latticeStrain([center, own], [to, from], { ...options, reference: own });
    strain[i] = both.strain[0]!;
    sigma[i] = Math.hypot(both.sigma[0]!, both.sigma[1]!);
  });
  return { strain, sigma };
}
