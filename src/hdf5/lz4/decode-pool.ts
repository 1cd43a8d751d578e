import { EngineError } from "../../errors.js";
import { hasNode, nodeModule } from "../../host/node.js";
import { sharedBytes, uninitializedBytes } from "../../host/uninitialized.js";
import { decodeChunk, type Lz4Packing } from "./decode-chunk.js";
import { decoderModule, ownDecoder } from "./decoder.js";

/** Below this many bytes in all, threads take longer to begin than to decode. */
const fewBytes = 2 ** 25;
let decodedBytes = 0;

/**
 * Decodes a chunk to `bytes` bytes: a first few in the calling thread, those of a series in worker
 * threads, as many at a time as are asked for. `data` is not to be used afterwards.
 *
 * @param isRecycled whether the caller gives the memory back by `recycle`, so that threads may share it
 * @throws Error that says what is wrong with the data; EngineError where a thread ends.
 */
export async function decodePacked(
  data: Uint8Array<ArrayBuffer>,
  bytes: number,
  packing: Lz4Packing,
  isRecycled = false,
): Promise<Uint8Array> {
  decodedBytes += bytes;
  if (decodedBytes > fewBytes && canUseThreads()) {
    return leastBusy().decode(data, bytes, packing, isRecycled);
  }
  const output = uninitializedBytes(bytes);
  const problem = decodeChunk(await ownDecoder(), data, output, packing);
  if (problem !== undefined) throw new Error(problem);
  return output;
}

function canUseThreads(): boolean {
  return hasNode() && nodeModule("node:worker_threads").isMainThread;
}

/** What a worker thread does; as text, so that it needs no file of its own wherever the library lies. */
const WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
const decodeChunk = ${decodeChunk.toString()};
const decoder = new WebAssembly.Instance(workerData, {}).exports;
parentPort.on("message", ({ job, data, output, packing }) => {
  try {
    const problem = decodeChunk(decoder, data, output, packing);
    if (problem !== undefined) parentPort.postMessage({ job, problem });
    else if (output.buffer instanceof SharedArrayBuffer) parentPort.postMessage({ job });
    else parentPort.postMessage({ job, output }, [output.buffer]);
  } catch (error) {
    parentPort.postMessage({ job, problem: String(error) });
  }
});`;

interface Pending {
  resolve(output: Uint8Array | undefined): void;
  reject(error: Error): void;
}

type WorkerThread = import("node:worker_threads").Worker;

/** A worker thread that decodes, and the chunks that it has not answered yet. */
class DecodeWorker {
  #thread: WorkerThread | undefined;
  readonly #pending = new Map<number, Pending>();
  #lastJob = 0;
  isAlive = true;

  get load(): number {
    return this.#pending.size;
  }

  async decode(
    data: Uint8Array<ArrayBuffer>,
    bytes: number,
    packing: Lz4Packing,
    isRecycled: boolean,
  ): Promise<Uint8Array> {
    const job = ++this.#lastJob;
    const answer = new Promise<Uint8Array | undefined>((resolve, reject) => {
      this.#pending.set(job, { resolve, reject });
    });
    try {
      this.#thread ??= this.#start(await decoderModule());
      // The process is to stay while an answer is awaited, and only then.
      this.#thread.ref();
      // From here, where memory of frames that are done with comes back to.
      const output = isRecycled ? sharedBytes(bytes) : uninitializedBytes(bytes);
      const moved = output.buffer instanceof ArrayBuffer ? [output.buffer] : [];
      this.#thread.postMessage({ job, data, output, packing }, [data.buffer, ...moved]);
      // What is shared has not moved.
      return (await answer) ?? output;
    } catch (error) {
      this.#settle(job);
      throw error;
    }
  }

  #start(module: WebAssembly.Module): WorkerThread {
    // Two jobs may have waited for the module.
    if (this.#thread !== undefined) return this.#thread;
    const { Worker } = nodeModule("node:worker_threads");
    const thread = new Worker(WORKER, { eval: true, execArgv: [], workerData: module });
    thread.on("message", ({ job, output, problem }) => {
      const pending = this.#settle(job);
      if (problem === undefined) pending?.resolve(output);
      else pending?.reject(new Error(problem));
    });
    thread.on("error", (cause) => this.#die(cause));
    thread.on("exit", () => this.#die(undefined));
    return thread;
  }

  #settle(job: number): Pending | undefined {
    const pending = this.#pending.get(job);
    this.#pending.delete(job);
    if (this.#pending.size === 0) this.#thread?.unref();
    return pending;
  }

  #die(cause: unknown): void {
    this.isAlive = false;
    const error = new EngineError("hdf5", "a decoding thread ended unexpectedly; read again", {
      cause,
    });
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

let pool: DecodeWorker[] = [];

/** The worker with the least to do, of as many as there are cores, at most 8. */
function leastBusy(): DecodeWorker {
  const count = threadCount();
  pool = pool.filter(({ isAlive }) => isAlive);
  while (pool.length < count) pool.push(new DecodeWorker());
  return pool.reduce((least, worker) => (worker.load < least.load ? worker : least));
}

function threadCount(): number {
  const asked = Number(process.env.CAKELAB_THREADS);
  if (Number.isInteger(asked) && asked > 0) return asked;
  return Math.min(nodeModule("node:os").availableParallelism(), 8);
}
