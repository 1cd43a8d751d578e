import type { TypedArray } from "../array.js";
import { OptionError } from "../errors.js";
import { listFiles } from "../image/list-files.js";
import { openImage } from "../image/open-image.js";
import { openSeries } from "../image/open-series.js";
import type { Region } from "../image/region.js";
import { reportProgress } from "../progress.js";
import { type Mesh, meshPoint } from "./mesh.js";
import type { FailedFrame } from "./scan.js";
import type { FrameCorrections } from "./tile.js";

/** How the frames of a map are read. */
export interface MapReading {
  /**
   * Threads that decode frames; 0 reads in the calling one. The result is the same. Default: as
   * `openSeries`.
   */
  readonly workers?: number;
  /** Folders, besides a file's own, in which what an HDF5 file links to may lie. Default none. */
  readonly trustedFolders?: readonly string[];
  /** Ends the map, which is returned with the frames that have come. */
  readonly signal?: AbortSignal;
}

/** Names of what all maps of frames take. */
export const MAP_OPTIONS: readonly (
  | keyof Mesh
  | Exclude<keyof FrameCorrections, "dummy">
  | keyof MapReading
)[] = [
  "fast",
  "slow",
  "offset",
  "zigzag",
  "mask",
  "dark",
  "flat",
  "background",
  "workers",
  "trustedFolders",
  "signal",
];

/** Which frames are in a map. */
export interface MappedFrames {
  /** In the order in which their frames were taken. */
  readonly files: readonly string[];
  readonly shape: readonly [slow: number, fast: number];
  /** Index of the frame of each point; −1 where there is none. */
  readonly pointer: Int32Array;
  readonly framesDone: number;
  /** Frames after the last point, which are not in the map. */
  readonly extraFrames: number;
  readonly failed: readonly FailedFrame[];
  /** Whether every point has its frame. */
  readonly isComplete: boolean;
}

/**
 * The shape of the frames of a series: that of its first file that can be opened.
 *
 * @throws FileAccessError, FileFormatError of the first file where none can.
 */
export async function frameShape(
  files: readonly string[],
  { trustedFolders }: MapReading,
): Promise<readonly [rows: number, columns: number]> {
  const failures: unknown[] = [];
  for (const path of files) {
    try {
      const file = await openImage(path, { trustedFolders });
      await file.close();
      return file.shape;
    } catch (error) {
      failures.push(error);
    }
  }
  throw failures[0];
}

/** The files of a map, in natural order. */
export function mapFiles(files: string | readonly string[]): Promise<string[]> {
  return listFiles(files);
}

/**
 * Reads a region of every frame that lies on a mesh, in their order, and hands it to `visit` with its
 * point. A frame that cannot be read is reported and leaves its point empty.
 *
 * @throws OptionError where the region does not lie in a frame.
 */
export async function mapFrames(
  files: readonly string[],
  region: Region,
  mesh: Mesh,
  { signal, workers, trustedFolders = [] }: MapReading,
  visit: (data: TypedArray, point: number) => void,
): Promise<MappedFrames> {
  const points = mesh.slow * mesh.fast;
  const pointer = new Int32Array(points).fill(-1);
  const failed: FailedFrame[] = [];
  let [next, framesDone, extraFrames] = [0, 0, 0];
  const series = openSeries(files, {
    region,
    reuse: true,
    trustedFolders,
    ...(signal === undefined ? {} : { signal }),
    ...(workers === undefined ? {} : { workers }),
    onError: (error) => {
      if (error instanceof OptionError) throw error;
      failed.push({ index: next++, message: error.message });
    },
  });
  try {
    for await (const { data, index } of series) {
      next = index + 1;
      const point = meshPoint(mesh, index);
      if (point < 0) {
        if (index >= (mesh.offset ?? 0)) extraFrames++;
        continue;
      }
      visit(data, point);
      pointer[point] = index;
      reportProgress({ label: "mapping", done: ++framesDone, total: points });
    }
  } catch (error) {
    // What has come is worth keeping: the scan may have taken hours.
    if (signal?.aborted !== true) throw error;
  }
  const shape = [mesh.slow, mesh.fast] as const;
  const isComplete = framesDone === points;
  return { files, shape, pointer, framesDone, extraFrames, failed, isComplete };
}
