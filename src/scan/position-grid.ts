import type { ScanMotor } from "./axis.js";
import type { ScanGrid } from "./grid.js";
import { measuredAxis } from "./position-axis.js";

/** Where the motors stood, one position for each frame. */
export interface FramePositions {
  readonly slow: ArrayLike<number>;
  readonly fast: ArrayLike<number>;
}

/**
 * A grid to which each frame belongs by where the motors stood, in whatever order they went. Of several
 * frames at one point the first is taken, and frames before `offset` are not.
 *
 * @throws OptionError
 */
export function positionGrid(
  slowMotor: ScanMotor,
  fastMotor: ScanMotor,
  positions: FramePositions,
  offset: number,
): ScanGrid {
  const frames = positions.slow.length;
  const counted = (values: ArrayLike<number>): number[] => Array.from(values).slice(offset);
  const slow = measuredAxis(slowMotor, counted(positions.slow), "slow");
  const fast = measuredAxis(fastMotor, counted(positions.fast), "fast");
  const shape = [slow.axis.positions.length, fast.axis.positions.length] as const;
  const taken = new Set<number>();
  const placed = slow.points.map((line, frame) => {
    const column = fast.points[frame]!;
    const point = line * shape[1] + column;
    if (line < 0 || column < 0 || taken.has(point)) return -1;
    taken.add(point);
    return point;
  });
  return {
    slow: slow.axis,
    fast: fast.axis,
    shape,
    first: offset,
    end: frames,
    point: (index) => placed[index - offset] ?? -1,
  };
}
