import type { FrameStream } from "../frame-stream.js";
import { type OpenStreamOptions, openStream } from "../open-stream.js";
import { type EngineOptions, openMidasEngine } from "./open-engine.js";
import { type ParameterSource, parametersOf } from "./read-parameters.js";
import type { MidasRunOptions } from "./run-options.js";
import { type MidasStreamSummary, type StreamOutputs, streamThrough } from "./stream-through.js";

/** A stream that is integrated as MIDAS does it, and what becomes of it. */
export interface MidasStreamOptions
  extends ParameterSource,
    EngineOptions,
    StreamOutputs,
    MidasRunOptions {
  /** An address or several, as of `openStream`, or a stream. The shape is the parameters'. */
  readonly source: string | readonly string[] | FrameStream;
  /** Of a source that is opened. */
  readonly opening?: Omit<OpenStreamOptions, "shape" | "onTrouble" | "signal">;
  /** Is told of the stream once it is open: a server then listens. */
  readonly onOpen?: (stream: FrameStream) => void;
}

/**
 * MIDAS' streaming workflow (integrator_batch_process.py): integrates frames as they come in MIDAS' own
 * geometry, fits the peaks that the parameter file asks for, sums frames over ω, and writes the HDF5 file
 * that MIDAS' tools know, and more on request. What came is kept in a journal until then: a run that was
 * interrupted, or killed, is gone on with by `resume`.
 *
 * @throws FileAccessError, FileFormatError, OptionError, ShapeError for parameters, maps and dark images;
 * StreamError where the stream fails or nothing comes; OutputError; the signal's reason
 * @example
 * await midasStream({
 *   parameters: "setup.txt", source: "tcp://127.0.0.1:60439", output: "scan.h5",
 *   onFrame: ({ arrays }) => live.put(arrays.lineout),
 * });
 */
export async function midasStream(options: MidasStreamOptions): Promise<MidasStreamSummary> {
  const { source, opening = {}, onOpen, onTrouble, signal, stop } = options;
  const parameters = await parametersOf(options);
  // Who does not want a stream any more does not wait for its map.
  const ends = [signal, stop].filter((end) => end !== undefined);
  const engine = await openMidasEngine(parameters, { ...options, signal: AbortSignal.any(ends) });
  try {
    const stream =
      typeof source !== "string" && "counts" in source
        ? source
        : await openStream(source, {
            reuse: true,
            ...opening,
            ...(`${source}`.startsWith("tcp://") && {
              shape: [parameters.NrPixelsZ, parameters.NrPixelsY],
            }),
            ...(onTrouble && { onTrouble }),
            ...(signal && { signal }),
          });
    onOpen?.(stream);
    return await streamThrough(engine, parameters, stream, options);
  } finally {
    engine.release();
  }
}
