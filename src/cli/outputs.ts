import { isCakelabError, OptionError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { parseAddress } from "../image/address.js";
import { imageInfo } from "../image/image-info.js";
import type { OpenImageOptions } from "../image/open-image.js";
import { UsageError } from "./command.js";

/** One frame and the file that is made of it. */
export interface Job {
  /** As messages name it: the path, with `#3` where a file has several frames. */
  readonly source: string;
  readonly output: string;
}

/** A frame of an input file. */
export interface InputFrame {
  readonly file: string;
  readonly source: string;
  /** What outputs made of it are called, without folder and extension. */
  readonly stem: string;
}

/**
 * The frames of files in the order of the series. A file that cannot be read counts as one; it fails
 * when its turn comes.
 */
export async function listFrames(
  files: readonly string[],
  options: OpenImageOptions = {},
): Promise<InputFrame[]> {
  const frames: InputFrame[] = [];
  for (const file of files) {
    const count = await countFrames(file, options);
    for (let frame = 0; frame < count; frame++) {
      frames.push(
        count === 1
          ? { file, source: file, stem: stem(file) }
          : {
              file,
              source: `${file}#${frame}`,
              stem: `${stem(file)}_${`${frame}`.padStart(5, "0")}`,
            },
      );
    }
  }
  return frames;
}

/**
 * Names the output of every frame: `<stem>.<extension>` in the folder, `<stem>_00000.<extension>` and
 * on for a file of several frames.
 *
 * @throws UsageError where two frames would get one name, or an output is an input.
 */
export async function planOutputs(
  files: readonly string[],
  folder: string,
  extension: string,
  options: OpenImageOptions = {},
): Promise<Job[]> {
  const { join } = nodeModule("node:path");
  const frames = await listFrames(files, options);
  return checked(
    files,
    frames.map((frame) => ({
      source: frame.source,
      output: join(folder, `${frame.stem}.${extension}`),
    })),
  );
}

/** @throws UsageError where two jobs have one output, or an output is an input. */
export function checked(files: readonly string[], jobs: Job[]): Job[] {
  const { resolve } = nodeModule("node:path");
  const sources = new Map<string, string>();
  const inputs = new Set(files.map((file) => resolve(parseAddress(file).path)));
  for (const { source, output } of jobs) {
    const other = sources.get(output);
    if (other !== undefined) {
      throw new UsageError(
        `${other} and ${source} would both be written to ${output}; run them with different output folders`,
      );
    }
    if (inputs.has(resolve(output))) {
      throw new UsageError(`${output} is an input and would be overwritten; choose another folder`);
    }
    sources.set(output, source);
  }
  return jobs;
}

/** A file's name without its folder and extension: `a/b.c.tif` → `b.c`; with the frame of an address. */
function stem(file: string): string {
  const { basename, extname } = nodeModule("node:path");
  const { path, frame } = parseAddress(file);
  const name = basename(path, extname(path));
  return frame === undefined ? name : `${name}_${`${frame}`.padStart(5, "0")}`;
}

async function countFrames(file: string, options: OpenImageOptions): Promise<number> {
  try {
    return (await imageInfo(file, options)).frames;
  } catch (error) {
    if (isCakelabError(error) && !(error instanceof OptionError)) {
      return 1;
    }
    throw error;
  }
}
