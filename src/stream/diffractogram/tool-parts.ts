import type { Image } from "../../array.js";
import type { CakelabError } from "../../errors.js";
import type { StreamFrame } from "../frame-stream.js";

/** What of a tool has changed. */
export type DiffractogramPart =
  | "settings"
  | "calibration"
  | "image"
  | "patterns"
  | "buffers"
  | "references"
  | "trouble";

/** An image that is given to a tool, and what may be said of it. */
export type ToolImage = Image & Partial<Pick<StreamFrame, "source" | "timestamp">>;

/** How the images of a series are taken. */
export interface ToolRunOptions {
  readonly signal?: AbortSignal;
  /** Is told of each image that cannot be integrated. Default: a notice. */
  readonly onTrouble?: (trouble: CakelabError) => void;
}
