import { CakelabError, FileAccessError, OptionError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { checkOptionNames } from "../../option-names.js";
import { listFiles } from "../list-files.js";
import { openImage } from "../open-image.js";

/** How a folder is watched. */
export interface WatchOptions {
  /** Seconds between two looks. Default 0.5. */
  readonly interval?: number;
  /** Seconds without a new file after which the series ends. Default: it goes on until it is aborted. */
  readonly timeout?: number;
  /**
   * Seconds after which a file that no longer grows and still cannot be read counts as broken.
   * Default 10.
   */
  readonly settle?: number;
}

/** A file that was seen and not handed on yet. */
interface Candidate {
  size: number;
  /** Time of the last change, in milliseconds of `performance.now()`. */
  since: number;
}

/**
 * The files that patterns mean, those that are there and then those that come, each once and when it
 * is complete: it is of the size that it had at the look before, and its header promises no more than
 * that. Files come in natural order; one that is still being written holds back those after it, for
 * the numbers of the frames are places in a scan.
 *
 * Looks are taken in turns and not notified by the system, which knows nothing of what other machines
 * write to a network disk.
 *
 * @throws the signal's reason; OptionError
 */
export async function* watchFiles(
  patterns: string | readonly string[],
  options: WatchOptions,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  checkOptionNames(options, ["interval", "timeout", "settle"]);
  const { interval = 0.5, timeout = Infinity, settle = 10 } = options;
  for (const [name, value] of Object.entries({ interval, timeout, settle })) {
    if (!(value > 0)) throw new OptionError(`watch.${name}`, value, "is to be a time in seconds");
  }
  const done = new Set<string>();
  const seen = new Map<string, Candidate>();
  let lastNew = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const files = await present(patterns);
    for (const path of files) {
      if (done.has(path)) continue;
      if (!seen.has(path)) lastNew = performance.now();
      if (!(await isComplete(path, seen, 1000 * settle))) break;
      done.add(path);
      seen.delete(path);
      lastNew = performance.now();
      yield path;
      signal.throwIfAborted();
      lastNew = performance.now();
    }
    if (seen.size === 0 && performance.now() - lastNew > 1000 * timeout) return;
    await sleep(1000 * interval, signal);
  }
}

async function present(patterns: string | readonly string[]): Promise<string[]> {
  try {
    return await listFiles(patterns);
  } catch (error) {
    // Nothing there yet, which is what a watch begins with as a rule.
    if (error instanceof FileAccessError) return [];
    throw error;
  }
}

async function isComplete(
  path: string,
  seen: Map<string, Candidate>,
  settle: number,
): Promise<boolean> {
  const now = performance.now();
  const size =
    (
      await nodeModule("node:fs/promises")
        .stat(path)
        .catch(() => undefined)
    )?.size ?? 0;
  const before = seen.get(path);
  if (before === undefined || before.size !== size) {
    seen.set(path, { size, since: now });
    return false;
  }
  if (now - before.since > settle) return true;
  try {
    await (await openImage(path)).close();
    return size > 0;
  } catch (error) {
    if (error instanceof CakelabError) return false;
    throw error;
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
