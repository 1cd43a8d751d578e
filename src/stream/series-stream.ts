import { StreamError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { parseAddress } from "../image/address.js";
import { openSeries } from "../image/open-series.js";
import type { WatchOptions } from "../image/series/watch-files.js";
import { checkOptionNames } from "../option-names.js";
import { FrameQueue, STREAM_OPTIONS } from "./frame-queue.js";
import type { FrameStream, StreamOptions } from "./frame-stream.js";

/** Which files a stream takes. */
export interface SeriesStreamOptions extends StreamOptions {
  /**
   * Whether files that come later belong to it, each when it is complete; the stream then goes on until
   * it is closed, or `timeout` is over. Its `interval` is 0.1 s by default. Default `false`.
   */
  readonly watch?: boolean | Pick<WatchOptions, "interval" | "settle">;
  /** Folders, besides a file's own, in which what an HDF5 file links to may lie. Default none. */
  readonly trustedFolders?: readonly string[];
  /** Threads that decode frames, as of `openSeries`. */
  readonly workers?: number;
}

const OPTIONS: readonly (keyof SeriesStreamOptions)[] = [
  ...STREAM_OPTIONS,
  "watch",
  "trustedFolders",
  "workers",
];

/** A look in a tenth of a second: a new picture is to be seen at once. */
const interval = 0.1;

/**
 * The frames of files, globs and folders, in natural order; with `watch`, also of those that come. A
 * frame's `number` is its place in the series, where a file that cannot be read counts as one, and its
 * `timestamp` the time when the file was written.
 *
 * @throws OptionError. What cannot be listed is thrown to the reader.
 */
export function seriesStream(
  pathsOrGlobs: string | readonly string[],
  options: SeriesStreamOptions = {},
): FrameStream {
  checkOptionNames(options, OPTIONS);
  const { watch = false, timeout, trustedFolders, workers } = options;
  const name = typeof pathsOrGlobs === "string" ? pathsOrGlobs : nameOf(pathsOrGlobs);
  // A watch itself knows when nothing more comes: what is still being written may hold back the rest.
  const queue = new FrameQueue(name, options, watch === false);
  const stop = new AbortController();
  const run = async (): Promise<void> => {
    const frames = openSeries(pathsOrGlobs, {
      signal: stop.signal,
      watch: watch !== false && {
        interval,
        ...(watch === true ? {} : watch),
        ...(timeout !== undefined && { timeout }),
        onLeft: (files) => {
          if (!options.signal?.aborted) queue.tell(leftOut(name, files));
        },
      },
      onError: (trouble) => queue.bad(trouble, 0),
      ...(trustedFolders && { trustedFolders }),
      ...(workers !== undefined && { workers }),
    });
    for await (const frame of frames) {
      const timestamp = await writtenAt(frame.source);
      queue.put({ ...frame, number: frame.index, timestamp });
      await queue.room();
      if (queue.isOver) return;
    }
  };
  const running = run().then(
    () => queue.end(),
    (error) => queue.end(stop.signal.aborted ? undefined : error),
  );
  queue.onStop(async () => {
    stop.abort();
    await running;
  });
  return queue;
}

function nameOf(paths: readonly string[]): string {
  return paths.length === 1 ? paths[0]! : `${paths[0]} and ${paths.length - 1} more`;
}

function leftOut(name: string, files: readonly string[]): StreamError {
  const [first, ...more] = files;
  const which = more.length === 0 ? first : `${first} and ${more.length} files after it`;
  const why = "still being written, or waiting for those before";
  return new StreamError(name, `ended without ${which}: ${why}`);
}

/** Seconds since 1970 of a frame's file. */
async function writtenAt(source: string): Promise<number> {
  const { path } = parseAddress(source.replace(/#\d+$/, ""));
  const status = await nodeModule("node:fs/promises")
    .stat(path)
    .catch(() => undefined);
  return status === undefined ? Date.now() / 1000 : status.mtimeMs / 1000;
}
