import type { Frame, Image } from "../array.js";
import { CakelabError, OptionError, ShapeError } from "../errors.js";
import { recycle } from "../host/uninitialized.js";
import { checkOptionNames } from "../option-names.js";
import type { ReadOptions } from "./format.js";
import { listFiles } from "./list-files.js";
import { type OpenImageOptions, openImage } from "./open-image.js";
import { readPart } from "./read-part.js";
import type { Region } from "./region.js";
import { type DecodePool, decodePool, defaultThreads } from "./series/decode-pool.js";
import { type FrameTask, listFrames } from "./series/list-frames.js";
import { mapAhead } from "./series/map-ahead.js";
import { type WatchOptions, watchFiles } from "./series/watch-files.js";

/** Which frames of a series, how they are read, and what happens to those that cannot be. */
export interface SeriesOptions {
  readonly signal?: AbortSignal;
  /**
   * `"throw"` ends the series at the first file or frame that cannot be read; a function is told
   * of it and the series goes on with the next. Default `"throw"`.
   */
  readonly onError?: "throw" | ((error: CakelabError) => void);
  /** Index of the first frame that is taken. Default 0. */
  readonly offset?: number;
  /** Every how many frames one is taken. Default 1. */
  readonly stride?: number;
  /** The most frames that are taken. Default: all. */
  readonly limit?: number;
  /** The part of each frame that is taken, as `readImage` reads it. Default: the whole frame. */
  readonly region?: Region;
  /**
   * Whether files that come while the series runs belong to it, each when it is complete. The series
   * then goes on until `signal` aborts it, or `timeout` seconds have passed without a new file.
   * Default `false`.
   */
  readonly watch?: boolean | WatchOptions;
  /**
   * Threads that decode frames; 0 decodes in the calling one. Default: the number of cores less one,
   * at least 1 and at most 8; none for a few files of one frame, and in a browser.
   */
  readonly workers?: number;
  /**
   * The most frames that are read ahead of the one that is worked on, which bounds the memory.
   * Default: one more than there are workers.
   */
  readonly ahead?: number;
  /** Folders, besides a file's own, in which what an HDF5 file links to may lie. Default none. */
  readonly trustedFolders?: readonly string[];
  /** Whether checksums that files carry (CBF's MD5) are compared. Default `true`. */
  readonly verify?: boolean;
  /**
   * Whether the memory of a frame is used again when the next but one is asked for, which is faster:
   * its `data` are empty then, or hold a later frame. `integrateMany` and plain loops need no more.
   * Default `false`.
   */
  readonly reuse?: boolean;
}

const OPTIONS: readonly (keyof SeriesOptions)[] = [
  "signal",
  "onError",
  "offset",
  "stride",
  "limit",
  "region",
  "watch",
  "workers",
  "ahead",
  "trustedFolders",
  "verify",
  "reuse",
];

/** For fewer files or frames, beginning a thread takes longer than reading them. */
const fewFiles = 4;

/**
 * Reads the frames of files, globs and folders in natural order; of a file with several, all of them.
 * While a frame is worked on, the next ones are decoded in other threads.
 *
 * `index` counts all frames of the series, also those that `offset` and `stride` leave out or that
 * cannot be read (a file that cannot be opened counts as one frame), so that it stays the place in
 * a scan. `source` is the path, followed by `#3` for frame 3 of a file with several.
 *
 * @throws FileAccessError if a pattern matches nothing, unless `watch` is on; FileFormatError and
 * FileAccessError of a file unless `onError` is a function; OptionError; the signal's reason.
 * @example for await (const frame of openSeries("data/pixium_*.tif")) { … }
 * @example for await (const frame of openSeries("scan/", { watch: { timeout: 60 } })) { … }
 */
export async function* openSeries(
  pathsOrGlobs: string | readonly string[],
  options: SeriesOptions = {},
): AsyncGenerator<Frame, void, undefined> {
  const { watch = false } = options;
  yield* seriesOf(options, (stop) =>
    watch === false
      ? listFiles(pathsOrGlobs)
      : watchFiles(pathsOrGlobs, watch === true ? {} : watch, stop),
  );
}

