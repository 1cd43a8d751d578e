import { CakelabError, FileAccessError, OptionError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { sleep } from "../../host/sleep.js";
import { checkOptionNames } from "../../option-names.js";
import { parseAddress } from "../address.js";
import { findFiles } from "../list-files.js";
import { naturalOrder } from "../natural-order.js";
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
  /**
   * Is told of files that had come and were not handed on when the series was left or aborted, in
   * their order: they waited for their turn, or for one that was still being written.
   */
  readonly onLeft?: (files: readonly string[]) => void;
}

/** A file that was seen and not handed on yet. */
interface Candidate {
  readonly size: number;
  /** Time of the last change, in milliseconds of `performance.now()`. */
  readonly since: number;
  /** Whether it was of this size at the look before. */
  readonly isSame: boolean;
}

/** Lists are made for a fifth of the time. */
const listingShare = 4;

/** Files that are looked at together. */
const together = 64;

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
  checkOptionNames(options, ["interval", "timeout", "settle", "onLeft"]);
  const { interval = 0.5, timeout = Infinity, settle = 10, onLeft } = options;
  for (const [name, value] of Object.entries({ interval, timeout, settle })) {
    if (!(value > 0)) throw new OptionError(`watch.${name}`, value, "is to be a time in seconds");
  }
  const done = new Set<string>();
  const seen = new Map<string, Candidate>();
  let files: string[] = [];
  let listed = { at: -Infinity, took: 0 };
  let lastNew = performance.now();
  try {
    for (;;) {
      signal.throwIfAborted();
      const begun = performance.now();
      // A list of many files takes long, and there is other work to do.
      if (begun - listed.at > listingShare * listed.took) {
        files = naturalOrder((await matches(patterns)).filter((path) => !done.has(path)));
        listed = { at: performance.now(), took: performance.now() - begun };
      }
      if (files.some((path) => !seen.has(path))) lastNew = performance.now();
      await look(files, seen);
      let given = 0;
      for (const path of files) {
        if (!(await isComplete(path, seen.get(path)!, 1000 * settle))) break;
        given++;
        done.add(path);
        seen.delete(path);
        lastNew = performance.now();
        yield path;
        signal.throwIfAborted();
        lastNew = performance.now();
      }
      files = files.slice(given);
      // Files that wait for one that is still being written are not given up.
      if (seen.size === 0 && performance.now() - lastNew > 1000 * timeout) return;
      await sleep(1000 * interval, signal);
    }
  } finally {
    if (seen.size > 0) onLeft?.(files.filter((path) => seen.has(path)));
  }
}

/** Notes the sizes of files, and since when each is of that size. */
async function look(files: readonly string[], seen: Map<string, Candidate>): Promise<void> {
  const { stat } = nodeModule("node:fs/promises");
  const present = new Set(files);
  for (const path of seen.keys()) if (!present.has(path)) seen.delete(path);
  for (let first = 0; first < files.length; first += together) {
    await Promise.all(
      files.slice(first, first + together).map(async (path) => {
        const status = await stat(parseAddress(path).path).catch(() => undefined);
        const size = status?.size ?? 0;
        const before = seen.get(path);
        const isSame = before?.size === size;
        seen.set(path, { size, since: isSame ? before.since : performance.now(), isSame });
      }),
    );
  }
}

async function matches(patterns: string | readonly string[]): Promise<string[]> {
  try {
    return await findFiles(patterns);
  } catch (error) {
    // Nothing there yet, which is what a watch begins with as a rule.
    if (error instanceof FileAccessError) return [];
    throw error;
  }
}

async function isComplete(
  path: string,
  { size, since, isSame }: Candidate,
  settle: number,
): Promise<boolean> {
  if (!isSame) return false;
  if (performance.now() - since > settle) return true;
  try {
    await (await openImage(path)).close();
    return size > 0;
  } catch (error) {
    if (error instanceof CakelabError) return false;
    throw error;
  }
}
