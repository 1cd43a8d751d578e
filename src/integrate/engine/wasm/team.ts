import { EngineError } from "../../../errors.js";
import { hasNode, nodeModule } from "../../../host/node.js";
import { aloneKernel, sharedKernel } from "./kernel-bytes.js";

/** A call of a kernel's function. */
export type Call = readonly [name: string, ...numbers: number[]];

/** Threads that run kernels over one plan's memory; the calling one is thread 0. */
export interface Team {
  readonly threads: number;
  /**
   * Runs each thread's calls, all threads at a time; what each one's last call returned. `first` is run
   * here when the others have been called, before the calls of the calling thread.
   */
  run(
    callsOf: (thread: number, threads: number) => readonly Call[],
    first?: () => void,
  ): Promise<number[]>;
  /** Runs calls in the calling thread, for work that is not worth the way to the others. */
  runHere(calls: readonly Call[]): number;
  /** Makes the other threads forget the memory. */
  dissolve(): void;
}

/** The part `[from, to)` of `count` things that one of several threads takes. */
export function share(count: number, thread: number, threads: number): [from: number, to: number] {
  return [Math.floor((count * thread) / threads), Math.floor((count * (thread + 1)) / threads)];
}

/** Whether memory can be shared with worker threads here: in Node, not yet in a browser. */
export function canShare(): boolean {
  return hasNode() && typeof SharedArrayBuffer !== "undefined";
}

/** A team over a memory, of as many threads as there are cores, at most 8; `CAKELAB_THREADS` says otherwise. */
export async function newTeam(memory: WebAssembly.Memory): Promise<Team> {
  const isShared = canShare() && memory.buffer instanceof SharedArrayBuffer;
  const module = await compiled(isShared ? sharedKernel : aloneKernel);
  const kernel = await WebAssembly.instantiate(module, { env: { memory } });
  const own = (calls: readonly Call[]): number => runCalls(kernel.exports, calls);
  const workers = isShared ? sharedWorkers() : [];
  const id = workers.length > 0 ? attach(workers, module, memory) : 0;
  // A call in which a thread dies fails; the next ones go on without it.
  const alive = () => workers.filter((worker) => worker.isAlive);
  const team: Team = {
    get threads() {
      return alive().length + 1;
    },
    runHere: own,
    dissolve() {
      for (const worker of workers) worker.detach(id);
    },
    async run(callsOf, first) {
      const helpers = alive();
      const threads = helpers.length + 1;
      const others = helpers.map((worker, i) => worker.run(id, callsOf(i + 1, threads)));
      // A failure here must not leave the others' results without anyone to hear of them.
      const mine = Promise.resolve().then(() => {
        first?.();
        return own(callsOf(0, threads));
      });
      return Promise.all([mine, ...others]);
    },
  };
  return team;
}

type KernelFunction = (...numbers: readonly number[]) => number;

function runCalls(kernel: WebAssembly.Exports, calls: readonly Call[]): number {
  let result = 0;
  for (const [name, ...numbers] of calls) {
    try {
      result = (kernel[name] as KernelFunction)(...numbers);
    } catch (cause) {
      throw new EngineError("wasm", `${name} failed: ${String(cause)}; try the js engine`, {
        cause,
      });
    }
  }
  return result;
}

const modules = new Map<string, Promise<WebAssembly.Module>>();

function compiled(kernel: string): Promise<WebAssembly.Module> {
  let module = modules.get(kernel);
  if (module === undefined) {
    module = WebAssembly.compile(Uint8Array.from(atob(kernel), (char) => char.charCodeAt(0)));
    modules.set(kernel, module);
  }
  return module;
}

/** What a worker thread does; as text, so that it needs no file of its own wherever the library lies. */
const WORKER = `
const { parentPort } = require("node:worker_threads");
const plans = new Map();
parentPort.on("message", ({ job, plan, attach, detach, calls }) => {
  if (detach) return plans.delete(plan);
  try {
    if (attach) {
      const { module, memory } = attach;
      plans.set(plan, new WebAssembly.Instance(module, { env: { memory } }).exports);
    }
    let result = 0;
    for (const [name, ...numbers] of calls) result = plans.get(plan)[name](...numbers);
    parentPort.postMessage({ job, result });
  } catch (error) {
    parentPort.postMessage({ job, error: String(error) });
  }
});`;

interface Pending {
  resolve(result: number): void;
  reject(error: Error): void;
}

type WorkerThread = import("node:worker_threads").Worker;

/** A worker thread and the jobs that it has not answered yet. */
class KernelWorker {
  readonly #thread: WorkerThread;
  readonly #pending = new Map<number, Pending>();
  #lastJob = 0;
  isAlive = true;

  constructor() {
    const { Worker } = nodeModule("node:worker_threads");
    this.#thread = new Worker(WORKER, { eval: true });
    this.#thread.unref();
    this.#thread.on("message", ({ job, result, error }) => {
      const { resolve, reject } = this.#settle(job);
      if (error === undefined) resolve(result);
      else reject(new EngineError("wasm", `a thread failed: ${error}; try the js engine`));
    });
    this.#thread.on("error", (cause) => this.#die(cause));
    this.#thread.on("exit", () => this.#die(undefined));
  }

  run(plan: number, calls: readonly Call[]): Promise<number> {
    return this.#post({ plan, calls });
  }

  attach(plan: number, module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<number> {
    return this.#post({ plan, attach: { module, memory }, calls: [] });
  }

  detach(plan: number): void {
    this.#thread.postMessage({ plan, detach: true });
  }

  #post(message: object): Promise<number> {
    if (!this.isAlive) return Promise.reject(gone(undefined));
    return new Promise((resolve, reject) => {
      const job = ++this.#lastJob;
      this.#pending.set(job, { resolve, reject });
      // The process is to stay while an answer is awaited, and only then.
      this.#thread.ref();
      this.#thread.postMessage({ job, ...message });
    });
  }

  #settle(job: number): Pending {
    const pending = this.#pending.get(job)!;
    this.#pending.delete(job);
    if (this.#pending.size === 0) this.#thread.unref();
    return pending;
  }

  #die(cause: unknown): void {
    this.isAlive = false;
    for (const { reject } of this.#pending.values()) reject(gone(cause));
    this.#pending.clear();
  }
}

function gone(cause: unknown): EngineError {
  return new EngineError(
    "wasm",
    "a worker thread ended unexpectedly; call again, or use the js engine",
    { cause },
  );
}

let pool: KernelWorker[] = [];
let lastPlan = 0;

/** The process's worker threads, begun with the first plan and again when one has died. */
function sharedWorkers(): KernelWorker[] {
  if (pool.length !== threadCount() - 1 || pool.some((worker) => !worker.isAlive)) {
    pool = Array.from({ length: threadCount() - 1 }, () => new KernelWorker());
  }
  return pool;
}

function attach(
  workers: KernelWorker[],
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): number {
  const id = ++lastPlan;
  // Jobs are done in the order in which they are sent, so nobody waits for this one.
  for (const worker of workers) worker.attach(id, module, memory).catch(() => undefined);
  return id;
}

function threadCount(): number {
  const asked = Number(process.env.CAKELAB_THREADS);
  if (Number.isInteger(asked) && asked > 0) return asked;
  return Math.min(nodeModule("node:os").availableParallelism(), 8);
}
