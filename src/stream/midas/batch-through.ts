import type { MidasParameters } from "../../config/midas/parameters.js";
import { CakelabError, FileFormatError, isCakelabError } from "../../errors.js";
import { writeMat } from "../../export/mat.js";
import { writeZarrZip } from "../../export/zarr/zarr-zip.js";
import { nodeModule } from "../../host/node.js";
import { imageInfo } from "../../image/image-info.js";
import { reportNotice } from "../../notice.js";
import { reportProgress } from "../../progress.js";
import type { FrameStream } from "../frame-stream.js";
import { FrameRecord } from "../record/frame-record.js";
import { seriesStream } from "../series-stream.js";
import { cakedArrays } from "./caked-arrays.js";
import { writeCakedFile } from "./caked-file.js";
import { midasLayout } from "./midas-layout.js";
import { MidasPeakFits } from "./peak-fits.js";
import { recordFrames } from "./record-frames.js";
import type { MidasEngine, MidasRunOptions } from "./run-options.js";

/** What becomes of the files of a batch. */
export interface BatchOutputs {
  /** Where results go. Default the working folder. */
  readonly resultFolder?: string;
  /** Files at a time. Default 1. */
  readonly together?: number;
  /** Also writes MATLAB files. Default false. */
  readonly mat?: boolean;
  /** Dataset of HDF5 files. Default: MIDAS' `exchange/data` where there is one, else the images. */
  readonly dataLocation?: string;
  /** Leaves out files whose results are there already. Default false. */
  readonly skipExisting?: boolean;
  /** Goes on with files that an interrupted run had begun. Default false. */
  readonly resume?: boolean;
  /** Is told of each file, and how many of them are done. */
  readonly onFile?: (result: BatchResult, done: number, total: number) => void;
}

/** What became of a file. */
export interface BatchResult {
  readonly source: string;
  /** `"skipped"`: its results are there already. `"missing"`: there is no such file. */
  readonly state: "done" | "skipped" | "missing" | "failed";
  /** HDF5, Zarr and MATLAB files. */
  readonly outputs: readonly string[];
  readonly frames: number;
  /** Frames that could not be read or integrated. */
  readonly bad: number;
  readonly error?: CakelabError;
}

/** What became of a batch. */
export interface MidasBatchSummary {
  readonly files: readonly BatchResult[];
  readonly seconds: number;
}

/**
 * Integrates files with a map that is there. A file that fails does not end the others.
 *
 * @throws the signal's reason, and what is no fault of a file.
 */
export async function batchThrough(
  engine: Pick<MidasEngine, "caker" | "grid">,
  parameters: MidasParameters,
  files: readonly string[],
  options: BatchOutputs & MidasRunOptions,
): Promise<MidasBatchSummary> {
  const begun = performance.now();
  const { together = 1, onFile, onProgress = reportProgress, signal } = options;
  const results = new Array<BatchResult>(files.length);
  let [next, done] = [0, 0];
  const worker = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      signal?.throwIfAborted();
      const result = await oneFile(engine, parameters, files[i]!, options);
      results[i] = result;
      const total = files.length;
      onFile?.(result, ++done, total);
      onProgress({ label: "integrating files", done, total });
    }
  };
  await Promise.all(Array.from({ length: Math.min(together, files.length) }, worker));
  return { files: results, seconds: (performance.now() - begun) / 1000 };
}

async function oneFile(
  { caker, grid }: Pick<MidasEngine, "caker" | "grid">,
  parameters: MidasParameters,
  source: string,
  options: BatchOutputs & MidasRunOptions,
): Promise<BatchResult> {
  const { existsSync } = nodeModule("node:fs");
  const { basename, join } = nodeModule("node:path");
  const { resultFolder = ".", mat = false, skipExisting = false, resume = false, signal } = options;
  const { onTrouble = ({ message }) => reportNotice(message) } = options;
  const output = join(resultFolder, `${basename(source)}.caked.hdf`);
  const zarr = `${output}.zarr.zip`;
  const outputs = [output, zarr, ...(mat ? [`${zarr}.mat`] : [])];
  const nothing = { source, outputs: [], frames: 0, bad: 0 };
  if (skipExisting && outputs.every((path) => existsSync(path))) {
    return { ...nothing, state: "skipped", outputs };
  }
  if (!existsSync(source)) return { ...nothing, state: "missing" };
  let record: FrameRecord | undefined;
  let bad = 0;
  try {
    const kept = { hasCakes: true, hasFits: parameters.DoPeakFit, hasCakeFits: false };
    const { path: _, ...settings } = parameters;
    const layout = midasLayout(grid, kept);
    record = await FrameRecord.open(output, { layout, settings: { settings }, resume });
    const fits = kept.hasFits ? new MidasPeakFits(parameters, grid) : undefined;
    fits?.takeUp(record);
    const onBad = (error: CakelabError): void => {
      bad++;
      onTrouble(error);
    };
    const address = await addressOf(source, options.dataLocation);
    const stream = skipping(
      seriesStream([address], { reuse: true, onTrouble: onBad, ...(signal && { signal }) }),
      parameters.SkipFrame,
    );
    await recordFrames({ stream, caker, record, fits, onTrouble: onBad, signal });
    const { frames } = record;
    if (frames === 0) {
      throw new FileFormatError(source, "has no frame that could be integrated");
    }
    const arrays = cakedArrays(record, grid, parameters);
    const title = `MIDAS radial integration of ${basename(source)}`;
    await writeCakedFile(output, arrays, { title, signal });
    await writeZarrZip(zarr, arrays);
    if (mat) await writeMat(outputs[2]!, arrays);
    await record.remove();
    return { source, state: "done", outputs, frames, bad };
  } catch (error) {
    if (!(error instanceof CakelabError)) throw error;
    return { ...nothing, state: "failed", bad, error };
  } finally {
    record?.close();
  }
}

/** A file's address, with the dataset that MIDAS reads where it has that. */
async function addressOf(source: string, location: string | undefined): Promise<string> {
  if (!/\.(h5|hdf5?|nxs)$/i.test(source)) return source;
  const dataset = (location ?? "exchange/data").replace(/^\//, "");
  const address = `${source}::/${dataset}`;
  if (location !== undefined) return address;
  try {
    await imageInfo(address);
    return address;
  } catch (error) {
    if (!isCakelabError(error)) throw error;
    return source;
  }
}

/** Without the first frames of a file. */
function skipping(stream: FrameStream, count: number): FrameStream {
  if (count === 0) return stream;
  return {
    name: stream.name,
    get counts() {
      return stream.counts;
    },
    close: () => stream.close(),
    async *[Symbol.asyncIterator]() {
      let left = count;
      for await (const frame of stream) if (left-- <= 0) yield frame;
    },
  };
}
