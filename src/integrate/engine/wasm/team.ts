import { EngineError } from "../../../errors.js";
import { hasNode, nodeModule } from "../../../host/node.js";
import { inTurn } from "../in-turn.js";
import { compileKernel } from "./compile-kernel.js";
import { aloneKernel, sharedKernel } from "./kernel-bytes.js";
import { type Call, KernelWorker } from "./kernel-worker.js";

/** Threads that run kernels over one plan's memory; the calling one is thread 0. */
export interface Team {
  readonly threads: number;
  /** Runs a call in each thread, all at a time; what they returned. */
  run(callOf: (thread: number, threads: number) => Call): Promise<number[]>;
  /**
   * Runs calls that share their work out among themselves. `first` is run here when the others have been
   * called; those that have not begun when all else is done are not waited for, and their calls run here.
   */
  runTogether(callOf: (thread: number, threads: number) => Call, first?: () => void): Promise<void>;
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
  // Threads start while the kernel is compiled.
  const workers = isShared ? sharedWorkers() : [];
  const module = await compiled(isShared ? sharedKernel : aloneKernel);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const names = Object.keys(exports);
  const own = ([name, ...numbers]: Call): number => runHere(exports, name, numbers);
  const plan = ++lastPlan;
  for (const worker of workers) worker.attach(plan, module, memory);
  // A call in which a thread dies fails; the next ones go on without it.
  const alive = () => workers.filter((worker) => worker.isAlive);
  const callAll = (callOf: (thread: number, threads: number) => Call) => {
    const helpers = alive();
    const threads = helpers.length + 1;
    const calls = Array.from({ length: threads }, (_, thread) => callOf(thread, threads));
    for (const [i, worker] of helpers.entries()) {
      const [name, ...numbers] = calls[i + 1]!;
      worker.call(plan, names.indexOf(name), numbers);
    }
    return { helpers, calls };
  };
  return {
    get threads() {
      return alive().length + 1;
    },
    runHere: (calls) => calls.reduce((_, call) => own(call), 0),
    dissolve() {
      for (const worker of workers) worker.detach(plan);
    },
    run: (callOf) =>
      atDesks(async () => {
        const { helpers, calls } = callAll(callOf);
        return settled([() => own(calls[0]!), ...helpers.map((worker) => () => worker.result())]);
      }),
    runTogether: (callOf, first) =>
      atDesks(async () => {
        const { helpers, calls } = callAll(callOf);
        const mine = () => {
          first?.();
          return own(calls[0]!);
        };
        const others = helpers.map(
          (worker, i) => () => (worker.withdraw() ? own(calls[i + 1]!) : worker.result()),
        );
        await settled([mine, ...others]);
      }),
  };
}

/** Does all of this, also where a part fails: nobody may be at work any more when the caller goes on. */
async function settled(parts: readonly (() => number | Promise<number>)[]): Promise<number[]> {
  const results: number[] = [];
  const errors: unknown[] = [];
  for (const part of parts) {
    try {
      results.push(await part());
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
  return results;
}

/** Plans share the worker threads, whose desks hold one call at a time. */
const atDesks = inTurn((work: () => Promise<unknown>) => work()) as <T>(
  work: () => Promise<T>,
) => Promise<T>;

type KernelFunction = (...numbers: readonly number[]) => number | undefined;

function runHere(kernel: WebAssembly.Exports, name: string, numbers: readonly number[]): number {
  try {
    return (kernel[name] as KernelFunction)(...numbers) ?? 0;
  } catch (cause) {
    throw new EngineError("wasm", `${name} failed: ${String(cause)}; try the js engine`, { cause });
  }
}

const modules = new Map<string, WebAssembly.Module | Promise<WebAssembly.Module>>();

function compiled(kernel: string): WebAssembly.Module | Promise<WebAssembly.Module> {
  let module = modules.get(kernel);
  if (module === undefined) {
    module = compileKernel(kernel);
    modules.set(kernel, module);
  }
  return module;
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

function threadCount(): number {
  const asked = Number(process.env.CAKELAB_THREADS);
  if (Number.isInteger(asked) && asked > 0) return asked;
  return Math.min(nodeModule("node:os").availableParallelism(), 8);
}
