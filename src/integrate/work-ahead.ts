import { OptionError } from "../errors.js";

/**
 * Does some work for each item and gives the results in order. While an item is worked on, the next one
 * is already asked for, and while a result is used, the next one is made: what waits for disks and what
 * computes overlap, and two items and two results exist at most.
 *
 * Items that come at once, such as an array's, are not asked for ahead. Whoever ends early, or aborts,
 * closes the source: at once, also where it never gives another item.
 *
 * @throws OptionError for what gives no items; whatever the source or the work throws, when its turn
 * comes; the signal's reason.
 */
export async function* workAhead<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  work: (item: T) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R, void, undefined> {
  const source = sourceOf(items);
  let coming = source.isAhead ? heeded(source.next()) : undefined;
  let atWork: Promise<unknown> | undefined;
  let isOver = false;
  const begin = async (): Promise<IteratorResult<R, void>> => {
    const { value, done = false } = await (coming ?? source.next());
    if (done || isOver) return { value: undefined, done: true };
    coming = source.isAhead ? heeded(source.next()) : undefined;
    const working = heeded(work(value as T));
    atWork = working;
    return { value: await working };
  };
  let result = heeded(begin());
  try {
    for (;;) {
      const { value, done = false } = await unlessAborted(result, signal);
      if (done) return;
      result = heeded(begin());
      yield value as R;
    }
  } finally {
    isOver = true;
    await Promise.allSettled([atWork]);
    await source.close();
  }
}

interface Source<T> {
  /** Whether the next item is worth asking for before it is needed. */
  readonly isAhead: boolean;
  next(): Promise<IteratorResult<T, unknown>>;
  close(): Promise<void>;
}

function sourceOf<T>(items: AsyncIterable<T> | Iterable<T>): Source<T> {
  const { [Symbol.asyncIterator]: newAsync, [Symbol.iterator]: newSync } = (items ?? {}) as Partial<
    AsyncIterable<T> & Iterable<T>
  >;
  const iterator = newAsync?.call(items) ?? newSync?.call(items);
  if (iterator === undefined) {
    const remedy = "give what openSeries gives, an array of images, or a generator";
    throw new OptionError("images", items, `this is no series; ${remedy}`);
  }
  let isEnded = false;
  let isAsked = false;
  return {
    isAhead: newAsync !== undefined,
    async next() {
      isAsked = true;
      try {
        const next = await iterator.next();
        isEnded = next.done === true;
        return next;
      } catch (error) {
        // Who throws has ended by itself.
        isEnded = true;
        throw error;
      } finally {
        isAsked = false;
      }
    },
    async close() {
      if (isEnded) return;
      const closed = heeded(Promise.resolve(iterator.return?.()));
      // A source that is asked for an item answers first: a detector at rest, perhaps never.
      if (!isAsked) await closed;
    },
  };
}

/** A promise that may fail before anybody waits for it. */
function heeded<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** What a promise gives, or the signal's reason as soon as it aborts. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
