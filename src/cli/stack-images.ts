import type { Image } from "../array.js";
import { writeHdf5 } from "../export/hdf5-images.js";
import { nodeModule } from "../host/node.js";
import { parseAddress } from "../image/address.js";
import type { OpenImageOptions } from "../image/open-image.js";
import { openSeries } from "../image/open-series.js";
import { type CommandIo, UsageError } from "./command.js";
import { listFrames } from "./outputs.js";
import { progressDisplay } from "./progress-display.js";
import type { SeriesOutcome } from "./series.js";

/**
 * Writes all frames of files into one HDF5 stack; a frame that cannot be read ends it, and nothing is
 * written.
 *
 * @throws UsageError where the stack is one of the files.
 */
export async function stackImages(
  files: readonly string[],
  output: string,
  io: CommandIo,
  quiet: boolean,
  opening: OpenImageOptions,
): Promise<SeriesOutcome<Record<string, never>>> {
  const started = performance.now();
  const { signal } = io;
  const { resolve } = nodeModule("node:path");
  if (files.some((file) => resolve(parseAddress(file).path) === resolve(output))) {
    throw new UsageError(`${output} is an input and would be overwritten; choose another name`);
  }
  const total = (await listFrames(files, opening)).length;
  const display = progressDisplay(io, quiet);
  const done: SeriesOutcome<Record<string, never>>["done"] = [];
  const { trustedFolders = [] } = opening;
  const options = signal === undefined ? { trustedFolders } : { trustedFolders, signal };
  async function* frames(): AsyncGenerator<Image> {
    for await (const frame of openSeries(files, options)) {
      yield frame;
      done.push({ source: frame.source, output, result: {} });
      display.step(done.length, total, `${frame.source} → ${output}`);
    }
  }
  try {
    await writeHdf5(output, frames());
  } finally {
    display.close();
  }
  return { done, failed: [], seconds: (performance.now() - started) / 1000 };
}
