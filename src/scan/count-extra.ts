import { isCakelabError } from "../errors.js";
import { imageInfo } from "../image/image-info.js";
import type { FailedFrame } from "./scan.js";
import type { FrameWork, SeriesPlace } from "./scan-frames.js";

/**
 * How many frames of a series the grid has no point for: those after its end, and those at points that
 * others took. A file that cannot be read counts as one.
 *
 * @param end the place after the last frame that was integrated
 * @param failed frames of which it is told already that they have no point
 */
export async function countExtra(
  { files, grid, trustedFolders }: FrameWork,
  end: SeriesPlace,
  failed: readonly FailedFrame[],
): Promise<number> {
  let extra = 0;
  for (let index = grid.first; index < grid.end; index++) if (grid.point(index) < 0) extra++;
  for (const { index } of failed) if (grid.point(index) < 0) extra--;
  if (end.index < grid.end) return extra;
  let left = -end.frame;
  for (const file of files.slice(end.file)) {
    try {
      left += (await imageInfo(file, { trustedFolders })).frames;
    } catch (error) {
      if (!isCakelabError(error)) throw error;
      left++;
    }
  }
  return extra + Math.max(left, 0);
}
