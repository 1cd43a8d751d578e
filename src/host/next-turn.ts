/** Lets timers, messages and signals have their turn; in Node without the millisecond that a timer waits. */
export function nextTurn(): Promise<void> {
  return new Promise((resume) => {
    if (typeof setImmediate === "function") setImmediate(resume);
    else setTimeout(resume, 0);
  });
}
