import { EngineError, StreamError } from "../../errors.js";
import { hasNode, nodeModule } from "../../host/node.js";
import type { NewFrame } from "../frame-queue.js";
import type { FrameSink, Receiver, Reception } from "./receive-frames.js";

/** What the thread says. */
export type FromThread =
  | { readonly kind: "listening"; readonly port: number }
  | ({ readonly kind: "refused"; readonly code: string | undefined } & Told)
  | { readonly kind: "frame"; readonly frame: NewFrame }
  | ({ readonly kind: "bad"; readonly bytes: number } & Told)
  | ({ readonly kind: "trouble" } & Told)
  | { readonly kind: "clients"; readonly clients: number }
  | { readonly kind: "closed" };

/** What is said to it: that a frame has found its place, whose memory is free, that it is to end. */
export type ToThread =
  | { readonly kind: "taken" }
  | { readonly kind: "free"; readonly memory: SharedArrayBuffer }
  | { readonly kind: "close" };

/** An error as it goes from thread to thread. */
interface Told {
  readonly source: string;
  readonly message: string;
}

/**
 * Receives frames in a thread of their own, so that they come while this one computes, or is at work
 * for its user; `undefined` where the thread's file is not, as in bundles and browsers.
 *
 * @param onEnd is told when the thread ends by itself.
 * @throws StreamError where it cannot listen.
 */
export async function receiveElsewhere(
  reception: Reception,
  sink: FrameSink,
  onEnd: (failure: EngineError) => void,
): Promise<Receiver | undefined> {
  const url = threadUrl();
  if (url === undefined) return undefined;
  const { Worker } = nodeModule("node:worker_threads");
  // Switches of the program, such as --input-type, are not meant for the thread.
  const thread = new Worker(url, { execArgv: [], workerData: reception });
  let isClosing = false;
  let settleStart: (answer: FromThread | EngineError) => void = () => {};
  const started = new Promise<FromThread | EngineError>((resolve) => {
    settleStart = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    const end = (cause?: unknown): void => {
      const why = "the thread that receives frames ended unexpectedly; open the stream again";
      const failure = new EngineError("stream", why, { cause });
      settleStart(failure);
      resolve();
      if (!isClosing) onEnd(failure);
      isClosing = true;
    };
    thread.on("error", end);
    thread.on("exit", () => end());
  });
  const say = (message: ToThread): void => thread.postMessage(message);
  const take = async (frame: NewFrame): Promise<void> => {
    sink.put(frame);
    await sink.room();
    say({ kind: "taken" });
  };
  thread.on("message", (message: FromThread) => {
    switch (message.kind) {
      case "frame":
        void take(message.frame);
        return;
      case "bad":
        sink.bad(errorOf(message), message.bytes);
        return;
      case "trouble":
        sink.tell(errorOf(message));
        return;
      case "clients":
        sink.count(message.clients);
        return;
      case "listening":
        settleStart(message);
        return;
      case "refused":
        isClosing = true;
        settleStart(message);
        return;
      case "closed":
        return;
    }
  });

  const answer = await started;
  if (answer instanceof EngineError) throw answer;
  if (answer.kind === "refused") {
    await ended;
    throw errorOf(answer);
  }
  return {
    port: answer.kind === "listening" ? answer.port : 0,
    giveBack({ buffer }) {
      if (buffer instanceof SharedArrayBuffer) say({ kind: "free", memory: buffer });
    },
    async close() {
      isClosing = true;
      say({ kind: "close" });
      await ended;
    },
  };
}

function errorOf({ source, message }: Told): StreamError {
  return new StreamError(source, message.slice(`${source}: `.length));
}

function threadUrl(): URL | undefined {
  if (!hasNode() || !import.meta.url.startsWith("file:")) return undefined;
  const url = new URL("./receive-thread.js", import.meta.url);
  return nodeModule("node:fs").existsSync(url) ? url : undefined;
}
