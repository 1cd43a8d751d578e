import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import type { DiffractogramTool } from "../../src/stream/diffractogram/diffractogram-tool.js";

/** Moves the beam of a tool's calibration, and back to where it was. */
export class BeamMoves {
  readonly #tool: DiffractogramTool;
  readonly #before: AzimuthalIntegrator[] = [];

  constructor(tool: DiffractogramTool) {
    this.#tool = tool;
  }

  /** Moves that can be undone. */
  get count(): number {
    return this.#before.length;
  }

  /** To a pixel, on whole numbers at centres. */
  async moveTo(row: number, column: number): Promise<void> {
    const { ai } = this.#tool;
    await this.#tool.moveCenter(column + 0.5, row + 0.5);
    if (ai !== undefined) this.#before.push(ai);
  }

  async undo(): Promise<void> {
    const ai = this.#before.pop();
    if (ai !== undefined) await this.#tool.setCalibration(ai, this.#tool.calibration);
  }

  /** Takes another calibration, after which there is nothing to undo. */
  async take(ai: AzimuthalIntegrator): Promise<void> {
    this.#before.length = 0;
    await this.#tool.setCalibration(ai);
  }
}
