import type { Frame } from "../array.js";
import { OptionError } from "../errors.js";
import { checkSimulateOptions } from "./check-options.js";
import type { Phase, SimulateOptions } from "./options.js";
import { simulatePowder } from "./powder.js";

/** A sample that is pulled while images are taken. */
export interface TensileTestOptions extends Omit<SimulateOptions, "phases" | "exposure"> {
  readonly phases: readonly Omit<Phase, "strain">[];
  /** Elastic strain along the load, frame by frame, such as 0.001. */
  readonly strains: readonly number[];
  /** Of the load, in degrees clockwise from North. Default 0: up in the image. */
  readonly direction?: number;
  /** How much thinner the sample becomes where it becomes longer. Default 0.3. */
  readonly poissonRatio?: number;
}

/**
 * The images of a tensile test, frame by frame: the strain of each along the load, and less of the
 * opposite sign across it. The same options give the same bytes.
 *
 * @throws OptionError as `simulatePowder`, and for strains that are no numbers.
 * @example
 * ```ts
 * const strains = Array.from({ length: 60 }, (_, i) => 5e-5 * i);
 * await writeHdf5("tensile.h5", simulateTensileTest({ ...setup, phases: [{ lattice: "Ni" }], strains }));
 * ```
 */
export function* simulateTensileTest(
  options: TensileTestOptions,
): Generator<Frame<Uint16Array | Int32Array | Float32Array>> {
  checkTensileTest(options);
  const { phases, strains, direction = 0, poissonRatio = 0.3, ...setup } = options;
  for (const [index, e11] of strains.entries()) {
    const across = -poissonRatio * e11;
    const strain = { direction, e11, e22: across, e33: across };
    const strained = phases.map((phase) => ({ ...phase, strain }));
    const image = simulatePowder({ ...setup, phases: strained, exposure: index });
    yield { ...image, index, source: `tensile test #${index}` };
  }
}

/** @throws OptionError */
export function checkTensileTest({
  phases,
  strains,
  direction = 0,
  poissonRatio = 0.3,
  ...setup
}: TensileTestOptions): void {
  checkSimulateOptions({ ...setup, phases });
  if (!Array.isArray(strains) || !strains.every((strain) => Math.abs(strain) < 1)) {
    throw new OptionError("strains", strains, "give a list of numbers such as 0.001, one a frame");
  }
  if (!Number.isFinite(direction)) {
    throw new OptionError("direction", direction, "give degrees clockwise from North");
  }
  if (!(poissonRatio >= -1 && poissonRatio <= 0.5)) {
    throw new OptionError("poissonRatio", poissonRatio, "is to be from -1 to 0.5");
  }
}
