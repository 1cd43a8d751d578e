import { OptionError } from "../errors.js";
import { scanMotor } from "./axis.js";
import type { DiffMapOptions } from "./diff-map-options.js";
import { filePositions } from "./frame-positions.js";
import { rasterGrid, type ScanGrid } from "./grid.js";
import { positionGrid } from "./position-grid.js";

/**
 * The grid of a scan: as its motors are said to move, or as the files say that they stood.
 *
 * @throws OptionError; as `filePositions` for files
 */
export async function scanGrid(
  options: DiffMapOptions,
  files: readonly string[],
): Promise<ScanGrid> {
  const { offset = 0, zigzag = false, positions = false, trustedFolders = [], signal } = options;
  const slow = scanMotor("slow", options.slow);
  const fast = scanMotor("fast", options.fast);
  if (!positions) {
    for (const [name, { points }] of Object.entries({ slow, fast })) {
      if (points === undefined) {
        throw new OptionError(name, points, "say how many points it has, or set positions");
      }
    }
    return rasterGrid(slow, fast, { offset, zigzag });
  }
  if (!slow.name || !fast.name) {
    throw new OptionError(
      "positions",
      positions,
      "needs the names of both motors, as the files have them: slow: { name }, fast: { name }",
    );
  }
  const names = { slow: slow.name, fast: fast.name };
  const found = await filePositions(files, names, { trustedFolders }, signal);
  const { units } = found;
  return positionGrid(
    { ...slow, ...(units.slow === undefined ? {} : { unit: slow.unit ?? units.slow }) },
    { ...fast, ...(units.fast === undefined ? {} : { unit: fast.unit ?? units.fast }) },
    found,
    offset,
  );
}
