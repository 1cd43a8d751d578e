import type { Image } from "../array.js";
import { type CakelabError, isCakelabError, StreamError } from "../errors.js";
import type { Integrate1dResult, Integrate2dResult } from "../integrate/result.js";
import { workAhead } from "../integrate/work-ahead.js";
import { reportNotice } from "../notice.js";
import type { StreamFrame } from "./frame-stream.js";

/** What integrates images: a `Plan`, or one that a map was read for. */
export interface StreamPlan<
  R extends Integrate1dResult | Integrate2dResult = Integrate1dResult | Integrate2dResult,
> {
  integrate(image: Image, signal?: AbortSignal): Promise<R>;
}

/** A frame of a stream and what its plans made of it. */
export interface IntegratedFrame<R> {
  readonly frame: Omit<StreamFrame, "data">;
  /** One for each plan, in their order. */
  readonly results: readonly R[];
}

/** How a stream is integrated. */
export interface IntegrateStreamOptions {
  /** The frame to integrate; `undefined` leaves it out, as what an interrupted run has done already. */
  readonly select?: (frame: StreamFrame) => StreamFrame | undefined;
  /** Is told of each frame that cannot be integrated; it is left out. Default: a notice. */
  readonly onTrouble?: (trouble: CakelabError) => void;
  readonly signal?: AbortSignal;
}

/**
 * Integrates the frames of a stream through one or several plans, in their order. While a frame is
 * integrated the next one is waited for, and while a result is used the next one is made; memory does not
 * grow with their number. Dark and flat images belong to the plans.
 *
 * @throws what the stream throws; the signal's reason, also while a frame is waited for.
 * @example
 * const plan = await ai.plan({ shape: [1679, 1475], npt: 1000 });
 * for await (const { frame, results } of integrateStream(stream, [plan])) {
 *   show(frame.number, results[0].intensity);
 * }
 */
export async function* integrateStream<R extends Integrate1dResult | Integrate2dResult>(
  stream: AsyncIterable<StreamFrame>,
  plans: readonly StreamPlan<R>[],
  { select = (frame) => frame, onTrouble = tell, signal }: IntegrateStreamOptions = {},
): AsyncGenerator<IntegratedFrame<R>, void, undefined> {
  const integrate = async (given: StreamFrame): Promise<IntegratedFrame<R> | undefined> => {
    const whole = select(given);
    if (whole === undefined) return undefined;
    try {
      const results: R[] = [];
      for (const plan of plans) results.push(await plan.integrate(whole, signal));
      // The image is as large as thousands of results.
      const { data: _, ...frame } = whole;
      return { frame, results };
    } catch (error) {
      if (!isCakelabError(error, "shape")) throw error;
      onTrouble(new StreamError(whole.source, error.message, { cause: error }));
      return undefined;
    }
  };
  for await (const integrated of workAhead(stream, integrate, signal)) {
    if (integrated !== undefined) yield integrated;
  }
}

function tell(trouble: CakelabError): void {
  reportNotice(trouble.message);
}
