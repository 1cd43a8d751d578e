import { availableParallelism, loadavg } from "node:os";

/**
 * How much longer things may take than on a machine of our own: 1, or more where others have it work,
 * by the processes that waited for a core in the last minute.
 */
export function busyness(): number {
  const [lately] = loadavg();
  // Two are ours: the browser's workers, and what they are tested with.
  return Math.min(4, Math.max(1, (lately! - 2) / availableParallelism()));
}
