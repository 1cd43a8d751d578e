/** Makes calls of an asynchronous function wait for the ones before, which share its working memory. */
export function inTurn<A extends unknown[], R>(
  run: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  let last: Promise<unknown> = Promise.resolve();
  return (...args) => {
    const result = last.then(() => run(...args));
    last = result.catch(() => undefined);
    return result;
  };
}
