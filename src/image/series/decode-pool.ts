import type { Image } from "../../array.js";
import { hasNode, nodeModule } from "../../host/node.js";
import type { OpenImageOptions } from "../open-image.js";
import type { Region } from "../region.js";

/** What a thread is told of a frame besides its place. */
export interface DecodeOptions extends OpenImageOptions {
  readonly verify?: boolean | undefined;
  /** Default: the whole frame. */
  readonly region?: Region | undefined;
}

/** Threads that decode frames. */
export interface DecodePool {
  readonly threads: number;
  /**
   * Decodes a frame of a file.
   *
   * @returns `undefined` where no thread could, for whatever reason: then it is to be done here.
   */
  decode(path: string, frame: number, options: DecodeOptions): Promise<Image | undefined>;
  /** The MD5 of a part of a file in base64; `undefined` as above. */
  md5(path: string, offset: number, length: number): Promise<string | undefined>;
  /** Closes the files that the threads hold open. */
  release(): void;
}

/** As many threads as there are cores besides the one that asks, at least 1 and at most 8. */
export function defaultThreads(): number {
  if (!hasNode()) return 0;
  return Math.max(1, Math.min(nodeModule("node:os").availableParallelism() - 1, 8));
}

const pool: DecodeThread[] = [];

/**
 * A pool of so many threads of the process: they are begun when they are first needed, and again
 * when one has died. In a browser, and where the worker's file is not beside this one (in some
 * bundles), there is none.
 */
export function decodePool(threads: number): DecodePool | undefined {
  const url = workerUrl();
  if (threads === 0 || url === undefined) return undefined;
  for (let i = 0; i < threads; i++) {
    if (pool[i]?.isAlive !== true) pool[i] = new DecodeThread(url);
  }
  const own = pool.slice(0, threads);
  const freest = (): DecodeThread | undefined =>
    own
      .filter((thread) => thread.isAlive)
      .reduce<DecodeThread | undefined>(
        (best, thread) => (best === undefined || thread.waiting < best.waiting ? thread : best),
        undefined,
      );
  return {
    threads,
    async decode(path, frame, { trustedFolders, verify, region }) {
      const answer = await freest()?.ask({ path, frame, trustedFolders, verify, region });
      return answer as Image | undefined;
    },
    async md5(path, offset, length) {
      return (await freest()?.ask({ path, offset, length })) as string | undefined;
    },
    release() {
      for (const thread of own) thread.release();
    },
  };
}

function workerUrl(): URL | undefined {
  if (!hasNode() || !import.meta.url.startsWith("file:")) return undefined;
  const url = new URL("../decode-worker.js", import.meta.url);
  return nodeModule("node:fs").existsSync(url) ? url : undefined;
}

type WorkerThread = import("node:worker_threads").Worker;

/** A thread and the frames that it has not answered yet. */
class DecodeThread {
  readonly #thread: WorkerThread;
  readonly #pending = new Map<number, (answer: unknown) => void>();
  #lastJob = 0;
  isAlive = true;

  constructor(url: URL) {
    const { Worker } = nodeModule("node:worker_threads");
    this.#thread = new Worker(url);
    this.#thread.unref();
    this.#thread.on("message", ({ job, answer }: { job: number; answer?: unknown }) => {
      this.#settle(job, answer);
    });
    this.#thread.on("error", () => this.#die());
    this.#thread.on("exit", () => this.#die());
  }

  get waiting(): number {
    return this.#pending.size;
  }

  /** The answer, or `undefined` where there is none. */
  ask(request: object): Promise<unknown> {
    return new Promise((resolve) => {
      const job = ++this.#lastJob;
      this.#pending.set(job, resolve);
      // The process is to stay while an answer is awaited, and only then.
      this.#thread.ref();
      this.#thread.postMessage({ job, ...request });
    });
  }

  release(): void {
    if (this.isAlive) this.#thread.postMessage({ release: true });
  }

  #settle(job: number, answer: unknown): void {
    const resolve = this.#pending.get(job);
    this.#pending.delete(job);
    if (this.#pending.size === 0) this.#thread.unref();
    resolve?.(answer);
  }

  /** What it has not answered is done again by whoever asked: no frame is lost, none comes twice. */
  #die(): void {
    this.isAlive = false;
    for (const job of [...this.#pending.keys()]) this.#settle(job, undefined);
  }
}
