import { EngineError } from "../../src/errors.js";

interface Waiting<Reply> {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/** A worker that answers each request once, in their order. */
export class WorkerChannel<Request, Reply extends { readonly kind: string }> {
  readonly #worker: Worker;
  readonly #waiting: Waiting<Reply>[] = [];
  #end: Error | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      const asked = this.#waiting.shift();
      if (data.kind === "failed") {
        asked?.reject(new EngineError("worker", (data as unknown as { message: string }).message));
      } else asked?.resolve(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#stop(
        new EngineError(
          "worker",
          `a worker of this page failed: ${event.message ?? "it did not load"}`,
        ),
      );
    };
  }

  /** @throws EngineError where the worker fails or was closed. */
  ask(request: Request, transfer: Transferable[] = []): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) return reject(this.#end);
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(request, transfer);
    });
  }

  /** Sends what is not answered. */
  tell(request: Request): void {
    if (this.#end === undefined) this.#worker.postMessage(request);
  }

  close(): void {
    this.#stop(new EngineError("worker", "it was closed"));
  }

  #stop(reason: Error): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}
