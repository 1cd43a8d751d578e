import type { DiffractogramPattern } from "../../src/stream/diffractogram/diffractogram-pattern.js";
import type { NumberArray, ViewArrays } from "../../src/widget-messages.js";

/** Names of frozen diffractograms. */
export function referenceNames(references: readonly DiffractogramPattern[]): string[] {
  const isAlone = references.length === 1;
  return references.map((_, i) => (isAlone ? "frozen" : `frozen ${i + 1}`));
}

/** Frozen diffractograms as the page has profiles. */
export function referenceArrays(references: readonly DiffractogramPattern[]): ViewArrays {
  const list = (data: Float64Array): NumberArray => ({ data, shape: [data.length] });
  const arrays = references.flatMap(({ radial, intensity }, i) => [
    [`x${i}`, list(radial)] as const,
    [`y${i}`, list(intensity)] as const,
  ]);
  return Object.fromEntries(arrays);
}
