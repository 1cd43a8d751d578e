import { type CakelabError, isCakelabError, StreamError } from "../../errors.js";
import type { Progress } from "../../integrate/options.js";
import { reportNotice } from "../../notice.js";
import { reportProgress } from "../../progress.js";
import { closeOn } from "../close-on.js";
import type { FrameStream, StreamCounts, StreamFrame } from "../frame-stream.js";
import { DiffractogramRun } from "./diffractogram-run.js";
import type { DiffractogramTool } from "./diffractogram-tool.js";
import type { ToolResults } from "./tool-results.js";

/** Where the diffractograms of a stream go. */
export interface RecordDiffractogramsOptions {
  /** HDF5 file of the patterns in time. */
  readonly output?: string;
  /** NDJSON file of LaVue's results, a line for each image, appended as they come. */
  readonly results?: string;
  /** Goes on with what an interrupted run has left; begins anew where there is nothing. Default false. */
  readonly resume?: boolean;
  /** Ends the stream: what had come is still taken, and the outputs are written. */
  readonly stop?: AbortSignal;
  /** Whether a run that `stop` has ended can be gone on with. Default false. */
  readonly keepStopped?: boolean;
  /** Ends the run at once; what was recorded can be gone on with. */
  readonly signal?: AbortSignal;
  /** Is told of each image once it is kept. */
  readonly onFrame?: (frame: Pick<StreamFrame, "number" | "source">, frames: number) => void;
  /** Is told of each image that cannot be integrated. Default: a notice. */
  readonly onTrouble?: (trouble: CakelabError) => void;
  readonly onProgress?: (progress: Progress) => void;
}

/** What became of a stream. */
export interface DiffractogramSummary {
  /** In the outputs, those of earlier runs too. */
  readonly frames: number;
  /** Of an earlier run: recorded by it, and come again now. */
  readonly resumed: number;
  readonly repeated: number;
  /** Images that could not be integrated. */
  readonly failed: number;
  readonly isStopped: boolean;
  readonly counts: StreamCounts;
  readonly seconds: number;
}

/**
 * Integrates the frames of a stream with a diffractogram tool and keeps everything: whenever the process
 * ends, a run with `resume` goes on where it ended, and no frame is missing or there twice.
 *
 * The tool's settings are those of all frames; they stay as they are while it runs.
 *
 * @throws OptionError where neither an output nor results are named, another run was interrupted and is
 * not to be gone on with, or was begun with another configuration; StreamError where no frame came that
 * could be integrated; OutputError; what the stream throws; the signal's reason.
 * @example
 * const tool = new DiffractogramTool({ ai, ranges: [[0, 90, 2, 20]] });
 * await recordDiffractograms(tool, await openStream("data"), { output: "run.h5" });
 */
export async function recordDiffractograms(
  tool: DiffractogramTool,
  stream: FrameStream,
  options: RecordDiffractogramsOptions,
): Promise<DiffractogramSummary> {
  const begun = performance.now();
  const { stop, signal, onFrame, onProgress = reportProgress } = options;
  const { onTrouble = ({ message }) => reportNotice(message) } = options;
  const goOn = closeOn(stream, stop);
  let results: ToolResults | undefined;
  const deafen = tool.onResults((newest) => {
    results = newest;
  });
  let [repeated, failed] = [0, 0];
  let run: DiffractogramRun | undefined;
  try {
    run = await DiffractogramRun.open(tool, options);
    await tool.show();
    for await (const given of stream) {
      signal?.throwIfAborted();
      const frame = run.continued(given);
      if (frame === undefined) {
        repeated++;
        continue;
      }
      try {
        await tool.put(frame);
        await run.add(frame, results!);
      } catch (error) {
        if (!isCakelabError(error, "shape") && !isCakelabError(error, "stream")) throw error;
        failed++;
        // Of a shape alone, nobody sees which frame has it.
        const isShape = isCakelabError(error, "shape");
        const { message } = error;
        onTrouble(isShape ? new StreamError(frame.source, message, { cause: error }) : error);
        continue;
      }
      onFrame?.(frame, run.frames);
    }
    signal?.throwIfAborted();
    const isStopped = stop?.aborted === true;
    const isKept = isStopped && options.keepStopped === true;
    await run.finish({ isKept, title: stream.name, onProgress, ...(signal && { signal }) });
    const { frames, resumed } = run;
    const seconds = (performance.now() - begun) / 1000;
    return { frames, resumed, repeated, failed, isStopped, counts: stream.counts, seconds };
  } finally {
    goOn();
    deafen();
    await run?.close();
    await stream.close();
  }
}
