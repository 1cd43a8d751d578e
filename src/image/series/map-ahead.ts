/**
 * Does asynchronous work on the items of a source, several at a time, and gives the results in the
 * order of the items. Besides the result that the consumer has, at most `ahead` items are begun or
 * done: a slow consumer holds the source back.
 *
 * @throws what the source or the work throws, in its turn.
 */
export async function* mapAhead<Item, Result>(
  source: AsyncIterator<Item, void>,
  work: (item: Item) => Promise<Result>,
  ahead: number,
): AsyncGenerator<Result, void, undefined> {
  const pending: Promise<{ result: Result } | undefined>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const pull = (): void => {
    // A source is asked for one item at a time; the work on them overlaps.
    const next = last.then(() => source.next());
    last = next;
    const done = next.then(async (item) =>
      item.done === true ? undefined : { result: await work(item.value) },
    );
    // Whoever asks for this result gets its error; until then nobody listens.
    done.catch(() => {});
    pending.push(done);
  };
  try {
    for (let i = 0; i < ahead; i++) pull();
    for (;;) {
      const done = await pending.shift()!;
      if (done === undefined) return;
      pull();
      yield done.result;
    }
  } finally {
    await Promise.allSettled(pending);
    await source.return?.();
  }
}
