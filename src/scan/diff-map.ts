import type { EngineInfo } from "../integrate/result.js";
import type { DiffMapOptions } from "./diff-map-options.js";
import { LiveScan } from "./live-scan.js";
import type { PatternLayout } from "./pattern-layout.js";
import { runScan } from "./run-scan.js";
import type { FailedFrame, Scan } from "./scan.js";
import { scanJob } from "./scan-job.js";

/** What became of a scan. */
export interface DiffMapSummary {
  readonly output: string;
  readonly shape: readonly [slow: number, fast: number];
  /** Points that have a pattern. */
  readonly done: number;
  /** Of these, points that an earlier run had done. */
  readonly resumed: number;
  readonly failed: readonly FailedFrame[];
  /** Points for which there was no frame. */
  readonly missing: number;
  /** Frames for which there was no point. */
  readonly extra: number;
  readonly seconds: number;
  /** Milliseconds from each frame to the next, of this run. */
  readonly times: Float64Array;
  readonly engine: EngineInfo;
  /** What was applied to every frame. */
  readonly provenance: PatternLayout["provenance"];
}

/** A scan that runs. */
export interface RunningScan extends Scan {
  /** Settles when the file is written, or the scan was stopped or has failed. */
  readonly finished: Promise<DiffMapSummary>;
  /** Ends the run; `resume` goes on with it. */
  stop(): void;
}

/**
 * Integrates the frames of a scan into a map of patterns, pyFAI's diff_map: a NeXus file in its layout,
 * that silx view, pyFAI-diffmap-view and PyMca open. While the scan runs, patterns are kept in a journal
 * beside it (`<output>.journal`) as well, so that whatever happens `resume` ends with the file that an
 * undisturbed run would have made.
 *
 * A frame that cannot be read, or does not fit the others, is told to `onFailed`; its point stays NaN.
 *
 * @throws OptionError, ShapeError; FileAccessError where there is no image; OutputError where the disk is
 * full: what was done stays, and can be read; the reason of `signal`.
 * @example
 * const { done, failed } = await diffMap({
 *   files: "scan.h5", ai: "geometry.poni", output: "map.h5", npt: 1000, slow: 41, fast: 41,
 * });
 */
export async function diffMap(options: DiffMapOptions): Promise<DiffMapSummary> {
  return runScan(await scanJob(options), options, {});
}

/**
 * The same, and gives the scan as soon as its first pattern is there, for a live view.
 *
 * @throws as `diffMap` what goes wrong before; later, `finished` rejects.
 * @example
 * const scan = await startDiffMap({ files: "scan.h5", ai, output: "map.h5", npt: 1000, slow: 41, fast: 41 });
 * new ScanMap(scan)
 */
export async function startDiffMap(options: DiffMapOptions): Promise<RunningScan> {
  const job = await scanJob(options);
  const stopper = new AbortController();
  const signal =
    options.signal === undefined
      ? stopper.signal
      : AbortSignal.any([options.signal, stopper.signal]);
  return new Promise((resolve, reject) => {
    let live: LiveScan | undefined;
    const finished: Promise<DiffMapSummary> = runScan(
      { ...job, work: { ...job.work, integration: { ...job.work.integration, signal } } },
      { ...options, signal },
      {
        onLayout(layout) {
          live = new LiveScan(job.description, layout);
          resolve(Object.assign(live, { finished, stop: () => stopper.abort() }));
          return live;
        },
      },
    ).finally(() => live?.end());
    finished.catch(reject);
  });
}
