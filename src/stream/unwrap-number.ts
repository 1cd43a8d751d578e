/** Numbers of 16 bits begin anew at this. */
const TURN = 2 ** 16;

/**
 * Counts numbers on where 16 bits begin anew: each is taken as the nearest to the one before, so that
 * one that is missing, doubled or out of order does not count as a turn.
 *
 * @example
 * const unwrap = unwrapNumbers();
 * [65534, 65535, 0, 1].map(unwrap); // 65534, 65535, 65536, 65537
 */
export function unwrapNumbers(): (number: number) => number {
  let last: number | undefined;
  return (number) => {
    if (last === undefined) {
      last = number;
      return number;
    }
    const ahead = (((number - last) % TURN) + TURN) % TURN;
    const nearest = last + (ahead < TURN / 2 ? ahead : ahead - TURN);
    last = nearest < 0 ? nearest + TURN : nearest;
    return last;
  };
}
