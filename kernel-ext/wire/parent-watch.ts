const INTERVAL_MS = 1000;

/** Calls back once when the process that started this one has ended; returns how to stop. */
export function watchParent(onEnd: () => void): () => void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onEnd();
  }, INTERVAL_MS);
  return () => clearInterval(watch);
}
