import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { type InterruptFlag, waitForInterrupt } from "../protocol/interrupt-flag.js";
import type { FromSockets, ThreadData, ToSockets } from "./thread-messages.js";

/** How often a blocked main thread looks for a message. */
const LOOK_MS = 20;

/** The thread of the sockets, as the main thread sees it. */
export interface SocketThread {
  /** @param transfer memory that is given away instead of copied. */
  post(message: ToSockets, transfer?: readonly ArrayBuffer[]): void;
  /** Calls back for each message, those that came before included. */
  deliverTo(receiver: (message: FromSockets) => void): void;
  /**
   * Blocks the main thread until a message has come for which `take` returns something; the others
   * are delivered later. Returns `undefined` if the cell is interrupted.
   */
  waitFor<T>(take: (message: FromSockets) => T | undefined): T | undefined;
  /** Sends what is still to be sent, closes the sockets and ends the thread. */
  close(): Promise<void>;
}

/** Starts to serve Jupyter's sockets; the first answers go out before the main thread is ready. */
export function startSocketThread(connectionFile: string, interrupt: InterruptFlag): SocketThread {
  const { port1: inlet, port2: outlet } = new MessageChannel();
  const worker = new Worker(new URL("socket-thread.js", import.meta.url), {
    workerData: { connectionFile, interrupt, outlet } satisfies ThreadData,
    transferList: [outlet],
  });
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const waiting: FromSockets[] = [];
  let receive = (message: FromSockets): void => {
    waiting.push(message);
  };
  inlet.on("message", (message: FromSockets) => receive(message));
  worker.on("error", (error) => receive({ kind: "failed", reason: error.message }));
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    deliverTo(receiver) {
      receive = receiver;
      for (const message of waiting.splice(0)) receiver(message);
    },
    waitFor(take) {
      const others: FromSockets[] = [];
      try {
        for (;;) {
          const message = receiveMessageOnPort(inlet)?.message as FromSockets | undefined;
          const taken = message === undefined ? undefined : take(message);
          if (taken !== undefined) return taken;
          if (message !== undefined) others.push(message);
          else if (waitForInterrupt(interrupt, LOOK_MS)) return undefined;
        }
      } finally {
        setImmediate(() => {
          for (const message of others) receive(message);
        });
      }
    },
    close() {
      worker.postMessage({ kind: "close" } satisfies ToSockets);
      return ended;
    },
  };
}
