import type { Hdf5Compression } from "../../hdf5/write-types.js";
import type { ScanGrid } from "../grid.js";

/** What a scan's file says besides its patterns. */
export interface ScanDescription {
  readonly title: string;
  readonly grid: ScanGrid;
  /** Frames before the first point. */
  readonly offset: number;
  /** Paths of the images, and of what was made from files. */
  readonly files: readonly string[];
  readonly poniFile: string | undefined;
  readonly maskFile: string | undefined;
  readonly darkFiles: readonly string[];
  readonly flatFiles: readonly string[];
  /** Name of the monitor. */
  readonly monitor: string | undefined;
  /** diff_map's configuration. */
  readonly diffMap: Readonly<Record<string, unknown>>;
  readonly trustedFolders: readonly string[];
  /** Whether there is a transposed copy, an image for each radius. */
  readonly hasMap: boolean;
  readonly compression: Hdf5Compression;
}
