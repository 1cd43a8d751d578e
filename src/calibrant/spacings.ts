import type { Calibrant } from "./calibrants.js";
import { reflections } from "./reflections.js";

/** The spacings of a calibrant down to `dMin`, from the largest; ångströms. */
export function spacingsOf({ lattice }: Calibrant, dMin: number): number[] {
  return reflections(lattice, dMin).map(({ d }) => d);
}
