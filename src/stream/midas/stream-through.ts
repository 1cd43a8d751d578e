import type { MidasParameters } from "../../config/midas/parameters.js";
import { OptionError, StreamError } from "../../errors.js";
import type { NamedArray } from "../../export/named-array.js";
import { writeZarrZip } from "../../export/zarr/zarr-zip.js";
import { nodeModule } from "../../host/node.js";
import { reportNotice } from "../../notice.js";
import { reportProgress } from "../../progress.js";
import { closeOn } from "../close-on.js";
import { FrameMapping } from "../frame-mapping.js";
import type { FrameStream, StreamCounts } from "../frame-stream.js";
import { FrameRecord } from "../record/frame-record.js";
import { BinFiles } from "./bin-files.js";
import { cakedArrays } from "./caked-arrays.js";
import { type MidasOutputs, midasLayout } from "./midas-layout.js";
import { writeActivePeaks } from "./peak-exchange.js";
import { MidasPeakFits } from "./peak-fits.js";
import { type MidasUpdate, type RecordedCounts, recordFrames } from "./record-frames.js";
import type { MidasEngine, MidasRunOptions } from "./run-options.js";
import { writeStreamFile } from "./stream-file.js";

/** Where the results of a stream go, and which. */
export interface StreamOutputs {
  /** The HDF5 file. */
  readonly output: string;
  /** Goes on with what an interrupted run has recorded. Default false. */
  readonly resume?: boolean;
  /** Frames after which the mapping is saved, and the disk has the results for good. Default 500. */
  readonly saveInterval?: number;
  /**
   * Whether cakes are kept, not only their profiles. Default: where the parameters ask for them by
   * `Write2D` or `OmegaSumFrames`, or `zarr` is a path.
   */
  readonly cakes?: boolean;
  /** Also fits peaks at each azimuth, where the parameters ask for fits. Default false. */
  readonly fitCakes?: boolean;
  /** Also writes MIDAS' `.bin` files beside the output as frames come, for its live viewer. Default false. */
  readonly bins?: boolean;
  /**
   * Zarr store in a ZIP archive that GSAS-II reads; `false` for none. Default: beside the output, where
   * cakes are kept.
   */
  readonly zarr?: string | false;
  /** `false` for none. Default `frame_mapping.json` beside the output. */
  readonly mapping?: string | false;
  /** Is told of each frame once it is recorded. */
  readonly onFrame?: (update: MidasUpdate) => void;
  /** Ends the stream: what had come is still taken, and the outputs are written. */
  readonly stop?: AbortSignal;
}

/** What became of a stream. */
export interface MidasStreamSummary {
  readonly output: string;
  readonly zarr: string | undefined;
  /** In the output, those of earlier runs too. */
  readonly frames: number;
  /** Of an earlier run: recorded by it, and come again now. */
  readonly resumed: number;
  readonly repeated: number;
  /** Not readable, of another shape, or otherwise of no use. */
  readonly bad: number;
  readonly counts: StreamCounts;
  /** Radii at which the peaks of the last frame were first found, in pixels. */
  readonly peaks: readonly number[];
  readonly seconds: number;
}

/**
 * Integrates a stream with a map that is there, to its end, and writes its outputs.
 *
 * @throws as `midasStream`
 */
export async function streamThrough(
  engine: Pick<MidasEngine, "caker" | "grid">,
  parameters: MidasParameters,
  stream: FrameStream,
  options: StreamOutputs & MidasRunOptions,
): Promise<MidasStreamSummary> {
  const begun = performance.now();
  const { output, resume = false, saveInterval = 500, stop } = options;
  const kept = outputsOf(parameters, options);
  const goOn = closeOn(stream, stop);
  let record: FrameRecord | undefined;
  try {
    checkUnfinished(options, stream);
    record = await FrameRecord.open(output, {
      layout: midasLayout(engine.grid, kept),
      settings: settingsOf(parameters),
      resume,
      saveInterval,
    });
    const run = { ...engine, parameters, stream, options, kept, record };
    const resumed = record.frames;
    const { repeated, unfit, peaks } = await recordStream(run);
    const { frames } = record;
    const { counts } = stream;
    const bad = counts.bad + unfit;
    const zarr = await writeOutputs(run, bad);
    await record.remove();
    const seconds = (performance.now() - begun) / 1000;
    return { output, zarr, frames, resumed, repeated, bad, counts, peaks, seconds };
  } finally {
    goOn();
    record?.close();
    await stream.close();
  }
}

interface StreamRun extends Pick<MidasEngine, "caker" | "grid"> {
  readonly parameters: MidasParameters;
  readonly stream: FrameStream;
  readonly options: StreamOutputs & MidasRunOptions;
  readonly kept: MidasOutputs;
  readonly record: FrameRecord;
}

