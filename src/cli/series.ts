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

const NOTHING = Promise.resolve();

/** What became of a series. */
export interface SeriesOutcome<Result> {
  readonly done: Done<Result>[];
  readonly failed: Failure[];
  readonly seconds: number;
}

/** What is done with a frame: computing, and writing what was computed. */
export interface SeriesWork<Computed, Result> {
  readonly compute: (frame: Frame) => Promise<Computed>;
  /** Writes the output of a frame, which came from `source`; what it returns is kept. */
  readonly write: (computed: Computed, output: string, source: string) => Promise<Result>;
  /** How many outputs are written at a time. Default 1. */
  readonly atOnce?: number;
  /** Whether what is computed has the frame's own data, whose memory the next one would else take. */
  readonly keepsFrames?: boolean;
}

/**
 * Works on every frame of the files: one that fails is reported and the others go on. While a frame is
 * written, the next one is read and computed. Of results, only what `write` returns is kept, so that a
 * long series does not fill the memory.
 *
 * @param jobs the outputs of all frames in the order of the series
 * @throws OptionError if the first frame fails with one: the others would too.
 */
export async function runSeries<Computed, Result>(
  files: readonly string[],
  jobs: readonly Job[],
  { compute, write, atOnce = 1, keepsFrames = false }: SeriesWork<Computed, Result>,
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
  const failFrame = (error: unknown, source: string): void => {
    const hopeless = error instanceof OptionError && done.length === 0;
    if (io.signal?.aborted || hopeless || !isCakelabError(error)) {
      throw error;
    }
    fail(error, source);
  };
  const finish = async (
    written: Promise<Result>,
    { source, output }: Job,
    before: Promise<void>,
  ): Promise<void> => {
    const [result] = await Promise.allSettled([written]);
    await before;
    if (result.status === "rejected") return failFrame(result.reason, source);
    done.push({ source, output, result: result.value });
    steps(`${source} → ${output}`);
  };
  // The last of those that are being written; they end in order.
  let writing: Promise<void>[] = [];
  try {
    const { trustedFolders = [] } = opening;
    const options = {
      trustedFolders,
      reuse: !keepsFrames,
      ...(io.signal === undefined ? {} : { signal: io.signal }),
    };
    for await (const frame of openSeries(files, { ...options, onError: (error) => fail(error) })) {
      io.signal?.throwIfAborted();
      const job = jobs[frame.index] ?? changed(frame);
      const [computed] = await Promise.allSettled([compute(frame)]);
      const isFailed = computed.status === "rejected";
      await writing[isFailed ? writing.length - 1 : writing.length - atOnce];
      if (isFailed) {
        failFrame(computed.reason, job.source);
        continue;
      }
      const finished = finish(
        write(computed.value, job.output, job.source),
        job,
        writing.at(-1) ?? NOTHING,
      );
      // Its error is thrown when its turn comes.
      finished.catch(() => {});
      writing = [...writing, finished].slice(-atOnce);
    }
    await writing.at(-1);
  } finally {
    await Promise.allSettled(writing);
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
