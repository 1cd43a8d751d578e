import { type CakelabError, isCakelabError } from "../../errors.js";
import type { FrameMapping } from "../frame-mapping.js";
import type { FrameStream } from "../frame-stream.js";
import { type IntegratedFrame, integrateStream } from "../integrate-stream.js";
import type { FrameRecord } from "../record/frame-record.js";
import type { RecordArrays } from "../record/record-layout.js";
import type { BinFiles } from "./bin-files.js";
import type { MidasCaker, MidasGrid } from "./midas-grid.js";
import { takePeakUpdate, writeActivePeaks } from "./peak-exchange.js";
import type { FittedFrame, MidasPeakFits } from "./peak-fits.js";
import { reduceCake } from "./reduce-cake.js";

/** A frame that was recorded, for those who watch. */
export interface MidasUpdate {
  /** Its place in the record, from 0. */
  readonly index: number;
  readonly frame: IntegratedFrame<unknown>["frame"];
  /** By the names of `MidasOutputs`' record: `lineout`, `fit` and the like. */
  readonly arrays: RecordArrays;
}

/** Where frames come from and go. */
export interface RecordFrames {
  readonly stream: FrameStream;
  readonly caker: MidasCaker;
  readonly grid: MidasGrid;
  readonly record: FrameRecord;
  /** Absent: no peaks are fitted. */
  readonly fits?: MidasPeakFits | undefined;
  /** Where MIDAS' live viewer asks for peaks. */
  readonly exchange?: string | undefined;
  readonly bins?: BinFiles | undefined;
  readonly mapping?: FrameMapping | undefined;
  readonly onFrame?: ((update: MidasUpdate) => void) | undefined;
  readonly onTrouble: (trouble: CakelabError) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Records the frames of a stream, to its end.
 *
 * @returns how many an earlier run had recorded already
 * @throws OutputError, what the stream throws, the signal's reason
 */
export async function recordFrames(job: RecordFrames): Promise<{ readonly repeated: number }> {
  const { stream, caker, grid, record, fits, bins, mapping, onFrame, onTrouble, signal } = job;
  let repeated = 0;
  const frames = integrateStream(stream, [caker], {
    onTrouble,
    ...(signal && { signal }),
    select(frame) {
      const continued = record.continued(frame);
      if (continued === undefined) repeated++;
      return continued;
    },
  });
  for await (const { frame, results } of frames) {
    if (fits !== undefined) await takeUpdates(job, fits);
    const reduced = reduceCake(results[0]!.intensity, grid);
    const { cake, lineout, simpleMean } = reduced;
    const fitted: FittedFrame | undefined = fits?.fit(reduced);
    const arrays: RecordArrays = {
      lineout,
      lineout_simple_mean: simpleMean,
      ...("cake" in record.layout && { cake }),
      ...fitted?.arrays,
    };
    const index = record.frames;
    await record.add(frame, arrays);
    bins?.add({ arrays, curves: fitted?.curves ?? [] });
    await mapping?.add(frame, index);
    onFrame?.({ index, frame, arrays });
  }
  return { repeated };
}

async function takeUpdates(
  { exchange, onTrouble }: RecordFrames,
  fits: MidasPeakFits,
): Promise<void> {
  if (exchange === undefined) return;
  try {
    const update = await takePeakUpdate(exchange);
    if (update === undefined) return;
    fits.update(update);
    await writeActivePeaks(exchange, fits.radii);
  } catch (error) {
    if (!isCakelabError(error, "file-format")) throw error;
    onTrouble(error);
  }
}