/** Records a stream to its end; what was not recorded, and the radii of the last peaks. */
async function recordStream({
  caker,
  grid,
  parameters,
  stream,
  options,
  kept,
  record,
}: StreamRun): Promise<RecordedCounts & Pick<MidasStreamSummary, "peaks">> {
  const { dirname, join, resolve } = nodeModule("node:path");
  const folder = dirname(resolve(options.output));
  const { mapping = join(folder, "frame_mapping.json"), saveInterval = 500, signal } = options;
  const { onTrouble = ({ message }) => reportNotice(message) } = options;
  const fits = kept.hasFits
    ? new MidasPeakFits(parameters, grid, { cakes: kept.hasCakeFits })
    : undefined;
  fits?.takeUp(record);
  if (fits !== undefined && fits.radii.length > 0) await writeActivePeaks(folder, fits.radii);
  const bins = options.bins ? await BinFiles.open(folder, grid, record) : undefined;
  try {
    const map =
      mapping === false ? undefined : await continuedMapping(mapping, saveInterval, record);
    const counts = await recordFrames({
      ...{ stream, caker, record, fits, bins, onTrouble, signal, mapping: map },
      exchange: kept.hasFits ? folder : undefined,
      onFrame: options.onFrame,
    });
    if (record.frames === 0) {
      const what = "no frame came that could be integrated; nothing is written";
      throw new StreamError(stream.name, what);
    }
    await map?.save();
    return { ...counts, peaks: fits?.radii ?? [] };
  } finally {
    bins?.close();
  }
}

/** Writes what is recorded; where the store for GSAS-II is, if there is one. */
async function writeOutputs(
  { grid, parameters, stream, options, kept, record }: StreamRun,
  bad: number,
): Promise<string | undefined> {
  const { output, onProgress = reportProgress, signal } = options;
  const { received, dropped } = stream.counts;
  await writeStreamFile(output, {
    ...{ record, grid, parameters },
    attributes: {
      source: stream.name,
      frames_received: received,
      frames_bad: bad,
      frames_dropped: dropped,
    },
    onProgress: ({ done, total }) => onProgress({ label: `writing ${output}`, done, total }),
    ...(signal && { signal }),
  });
  const zarr = zarrOf(options, kept);
  if (zarr === undefined) return undefined;
  const arrays = cakedArrays(record, grid, parameters);
  // GSAS-II reads the sums; a cake of each frame lies in the HDF5 file.
  const isSum = ({ path }: NamedArray): boolean => !path.startsWith("IntegrationResult/");
  await writeZarrZip(zarr, arrays.filter(isSum));
  return zarr;
}

/** What was sent does not come again: a file of it is not to be lost to a new run. */
function checkUnfinished({ output, resume = false }: StreamOutputs, { name }: FrameStream): void {
  const { existsSync } = nodeModule("node:fs");
  const isSent = /^[a-z]+:\/\//.test(name);
  if (!resume || !isSent || !existsSync(output) || FrameRecord.isBegun(output)) return;
  throw new OptionError(
    "resume",
    true,
    `${output} is finished; name another output, or begin anew without resume`,
  );
}

function outputsOf(
  { DoPeakFit, OmegaSumFrames, Write2D }: MidasParameters,
  { cakes, fitCakes = false, zarr }: StreamOutputs,
): MidasOutputs {
  const isAsked = Write2D || OmegaSumFrames !== 1 || typeof zarr === "string";
  const hasCakeFits = DoPeakFit && fitCakes;
  return { hasCakes: (cakes ?? isAsked) || hasCakeFits, hasFits: DoPeakFit, hasCakeFits };
}

/** Beside the output unless another place is named. */
function zarrOf({ output, zarr }: StreamOutputs, { hasCakes }: MidasOutputs): string | undefined {
  if (!hasCakes || zarr === false) return undefined;
  return zarr ?? `${output.replace(/\.(h5|hdf5?|nxs)$/i, "")}.zarr.zip`;
}

/** What two runs must have in common: all but where files lie. */
function settingsOf({ path: _, ...parameters }: MidasParameters): Record<string, unknown> {
  return { parameters };
}

async function continuedMapping(
  path: string,
  saveInterval: number,
  record: FrameRecord,
): Promise<FrameMapping> {
  const mapping = new FrameMapping(path, saveInterval);
  for (let index = 0; index < record.frames; index++) {
    const { number, source, timestamp } = record.frame(index);
    const header = source.startsWith("pva:") ? { uniqueId: `${number}` } : {};
    await mapping.add({ index, number, source, timestamp, shape: [0, 0], header }, index);
  }
  return mapping;
}
