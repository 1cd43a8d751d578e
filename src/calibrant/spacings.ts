import type { Calibrant } from "./calibrants.js";
import { reflections } from "./reflections.js";

/** The spacings of a calibrant down to `dMin`, from the largest; ångströms. */
export function spacingsOf({ lattice, spacings = [] }: Calibrant, dMin: number): number[] {
  if (lattice !== undefined) return reflections(lattice, dMin).map(({ d }) => d);
  return spacings.filter((d) => d >= dMin).sort((a, b) => b - a);
}
