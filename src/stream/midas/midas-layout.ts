import type { RecordLayout } from "../record/record-layout.js";
import type { MidasGrid } from "./midas-grid.js";
import { fitLayout } from "./peak-fits.js";

/** What is kept of each frame. */
export interface MidasOutputs {
  readonly hasCakes: boolean;
  readonly hasFits: boolean;
  /** Also at each azimuth. */
  readonly hasCakeFits: boolean;
}

/** The arrays of a frame. */
export function midasLayout(
  { radial, azimuthal }: MidasGrid,
  { hasCakes, hasFits, hasCakeFits }: MidasOutputs,
): RecordLayout {
  return {
    lineout: { type: "float64", shape: [radial] },
    lineout_simple_mean: { type: "float64", shape: [radial] },
    ...(hasCakes && { cake: { type: "float64", shape: [radial, azimuthal] } }),
    ...(hasFits && fitLayout(hasCakeFits ? azimuthal : undefined)),
  };
}
