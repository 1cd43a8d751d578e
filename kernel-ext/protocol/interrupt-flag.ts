/**
 * Memory that the thread of the control channel shares with the thread that runs cells: one integer,
 * 0, or 1 when the running cell is to end. Loop guards read it, so that a loop ends which never lets
 * the main thread see a message.
 */
export type InterruptFlag = Int32Array<SharedArrayBuffer>;

/** A flag that is not set. */
export function createInterruptFlag(): InterruptFlag {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Asks the running cell to end. */
export function raiseInterrupt(flag: InterruptFlag): void {
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
}

/** Blocks this thread for a time, or until the running cell is to end; whether it is. */
export function waitForInterrupt(flag: InterruptFlag, milliseconds: number): boolean {
  Atomics.wait(flag, 0, 0, milliseconds);
  return isInterrupted(flag);
}

/** Whether the running cell has been asked to end. */
export function isInterrupted(flag: InterruptFlag): boolean {
  return Atomics.load(flag, 0) !== 0;
}

/** Makes the next cell run undisturbed. */
export function clearInterrupt(flag: InterruptFlag): void {
  Atomics.store(flag, 0, 0);
}
