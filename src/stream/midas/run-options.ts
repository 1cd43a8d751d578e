import type { CakelabError } from "../../errors.js";
import type { Progress } from "../../integrate/options.js";
import type { MidasCaker, MidasGrid } from "./midas-grid.js";

/** A detector's map, ready for images. */
export interface MidasEngine {
  readonly grid: MidasGrid;
  readonly caker: MidasCaker;
  release(): void;
}

/** Who is told how a workflow goes, and what ends it. */
export interface MidasRunOptions {
  /** Is told of bad frames, lost connections and the like. Default: a notice. */
  readonly onTrouble?: (trouble: CakelabError) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the run at once; what was recorded can be gone on with. */
  readonly signal?: AbortSignal;
}
