/** A still picture that is shown before what it is the picture of. */
export interface CompanionStill {
  readonly bundle: Record<string, unknown>;
  readonly displayId: string;
}

// A registered symbol, because the kernel and a notebook's project may have two copies of this file.
const STILL = Symbol.for("cakelab.still");

/** The bundle with a still that is to be shown before it, in an output of its own. */
export function withStill<T extends object>(bundle: T, still: CompanionStill): T {
  Object.defineProperty(bundle, STILL, { value: still });
  return bundle;
}

/** The still that goes with a bundle, if any. */
export function stillOf(bundle: object): CompanionStill | undefined {
  return (bundle as { [STILL]?: CompanionStill })[STILL];
}
