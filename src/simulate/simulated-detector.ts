import { OptionError, StreamError } from "../errors.js";
import { formatPoni } from "../geometry/poni.js";
import { hasNode, nodeModule } from "../host/node.js";
import { type SentTensileTest, sendTensileTest } from "./send-tensile-test.js";
import { checkTensileTest, type TensileTestOptions } from "./tensile-test.js";

/** What a simulated detector measures, and to whom it sends it. */
export interface SimulatedDetectorOptions extends TensileTestOptions {
  /** Default `"127.0.0.1"`. */
  readonly host?: string;
  /** Default 60439, MIDAS' own. */
  readonly port?: number;
  /** Frames a second, at most. Default 10. */
  readonly rate?: number;
}

/** A detector that is sending. */
export interface SimulatedDetector {
  /** How many frames were sent until now. */
  readonly sent: number;
  /** How many were sent, when it has sent all or was stopped; rejects with a StreamError. */
  readonly finished: Promise<number>;
  /** Sends no more after the frame that is on its way. */
  stop(): void;
}

/**
 * Starts a detector that is not there: it simulates a tensile test and sends the frames to whoever
 * listens by MIDAS' protocol. It runs in a thread of its own, as a detector would on a computer of its
 * own, so that this one is free.
 *
 * @throws OptionError
 * @example
 * ```ts
 * const stream = await listenFrames({ shape: [512, 512], port: 0 });
 * const detector = startSimulatedDetector({ ...setup, phases, strains, port: stream.port });
 * for await (const frame of stream) { … }
 * ```
 */
export function startSimulatedDetector(options: SimulatedDetectorOptions): SimulatedDetector {
  const { host = "127.0.0.1", port = 60439, rate = 10, ...test } = options;
  checkTensileTest(test);
  if (!(rate > 0)) throw new OptionError("rate", rate, "give frames a second, a number above 0");
  checkPort(port);
  const { detector, ...told } = test;
  const { dist, poni1, poni2, rot1 = 0, rot2 = 0, rot3 = 0, wavelength } = test;
  const poni = formatPoni({ dist, poni1, poni2, rot1, rot2, rot3, wavelength, detector });
  const job: SentTensileTest = { poni, options: told, host, port, rate };
  const url = workerUrl();
  const name = `the simulated detector of tcp://${host}:${port}`;
  return url === undefined ? sendHere(job) : sendFromThread(url, job, name);
}

function workerUrl(): URL | undefined {
  if (!hasNode() || !import.meta.url.startsWith("file:")) return undefined;
  const url = new URL("./detector-worker.js", import.meta.url);
  return nodeModule("node:fs").existsSync(url) ? url : undefined;
}

function sendFromThread(url: URL, job: SentTensileTest, name: string): SimulatedDetector {
  const { Worker } = nodeModule("node:worker_threads");
  const thread = new Worker(url, { workerData: job });
  let sent = 0;
  thread.on("message", (count: number) => {
    sent = count;
  });
  const finished = new Promise<number>((resolve, reject) => {
    thread.once("error", (cause) => {
      reject(
        new StreamError(name, cause instanceof Error ? cause.message : String(cause), { cause }),
      );
    });
    thread.once("exit", () => resolve(sent));
  });
  // Whoever asks is told; that nobody does is no reason to end the process.
  finished.catch(() => undefined);
  return {
    get sent() {
      return sent;
    },
    finished,
    stop: () => thread.postMessage("stop"),
  };
}

/** Where there is no thread to run it, as in a program that was bundled into one file. */
function sendHere(job: SentTensileTest): SimulatedDetector {
  const stopping = new AbortController();
  let sent = 0;
  const run = async (): Promise<number> => {
    const count = (now: number): void => {
      sent = now;
    };
    await sendTensileTest(job, count, stopping.signal);
    return sent;
  };
  const finished = run();
  finished.catch(() => undefined);
  return {
    get sent() {
      return sent;
    },
    finished,
    stop: () => stopping.abort(),
  };
}

function checkPort(port: number): void {
  if (Number.isInteger(port) && port > 0 && port < 65536) return;
  throw new OptionError("port", port, "is to be a whole number from 1 to 65535");
}
