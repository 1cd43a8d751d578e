import { type CakelabError, isCakelabError } from "../../errors.js";
import { midasInt2d } from "../../integrate/midas/result.js";
import type { FrameMapping } from "../frame-mapping.js";
import type { FrameStream } from "../frame-stream.js";
import { type IntegratedFrame, integrateStream } from "../integrate-stream.js";
import type { FrameRecord } from "../record/frame-record.js";
import type { RecordArrays } from "../record/record-layout.js";
import type { BinFiles } from "./bin-files.js";
import type { MidasCaker } from "./midas-grid.js";
import { takePeakUpdate, writeActivePeaks } from "./peak-exchange.js";
import type { FittedFrame, MidasPeakFits } from "./peak-fits.js";

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

/** Frames that were given and not recorded. */
export interface RecordedCounts {
  readonly repeated: number;
  readonly unfit: number;
}

/**
 * Records the frames of a stream, to its end.
 *
 * @returns how many an earlier run had recorded already, and how many could not be integrated
 * @throws OutputError, what the stream throws, the signal's reason
 */
export async function recordFrames(job: RecordFrames): Promise<RecordedCounts> {
  const { stream, caker, record, fits, bins, mapping, onFrame, onTrouble, signal } = job;
  let [repeated, unfit] = [0, 0];
  const frames = integrateStream(stream, [caker], {
    onTrouble(trouble) {
      unfit++;
      onTrouble(trouble);
    },
    ...(signal && { signal }),
    select(frame) {
      const continued = record.continued(frame);
      if (continued === undefined) repeated++;
      return continued;
    },
  });
  for await (const { frame, results } of frames) {
    if (fits !== undefined) await takeUpdates(job, fits);
    const result = results[0]!;
    const { lineout, simpleMean } = result;
    const cake = "cake" in record.layout ? midasInt2d(result) : undefined;
    const fitted: FittedFrame | undefined = fits?.fit(lineout, cake);
    const arrays: RecordArrays = {
      lineout,
      lineout_simple_mean: simpleMean,
      ...(cake && { cake }),
      ...fitted?.arrays,
    };
    const index = record.frames;
    await record.add(frame, arrays);
    bins?.add({ arrays, curves: fitted?.curves ?? [] });
    await mapping?.add(frame, index);
    onFrame?.({ index, frame, arrays });
  }
  return { repeated, unfit };
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
