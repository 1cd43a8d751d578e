import { FileFormatError, isCakelabError } from "../errors.js";
import { type OpenImage, type OpenImageOptions, openImage } from "../image/open-image.js";
import { frameUnit, frameValue, valueRemedy } from "./frame-value.js";
import type { FramePositions } from "./position-grid.js";

/** Positions of motors in files, and the units that the files say. */
export interface FilePositions extends FramePositions {
  readonly units: { readonly slow: string | undefined; readonly fast: string | undefined };
}

/**
 * Reads where two motors stood for each frame: from datasets of an HDF5 file with a value for each
 * frame, by their name or their path in the entry, or from the headers of the frames.
 *
 * Those of a file that cannot be opened are NaN.
 *
 * @throws FileFormatError where a frame does not say it.
 */
export async function filePositions(
  files: readonly string[],
  names: { readonly slow: string; readonly fast: string },
  options: OpenImageOptions,
  signal?: AbortSignal,
): Promise<FilePositions> {
  const found = { slow: [] as number[], fast: [] as number[] };
  const units: { slow: string | undefined; fast: string | undefined } = {
    slow: undefined,
    fast: undefined,
  };
  for (const path of files) {
    signal?.throwIfAborted();
    const file = await opened(path, options);
    if (file === undefined) {
      found.slow.push(Number.NaN);
      found.fast.push(Number.NaN);
      continue;
    }
    try {
      for (let frame = 0; frame < file.frames; frame++) {
        const header = await headerOf(file, frame);
        for (const motor of ["slow", "fast"] as const) {
          found[motor].push(position(path, header, names[motor]));
          units[motor] ??= frameUnit(header, names[motor]);
        }
      }
    } finally {
      await file.close();
    }
  }
  return { ...found, units };
}

/** A file that cannot be opened counts as one frame, and is told of when its turn comes. */
async function opened(path: string, options: OpenImageOptions): Promise<OpenImage | undefined> {
  try {
    return await openImage(path, options);
  } catch (error) {
    if (isCakelabError(error)) return undefined;
    throw error;
  }
}

async function headerOf(file: OpenImage, frame: number): Promise<Readonly<Record<string, string>>> {
  if (frame === 0) return file.header;
  return file.headerOf?.(frame) ?? (await file.read(frame)).header ?? {};
}

function position(path: string, header: Readonly<Record<string, string>>, name: string): number {
  const value = frameValue(header, name);
  if (value !== undefined) return value;
  throw new FileFormatError(
    path,
    `does not say where the motor ${name} stood; ${valueRemedy(header, name)}`,
  );
}