/**
 * The same for files that are listed already, in their order; one that is not there is a file that
 * cannot be read.
 */
export async function* openListed(
  files: readonly string[],
  options: Omit<SeriesOptions, "watch"> = {},
): AsyncGenerator<Frame, void, undefined> {
  yield* seriesOf(options, async () => [...files]);
}

async function* seriesOf(
  options: SeriesOptions,
  list: (stop: AbortSignal) => Promise<string[]> | AsyncIterable<string>,
): AsyncGenerator<Frame, void, undefined> {
  checkOptionNames(options, OPTIONS);
  const { onError = "throw", signal, region } = options;
  const offset = whole("offset", options.offset ?? 0, 0);
  const stride = whole("stride", options.stride ?? 1, 1);
  const limit = options.limit === undefined ? Infinity : whole("limit", options.limit, 1);
  const workers = whole("workers", options.workers ?? defaultThreads(), 0);

  // Leaving the series ends the wait for new files.
  const left = new AbortController();
  const stop = signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]);
  const files = await list(stop);
  const opening: OpenImageOptions = { trustedFolders: options.trustedFolders };
  const isLong = !Array.isArray(files) || files.length >= fewFiles || options.workers !== undefined;
  let pool: DecodePool | undefined;
  const poolFor = ({ frames, format }: FrameTask): DecodePool | undefined => {
    // HDF5 stacks are decoded in threads of their own.
    if (!isLong && (frames < fewFiles || format === "HDF5")) return undefined;
    pool ??= decodePool(workers);
    return pool;
  };
  const ahead = whole("ahead", options.ahead ?? workers + 1, 1);
  const tasks = listFrames(files, { region, offset, stride, limit }, opening);
  const frames = mapAhead(
    tasks,
    (task) =>
      readTask(task, poolFor, opening, {
        signal,
        region,
        verify: options.verify,
        isRecycled: options.reuse,
      }),
    ahead,
  );
  let before: Frame | undefined;
  try {
    // Not `for await`, which on leaving would wait for the frames that are read ahead before it lets
    // anybody end the wait for new files.
    for (;;) {
      const { value: frame, done } = await frames.next();
      if (done) return;
      if (!(frame instanceof CakelabError)) {
        yield frame;
        // Who works on a frame may have asked for the next one already.
        if (options.reuse && before !== undefined) recycle(before.data);
        before = frame;
      } else if (onError === "throw") throw frame;
      else onError(frame);
    }
  } finally {
    left.abort();
    await frames.return();
    pool?.release();
  }
}

interface Reading extends ReadOptions {
  readonly region: Region | undefined;
}

/** An error takes the place of its frame, so that it is told of when its turn comes. */
async function readTask(
  task: FrameTask | CakelabError,
  poolFor: (task: FrameTask) => DecodePool | undefined,
  options: OpenImageOptions,
  reading: Reading,
): Promise<Frame | CakelabError> {
  const { signal, verify, region } = reading;
  signal?.throwIfAborted();
  if (task instanceof CakelabError) return task;
  const { path, frame, index, source } = task;
  const [rows, columns] = region?.of ?? task.shape;
  if (task.shape[0] !== rows || task.shape[1] !== columns) {
    return new ShapeError(
      source,
      [rows, columns],
      task.shape,
      "the images of one series are to be of one shape; leave it out",
    );
  }
  const pool = poolFor(task);
  try {
    const image =
      pool === undefined
        ? await task.read(reading)
        : ((await pool.decode(path, frame, { ...options, verify, region })) ??
          (await readAgain(task, options, reading)));
    signal?.throwIfAborted();
    return { ...image, index, source };
  } catch (error) {
    if (error instanceof CakelabError) return error;
    throw error;
  }
}

/** What a thread could not read is read here, for the error that says why. */
async function readAgain(
  { path, frame }: FrameTask,
  options: OpenImageOptions,
  reading: Reading,
): Promise<Image> {
  const file = await openImage(path, options);
  try {
    return await readPart(file, frame, reading.region, reading);
  } finally {
    await file.close();
  }
}

function whole(name: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new OptionError(name, value, `is to be a whole number from ${least}`);
}
