import type { Frame } from "../array.js";
import { CakelabError } from "../errors.js";
import { openListed } from "../image/open-series.js";
import type { AzimuthalIntegrator, SeriesOptions } from "../integrate/azimuthal-integrator.js";
import type { Integrate1dResult, Integrate2dResult } from "../integrate/result.js";
import { frameValue, valueRemedy } from "./frame-value.js";
import type { ScanGrid } from "./grid.js";

/** A frame that is integrated. */
export interface IntegratedFrame {
  readonly index: number;
  readonly point: number;
  /** Which of the files, and which of its frames. */
  readonly file: number;
  readonly frame: number;
  /** Counts of the monitor, by which intensities are divided already; NaN without one. */
  readonly monitor: number;
  readonly result: Integrate1dResult | Integrate2dResult;
}

/** A frame, or a file, that could not be. */
export interface UnreadFrame {
  readonly index: number;
  readonly point: number;
  readonly error: CakelabError;
}

/** What frames are integrated, and how. */
export interface FrameWork {
  readonly files: readonly string[];
  readonly grid: ScanGrid;
  readonly ai: AzimuthalIntegrator;
  readonly integration: SeriesOptions;
  /** What all frames are to have, if it is known before the first. */
  readonly frameShape: readonly [number, number] | undefined;
  /** Name of the monitor in the headers. */
  readonly monitor: string | undefined;
  readonly trustedFolders: readonly string[];
}

/** Where in a series of files work begins. */
export interface SeriesPlace {
  readonly file: number;
  /** The first frame of that file that is taken. */
  readonly frame: number;
  /** Its index in the whole series. */
  readonly index: number;
}

/** A frame whose shape, or whose monitor, does not fit. */
export class FrameError extends CakelabError {
  readonly tag = "frame";
  readonly source: string;

  constructor(source: string, message: string) {
    super(`${source}: ${message}`);
    this.source = source;
  }
}

/**
 * Integrates the frames of files that lie on a grid, in their order: while one is integrated the next
 * ones are read. One that cannot be read, or does not fit the first, is told of in its turn.
 *
 * @throws what ends the whole series: OptionError, the signal's reason
 */
export async function* scanFrames(
  work: FrameWork,
  from: SeriesPlace,
): AsyncGenerator<IntegratedFrame | UnreadFrame, void, undefined> {
  const { ai, integration, grid } = work;
  const { signal } = integration;
  const files = work.files.slice(from.file);
  const base = from.index - from.frame;
  // What has been read and is not told of yet: frames that are being integrated, and failures.
  const waiting: (Omit<IntegratedFrame, "result"> | UnreadFrame)[] = [];
  let { frameShape } = work;

  async function* fitting(): AsyncGenerator<Frame> {
    const unread: CakelabError[] = [];
    let next = from.index;
    let file = 0;
    const fail = (index: number, error: CakelabError): void => {
      if (index >= grid.end) return;
      waiting.push({ index, point: grid.point(index), error });
    };
    const series = openListed(files, {
      offset: from.frame,
      limit: Math.max(1, grid.end - from.index),
      reuse: true,
      trustedFolders: work.trustedFolders,
      onError: (error) => unread.push(error),
      ...(signal === undefined ? {} : { signal }),
    });
    for await (const frame of series) {
      const index = base + frame.index;
      // Those of files before the first frame that is taken do not count.
      const counted = unread.splice(0).slice(next - index || Infinity);
      for (const error of counted) fail(next++, error);
      next = index + 1;
      if (index >= grid.end) return;
      while (file < files.length - 1 && !isOf(frame.source, files[file]!)) file++;
      const place = { file: from.file + file, frame: frameNumber(frame.source, files[file]!) };
      const point = grid.point(index);
      if (point < 0) continue;
      frameShape ??= frame.shape;
      const monitor = work.monitor === undefined ? NaN : monitorOf(frame, work.monitor);
      const problem = shapeProblem(frame, frameShape) ?? monitorProblem(frame, monitor, work);
      if (problem !== undefined) fail(index, problem);
      else {
        waiting.push({ index, point, ...place, monitor });
        yield frame;
      }
    }
    for (const error of unread) fail(next++, error);
  }

  function* failures(): Generator<UnreadFrame> {
    while (waiting[0] !== undefined && "error" in waiting[0]) yield waiting.shift() as UnreadFrame;
  }

  for await (const result of ai.integrateMany(fitting(), integration)) {
    yield* failures();
    const frame = waiting.shift() as Omit<IntegratedFrame, "result">;
    if (frame.monitor > 0) divide(result, frame.monitor);
    yield { ...frame, result };
  }
  yield* failures();
}

function isOf(source: string, file: string): boolean {
  return source.startsWith(file) && /^(#\d+)?$/.test(source.slice(file.length));
}

function frameNumber(source: string, file: string): number {
  return source === file ? 0 : Number(source.slice(file.length + 1));
}

function shapeProblem(
  { shape, source }: Frame,
  [rows, columns]: readonly [number, number],
): FrameError | undefined {
  if (shape[0] === rows && shape[1] === columns) return undefined;
  return new FrameError(
    source,
    `its shape is ${shape.join(" × ")}, not ${rows} × ${columns} as that of the others; leave it out`,
  );
}

function monitorOf({ header = {} }: Frame, name: string): number {
  return frameValue(header, name) ?? Number.NaN;
}

function monitorProblem(
  { header = {}, source }: Frame,
  value: number,
  { monitor }: FrameWork,
): FrameError | undefined {
  if (monitor === undefined || (value > 0 && value < Infinity)) return undefined;
  const what = Number.isNaN(value)
    ? `its header has no monitor ${monitor}; ${valueRemedy(header, monitor)}`
    : `its monitor ${monitor} is ${value}, by which no intensity can be divided`;
  return new FrameError(source, what);
}

/** As a normalization factor of the frame does; counts and sums of pixels stay. */
function divide(result: Integrate1dResult | Integrate2dResult, monitor: number): void {
  for (const values of [result.intensity, result.sigma, result.std]) {
    if (values === undefined) continue;
    for (let i = 0; i < values.length; i++) values[i]! /= monitor;
  }
}
