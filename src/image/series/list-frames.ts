import type { Image } from "../../array.js";
import { CakelabError } from "../../errors.js";
import type { ReadOptions } from "../format.js";
import { type OpenImageOptions, openImage } from "../open-image.js";
import { readPart } from "../read-part.js";
import type { Region } from "../region.js";

/** A frame that is to be read. */
export interface FrameTask {
  readonly path: string;
  readonly frame: number;
  /** Of its file. */
  readonly frames: number;
  /** Of its file: `"EDF"`. */
  readonly format: string;
  /** Of its file. */
  readonly shape: readonly [rows: number, columns: number];
  /** Its place in the series. */
  readonly index: number;
  /** The path, followed by `#3` for frame 3 of a file with several. */
  readonly source: string;
  /** Reads it from the file as it is open here. */
  read(options?: ReadOptions): Promise<Image>;
}

/** Which frames of a series are taken, and which part of each. */
export interface Choice {
  readonly region: Region | undefined;
  readonly offset: number;
  readonly stride: number;
  readonly limit: number;
}

/**
 * The chosen frames of files in turn; the error of a file that cannot be opened takes its place, and
 * it counts as one frame. A file is open as long as one of its frames is read.
 *
 * @throws what is not foreseen
 */
export async function* listFrames(
  paths: AsyncIterable<string> | Iterable<string>,
  { region, offset, stride, limit }: Choice,
  options: OpenImageOptions,
): AsyncGenerator<FrameTask | CakelabError, void, undefined> {
  let first = 0;
  let taken = 0;
  for await (const path of paths) {
    let frames = 1;
    try {
      const file = await openImage(path, options);
      const reads: Promise<unknown>[] = [];
      try {
        frames = file.frames;
        for (let frame = 0; frame < frames; frame++) {
          const index = first + frame;
          if (index < offset || (index - offset) % stride !== 0) continue;
          const source = frames === 1 ? path : `${path}#${frame}`;
          const read = (how?: ReadOptions): Promise<Image> => {
            const image = readPart(file, frame, region, how ?? {});
            reads.push(image.catch(() => {}));
            return image;
          };
          const { format, shape } = file;
          yield { path, frame, frames, format, shape, index, source, read };
          if (++taken === limit) return;
        }
      } finally {
        await Promise.all(reads);
        await file.close();
      }
    } catch (error) {
      if (!(error instanceof CakelabError)) throw error;
      // Told of even where its place is left out: it may have been several.
      yield error;
    }
    first += frames;
  }
}
