import type { Frame } from "../array.js";
import { CakelabError, OptionError } from "../errors.js";
import { checkOptionNames } from "../option-names.js";
import { listFiles } from "./list-files.js";
import { openImage } from "./open-image.js";

/** Which frames of a series, and what happens to those that cannot be read. */
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
}

const OPTIONS: readonly (keyof SeriesOptions)[] = ["signal", "onError", "offset", "stride"];

/**
 * Reads the frames of files, globs and folders one after the other, in natural order; of a file
 * with several, all of them. While a frame is worked on, the next one is read: two frames are in
 * memory at most.
 *
 * `index` counts all frames of the series, also those that `offset` and `stride` leave out or that
 * cannot be read (a file that cannot be opened counts as one frame), so that it stays the place in
 * a scan. `source` is the path, followed by `#3` for frame 3 of a file with several.
 *
 * @throws FileAccessError if a pattern matches nothing; FileFormatError and FileAccessError of a
 * file unless `onError` is a function; OptionError; the signal's reason.
 * @example for await (const frame of openSeries("data/pixium_*.tif")) { … }
 */
export async function* openSeries(
  pathsOrGlobs: string | readonly string[],
  options: SeriesOptions = {},
): AsyncGenerator<Frame, void, undefined> {
  checkOptionNames(options, OPTIONS);
  const { onError = "throw", offset = 0, stride = 1 } = options;
  if (!Number.isInteger(offset) || offset < 0) {
    throw new OptionError("offset", offset, "is to be a whole number from 0");
  }
  if (!Number.isInteger(stride) || stride < 1) {
    throw new OptionError("stride", stride, "is to be a whole number from 1");
  }
  const frames = readFrames(await listFiles(pathsOrGlobs), options);
  let ahead = readAhead(frames);
  try {
    for (;;) {
      const { value, done } = await ahead;
      if (done) return;
      if (!(value instanceof CakelabError)) {
        ahead = readAhead(frames);
        yield value;
      } else if (onError === "throw") {
        throw value;
      } else {
        onError(value);
        ahead = readAhead(frames);
      }
    }
  } finally {
    await ahead.catch(() => {});
    await frames.return();
  }
}

type FrameOrError = Frame | CakelabError;

function readAhead(
  frames: AsyncGenerator<FrameOrError, void, undefined>,
): Promise<IteratorResult<FrameOrError, void>> {
  const next = frames.next();
  // Whoever asks for this frame gets its error; until then nobody listens.
  next.catch(() => {});
  return next;
}

/** An error takes the place of its frame, so that it is told of when its turn comes. */
async function* readFrames(
  paths: readonly string[],
  { signal, offset = 0, stride = 1 }: SeriesOptions,
): AsyncGenerator<FrameOrError, void, undefined> {
  let index = 0;
  for (const path of paths) {
    const first = index;
    let frames = 1;
    try {
      signal?.throwIfAborted();
      const file = await openImage(path);
      try {
        frames = file.frames;
        for (let frame = 0; frame < frames; frame++) {
          index = first + frame;
          if (index < offset || (index - offset) % stride !== 0) continue;
          const image = await file.read(frame, { signal }).catch(foreseen);
          if (image instanceof CakelabError) yield image;
          else yield { ...image, index, source: frames === 1 ? path : `${path}#${frame}` };
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      yield foreseen(error);
    }
    index = first + frames;
  }
}

function foreseen(error: unknown): CakelabError {
  if (error instanceof CakelabError) return error;
  throw error;
}
