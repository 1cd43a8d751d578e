/** A part of a radial axis that a view shows. */
interface SeenRange {
  readonly group: unknown;
  readonly source: unknown;
  readonly unit: string;
  readonly range: readonly [number, number];
}

const EVENT = "cakelab-range";
/** Ranges that differ by less than this part of their width are the same. */
const SAME = 1e-6;

/** One view's part in the zoom that views of a notebook with the same radial unit share. */
export interface RangeLink {
  /** Tells the other views which part is seen. */
  tell(unit: string, range: readonly [number, number]): void;
  end(): void;
}

/** Shares the seen part of the radial axis with other views of a group. */
export function linkRange(
  group: unknown,
  hear: (unit: string, range: readonly [number, number]) => void,
): RangeLink {
  const source = {};
  let last: SeenRange | undefined;
  const listener = (event: Event): void => {
    const seen = (event as CustomEvent<SeenRange>).detail;
    if (seen.group !== group || seen.source === source) return;
    last = seen;
    hear(seen.unit, seen.range);
  };
  document.addEventListener(EVENT, listener);
  return {
    tell: (unit, range) => {
      // A view that follows another one has nothing to tell: it would go on for ever.
      if (last?.unit === unit && isSame(last.range, range)) return;
      last = { group, source, unit, range };
      document.dispatchEvent(new CustomEvent(EVENT, { detail: last }));
    },
    end: () => document.removeEventListener(EVENT, listener),
  };
}

function isSame(a: readonly [number, number], b: readonly [number, number]): boolean {
  const width = Math.abs(a[1] - a[0]);
  return Math.abs(a[0] - b[0]) < SAME * width && Math.abs(a[1] - b[1]) < SAME * width;
}
