import type { Frame } from "../array.js";
import { CakelabError, isCakelabError, OptionError } from "../errors.js";
import type { OpenImageOptions } from "../image/open-image.js";
import { openSeries } from "../image/open-series.js";
import type { CommandIo } from "./command.js";
import type { Job } from "./outputs.js";
import { progressDisplay } from "./progress-display.js";

/** A frame that is done. */
export interface Done<Result> {
  readonly source: string;
  readonly output: string;
  readonly result: Result;
}

/** A frame, or a file, that could not be worked on. */
export interface Failure {
  readonly tag: string;
  /** Names the file, the reason and the remedy. */
  readonly message: string;
}

/** What became of a series. */
export interface SeriesOutcome<Result> {
  readonly done: Done<Result>[];
  readonly failed: Failure[];
  readonly seconds: number;
}

/**
 * Works on every frame of the files: one that fails is reported and the others go on. Of results,
 * only what `work` returns is kept, so that a long series does not fill the memory.
 *
 * @param jobs the outputs of all frames in the order of the series
 * @throws OptionError if the first frame fails with one: the others would too.
 */
export async function runSeries<Result>(
  files: readonly string[],
  jobs: readonly Job[],
  work: (frame: Frame, output: string) => Promise<Result>,
  io: CommandIo,
  quiet: boolean,
  opening: OpenImageOptions = {},
): Promise<SeriesOutcome<Result>> {
  const started = performance.now();
  const display = progressDisplay(io, quiet);
  const done: Done<Result>[] = [];
  const failed: Failure[] = [];
  const steps = (line: string): void =>
    display.step(done.length + failed.length, jobs.length, line);
  const fail = (error: CakelabError, source?: string): void => {
    const names = source === undefined || error.message.startsWith(source);
    const message = names ? error.message : `${source}: ${error.message}`;
    failed.push({ tag: error.tag, message });
    display.message(`failed: ${message}`);
    steps(`failed${source === undefined ? "" : `: ${source}`}`);
  };
  try {
    const { trustedFolders = [] } = opening;
    const options = {
      trustedFolders,
      reuse: true,
      ...(io.signal === undefined ? {} : { signal: io.signal }),
    };
    for await (const frame of openSeries(files, { ...options, onError: (error) => fail(error) })) {
      io.signal?.throwIfAborted();
      const { source, output } = jobs[frame.index] ?? changed(frame);
      try {
        const result = await work(frame, output);
        done.push({ source, output, result });
        steps(`${source} → ${output}`);
      } catch (error) {
        const hopeless = error instanceof OptionError && done.length === 0;
        if (io.signal?.aborted || hopeless || !isCakelabError(error)) {
          throw error;
        }
        fail(error, source);
      }
    }
  } finally {
    display.close();
  }
  return { done, failed, seconds: (performance.now() - started) / 1000 };
}

function changed({ source }: Frame): never {
  throw new SeriesChangedError(
    `${source}: this file has more frames than when the series began; run again when it is complete`,
  );
}

class SeriesChangedError extends CakelabError {
  readonly tag = "series-changed";
}
