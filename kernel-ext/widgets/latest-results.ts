import type { DiffractogramTool } from "../../src/stream/diffractogram/diffractogram-tool.js";
import { type ToolResults, toolResults } from "../../src/stream/diffractogram/tool-results.js";

/**
 * What LaVue's tool would tell of the last image. Its peaks are found for that, which takes longer than
 * all the rest: only when somebody asks.
 */
export class LatestResults {
  readonly #tool: DiffractogramTool;
  #of: { readonly imageName: string; readonly timestamp: number } | undefined;
  #made: unknown;

  constructor(tool: DiffractogramTool) {
    this.#tool = tool;
  }

  /** There are other patterns: the image that they are of is noted, since another one may come. */
  note(): void {
    const { imageName, timestamp = 0 } = this.#tool;
    this.#of = { imageName, timestamp };
  }

  /** The results, where there are others than those that were made last. */
  make(): ToolResults | undefined {
    const { patterns, calibration, settings } = this.#tool;
    if (this.#of === undefined || patterns === this.#made) return undefined;
    this.#made = patterns;
    const { unit } = settings;
    return toolResults({ ...this.#of, calibration, unit, patterns, peaks: this.#tool.peaks });
  }
}
