import type { Calibrant } from "./calibrants.js";
import { reflections } from "./reflections.js";

/** The spacings of a calibrant down to `dMin`, from the largest; ångströms. */
export function spacingsOf({ lattice, spacings = [] }: Calibrant, dMin: number): number[] {
  if (lattice !== undefined) return reflections(lattice, dMin).map(({ d }) => d);
  return spacings.filter((d) => d >= dMin).sort((a, b) => b - a);
}

/**
 * The largest spacings of a calibrant down to `dMin`, about `most` of them: small cells have millions of
 * planes at short wavelengths, which nobody asks for.
 */
export function largestSpacings(calibrant: Calibrant, dMin: number, most: number): number[] {
  const { lattice } = calibrant;
  if (lattice === undefined) return spacingsOf(calibrant, dMin);
  let reach = Math.max(lattice.a, lattice.b ?? 0, lattice.c ?? 0) / 4;
  for (;;) {
    const found = spacingsOf(calibrant, Math.max(reach, dMin));
    if (found.length >= most || reach <= dMin) return found;
    reach /= 1.5;
  }
}
