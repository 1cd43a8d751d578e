import { parsePoni } from "../geometry/poni.js";
import { FrameSender } from "../stream/midas-socket/send-frames.js";
import { simulateTensileTest, type TensileTestOptions } from "./tensile-test.js";

/** A tensile test and where it is sent, as one thread can tell another. */
export interface SentTensileTest {
  /** The setup as the text of a PONI file: a detector has functions, which cannot be told. */
  readonly poni: string;
  readonly options: Omit<TensileTestOptions, "detector">;
  readonly host: string;
  readonly port: number;
  /** Frames a second, at most. */
  readonly rate: number;
}

/** Simulates and sends frame after frame, until it is stopped; tells how many were sent. */
export async function sendTensileTest(
  { poni, options, host, port, rate }: SentTensileTest,
  onSent: (sent: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { detector } = parsePoni(poni, "the simulated setup");
  const sender = new FrameSender({ host, port });
  try {
    let next = performance.now();
    for (const frame of simulateTensileTest({ ...options, detector })) {
      // Also where there is no time to wait: others are to have their turn.
      await new Promise((resolve) => setTimeout(resolve, next - performance.now()));
      if (signal.aborted) break;
      next = performance.now() + 1000 / rate;
      await sender.send(frame, frame.index);
      onSent(sender.sent);
    }
  } finally {
    await sender.close();
  }
}
