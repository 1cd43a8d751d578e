import type { Method } from "../integrate/options.js";

/** pyFAI's words that are no splitting of ours, and what they mean. */
const SYNONYMS: Readonly<Record<string, string>> = {
  splitbbox: "bbox",
  bboxsplit: "bbox",
  nosplit: "no",
  splitpixel: "full",
  fullsplit: "full",
  pseudo: "full",
};
const SPLITS = ["no", "bbox", "full"] as const;
/** Algorithms that pyFAI builds with a bounding box where nothing else is said. */
const SPARSE = ["csr", "csc", "lut"];

/**
 * The method of a worker's configuration: a word (`"splitbbox"`, `"csr_ocl"`), `[splitting, algorithm,
 * implementation]`, or with the dimension before and the device after them. What computes it is for the
 * engine to choose; only the splitting changes numbers.
 */
export function workerMethod(value: unknown): Method | undefined {
  const words = (Array.isArray(value) ? value.map(String) : String(value ?? "").split(/[_,\s]+/))
    .map((word) => word.toLowerCase())
    .map((word) => SYNONYMS[word] ?? word);
  const split = SPLITS.find((name) => words.includes(name));
  if (split !== undefined) return { split };
  if (words.some((word) => SPARSE.includes(word))) return { split: "bbox" };
  return words.some((word) => ["histogram", "numpy", "cython"].includes(word))
    ? { split: "no" }
    : undefined;
}
