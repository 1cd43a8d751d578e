import { Worker } from "node:worker_threads";
import type { FromSockets, ThreadData, ToSockets } from "./thread-messages.js";

/** The thread of the sockets, as the main thread sees it. */
export interface SocketThread {
  /** @param transfer memory that is given away instead of copied. */
  post(message: ToSockets, transfer?: readonly ArrayBuffer[]): void;
  /** Calls back for each message, those that came before included. */
  deliverTo(receiver: (message: FromSockets) => void): void;
  /** Sends what is still to be sent, closes the sockets and ends the thread. */
  close(): Promise<void>;
}

/** Starts to serve Jupyter's sockets; the first answers go out before the main thread is ready. */
export function startSocketThread(data: ThreadData): SocketThread {
  const worker = new Worker(new URL("socket-thread.js", import.meta.url), { workerData: data });
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const waiting: FromSockets[] = [];
  let receive = (message: FromSockets): void => {
    waiting.push(message);
  };
  worker.on("message", (message: FromSockets) => receive(message));
  worker.on("error", (error) => receive({ kind: "failed", reason: error.message }));
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    deliverTo(receiver) {
      receive = receiver;
      for (const message of waiting.splice(0)) receiver(message);
    },
    close() {
      worker.postMessage({ kind: "close" } satisfies ToSockets);
      return ended;
    },
  };
}
