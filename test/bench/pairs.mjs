/** No row goes on longer. */
const MOST_SECONDS = 20;

/**
 * Both sides take turns, so that whatever else the machine does meets both; medians of their values
 * and of their ratios.
 *
 * @param row `{ ours, theirs, pairs, warm }`: each side's turn gives its value, seconds or bytes; a
 * first turn of each does not count unless `warm` is false: compilers, caches, what is kept.
 */
export async function measurePairs({ ours, theirs, pairs, warm = true }) {
  if (warm) {
    await theirs?.();
    await ours();
  }
  const begin = performance.now();
  const found = [];
  while (found.length < pairs && (found.length === 0 || secondsSince(begin) < MOST_SECONDS)) {
    const their = await theirs?.();
    found.push({ our: await ours(), their });
  }
  const values = { our: median(found.map(({ our }) => our)), pairs: found.length };
  return theirs === undefined
    ? values
    : {
        ...values,
        their: median(found.map(({ their }) => their)),
        ratio: median(found.map(({ our, their }) => our / their)),
      };
}

/** The seconds that a turn of some work takes, `repeat` times in a row. */
export function timed(work, repeat = 1) {
  return async () => {
    const start = performance.now();
    for (let i = 0; i < repeat; i++) await work();
    return secondsSince(start) / repeat;
  };
}

function secondsSince(start) {
  return (performance.now() - start) / 1000;
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
