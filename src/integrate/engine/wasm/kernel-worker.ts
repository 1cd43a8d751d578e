import { EngineError } from "../../../errors.js";
import { nodeModule } from "../../../host/node.js";

/** A call of a kernel's function. */
export type Call = readonly [name: string, ...numbers: number[]];

type WorkerThread = import("node:worker_threads").Worker;

// A worker's desk: memory in which calls are laid and results found. A message takes as long as a small
// frame, and a sleeping thread several times that on a virtual machine.
//   words    does the worker look? the state of the call; does somebody sleep until its end?
//   numbers  plan, index of the function, number of arguments, arguments …; last, the result
const DESK_BYTES = 16 + 8 * 32;
const [LOOKS, STATE, SLEEPER] = [0, 1, 2];
const [FREE, CALLED, RUNNING, DONE, FAILED] = [0, 1, 2, 3, 4];
const RESULT = 31;

/** A worker looks for the next call so long before it sleeps: a frame of a series often comes by then. */
const LOOK_MS = 2;
/** A caller looks for an end so long before it sleeps. */
const PATIENCE_MS = 0.5;

/** What a worker thread does; as text, so that it needs no file of its own wherever the library lies. */
const WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
const words = new Int32Array(workerData, 0, 4);
const numbers = new Float64Array(workerData, 16);
const plans = new Map();
parentPort.on("message", ({ plan, attach, detach }) => {
  if (attach) {
    const { module, memory } = attach;
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    plans.set(plan, Object.values(exports));
  } else if (detach) plans.delete(plan);
  else look();
});
function look() {
  Atomics.store(words, ${LOOKS}, 1);
  let end = performance.now() + ${LOOK_MS};
  for (let round = 1; ; round++) {
    if (Atomics.compareExchange(words, ${STATE}, ${CALLED}, ${RUNNING}) === ${CALLED}) {
      if (!plans.has(numbers[0])) {
        // The plan's memory is still under way, and a message after it.
        Atomics.store(words, ${STATE}, ${CALLED});
        return Atomics.store(words, ${LOOKS}, 0);
      }
      work();
      end = performance.now() + ${LOOK_MS};
    } else if (round % 64 === 0 && performance.now() > end) {
      Atomics.store(words, ${LOOKS}, 0);
      // A call laid meanwhile would wait for ever.
      if (Atomics.load(words, ${STATE}) !== ${CALLED}) return;
      Atomics.store(words, ${LOOKS}, 1);
    }
  }
}
function work() {
  let error;
  try {
    numbers[${RESULT}] = plans.get(numbers[0])[numbers[1]](...numbers.subarray(3, 3 + numbers[2])) ?? 0;
  } catch (reason) {
    error = String(reason);
  }
  Atomics.store(words, ${STATE}, error === undefined ? ${DONE} : ${FAILED});
  if (error !== undefined || Atomics.exchange(words, ${SLEEPER}, 0) === 1) parentPort.postMessage({ error });
}`;

/** A worker thread that runs a kernel's functions over the memories of plans, one call at a time. */
export class KernelWorker {
  readonly #thread: WorkerThread;
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  /** Plans of which a call has come back, so that the worker surely has their memory. */
  readonly #known = new Set<number>();
  #failure: string | undefined;
  #wake: (() => void) | undefined;
  isAlive = true;

  constructor() {
    const { Worker } = nodeModule("node:worker_threads");
    const desk = new SharedArrayBuffer(DESK_BYTES);
    this.#words = new Int32Array(desk, 0, 4);
    this.#numbers = new Float64Array(desk, 16);
    // Switches of the program, such as --input-type, are not meant for the thread.
    this.#thread = new Worker(WORKER, { eval: true, execArgv: [], workerData: desk });
    this.#thread.unref();
    this.#thread.on("message", ({ error }) => {
      this.#failure = error;
      this.#wake?.();
    });
    this.#thread.on("error", () => this.#die());
    this.#thread.on("exit", () => this.#die());
  }

  attach(plan: number, module: WebAssembly.Module, memory: WebAssembly.Memory): void {
    this.#thread.postMessage({ plan, attach: { module, memory } });
  }

  detach(plan: number): void {
    this.#known.delete(plan);
    this.#thread.postMessage({ plan, detach: true });
  }

  /** Lays a call on the desk, which must be free. */
  call(plan: number, index: number, numbers: readonly number[]): void {
    this.#numbers.set([plan, index, numbers.length, ...numbers]);
    Atomics.store(this.#words, SLEEPER, 0);
    Atomics.store(this.#words, STATE, CALLED);
    const looks = Atomics.load(this.#words, LOOKS) === 1;
    if (!looks || !this.#known.has(plan)) this.#thread.postMessage({ plan });
  }

  /** Takes a call back that the worker has not begun. */
  withdraw(): boolean {
    return Atomics.compareExchange(this.#words, STATE, CALLED, FREE) === CALLED;
  }

  /**
   * What the call returned, when it has.
   *
   * @throws EngineError where it failed, or the thread ended.
   */
  async result(): Promise<number> {
    const end = performance.now() + PATIENCE_MS;
    while (this.#state < DONE && performance.now() < end) {}
    if (this.#state !== DONE) await this.#sleep();
    if (!this.isAlive) throw gone();
    const failure = this.#failure;
    this.#failure = undefined;
    Atomics.store(this.#words, STATE, FREE);
    if (failure !== undefined) {
      throw new EngineError("wasm", `a thread failed: ${failure}; try the js engine`);
    }
    this.#known.add(this.#numbers[0]!);
    return this.#numbers[RESULT]!;
  }

  get #state(): number {
    return Atomics.load(this.#words, STATE);
  }

  /** Waits for the message of a call that has failed, or that ends after somebody has gone to sleep. */
  async #sleep(): Promise<void> {
    Atomics.store(this.#words, SLEEPER, 1);
    const hasEnded = this.#state === DONE && Atomics.exchange(this.#words, SLEEPER, 0) === 1;
    if (hasEnded || this.#failure !== undefined || !this.isAlive) return;
    // The process is to stay while an answer is awaited, and only then.
    this.#thread.ref();
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
    this.#thread.unref();
  }

  #die(): void {
    this.isAlive = false;
    this.#wake?.();
  }
}

function gone(): EngineError {
  return new EngineError(
    "wasm",
    "a worker thread ended unexpectedly; call again, or use the js engine",
  );
}
