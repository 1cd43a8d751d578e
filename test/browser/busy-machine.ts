/** What is measured with, in milliseconds of a core. */
const WORK = 150;
/** Less than this is noise. */
const NOTHING = 1.15;

/**
 * How much longer things take than on a machine of our own: 1, or what a loop here waits for a core,
 * squared, because a browser needs two of them at a time.
 */
export function busyness(): number {
  const [start, used] = [performance.now(), usedTime()];
  while (usedTime() - used < 1000 * WORK);
  const wait = (performance.now() - start) / WORK;
  return wait < NOTHING ? 1 : wait * wait;
}

/** Microseconds of a core; asking for them is the system's own work. */
function usedTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
