import type { MidasParameters } from "../../config/midas/parameters.js";
import type { FrameRecord } from "../record/frame-record.js";

/** Frames that are summed: their places in the record, the last one included. */
export interface OmegaGroup {
  readonly first: number;
  readonly last: number;
}

/** Frames in groups of `OmegaSumFrames`; −1 puts all into one, 0 each into its own, as in MIDAS. */
export function omegaGroups(
  frames: number,
  { OmegaSumFrames }: Pick<MidasParameters, "OmegaSumFrames">,
): OmegaGroup[] {
  const size = OmegaSumFrames < 0 ? frames : Math.max(OmegaSumFrames, 1);
  const groups: OmegaGroup[] = [];
  for (let first = 0; first < frames; first += size) {
    groups.push({ first, last: Math.min(first + size, frames) - 1 });
  }
  return groups;
}

/** A frame's ω in degrees; its place where the parameter file has no step, as in MIDAS. */
export function omegaOf(
  index: number,
  { OmegaStart, OmegaStep }: Pick<MidasParameters, "OmegaStart" | "OmegaStep">,
): number {
  return OmegaStep === 0 && OmegaStart === 0 ? index : OmegaStart + index * OmegaStep;
}

/** The sum of the cakes of a group. */
export function summedCake(record: FrameRecord, { first, last }: OmegaGroup): Float64Array {
  const sum = new Float64Array(record.values(first, "cake"));
  for (let index = first + 1; index <= last; index++) {
    const cake = record.values(index, "cake");
    for (let i = 0; i < sum.length; i++) sum[i]! += cake[i]!;
  }
  return sum;
}

/** What MIDAS says of a sum; GSAS-II divides by the number of frames. */
export function omegaAttributes(
  { first, last }: OmegaGroup,
  parameters: MidasParameters,
): Record<string, number> {
  return {
    "Number Of Frames Summed": last - first + 1,
    LastFrameNumber: last,
    FirstOme: omegaOf(first, parameters),
    LastOme: omegaOf(last, parameters),
  };
}
