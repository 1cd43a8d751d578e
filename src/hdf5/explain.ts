/** What is said instead of HDF5, which would not come back from it. */
export const damagedHeap = "a damaged global heap";

/**
 * The reason in HDF5's account of an error: the sentence of its deepest line, which is where it began.
 *
 * @example "wrong B-tree signature" of "#012: …/H5B.c line 1 in H5B__cache_load(): wrong B-tree signature"
 */
export function reasonOf(diagnostics: string): string {
  const sentences = [...diagnostics.matchAll(/^\s*#\d+:.*?\bin \w+\(\): (.*)$/gm)].map(
    ([, sentence]) => sentence!.trim(),
  );
  const own = sentences.find((sentence) => sentence === damagedHeap);
  // Of a failed read, the file and the time follow.
  const deepest = sentences.at(-1)?.split(/[:,] (time|filename) = /)[0];
  return own ?? deepest ?? diagnostics.trim().split("\n")[0] ?? "no reason given";
}

/** What a file that HDF5 does not open suffers from, and what to do. */
export function openingProblem(diagnostics: string): string {
  const ends = /eof = (\d+).*stored_eof = (\d+)/.exec(diagnostics);
  if (ends !== null) {
    return `ends at byte ${ends[1]} where its header says ${ends[2]}; it is truncated or still being written`;
  }
  // SWMR reads of what is damaged meanwhile would be tried again and again, for hours.
  if (/open for write|consistency flags/i.test(diagnostics)) {
    return "is still being written, or the program that wrote it died; wait until it is complete, or run h5clear -s";
  }
  return `is no HDF5 file that can be read (${reasonOf(diagnostics)}); it is damaged or still being written`;
}

/** Names of the registered filters, for messages. */
const FILTERS: Readonly<Record<number, string>> = {
  1: "gzip",
  2: "shuffle",
  3: "fletcher32",
  4: "szip",
  5: "nbit",
  6: "scaleoffset",
  305: "LZO",
  307: "bzip2",
  32000: "LZF",
  32001: "Blosc",
  32004: "LZ4",
  32008: "bitshuffle",
  32009: "SPDP",
  32010: "LPC-Rice",
  32013: "ZFP",
  32014: "fpzip",
  32015: "Zstandard",
  32017: "SZ",
  32018: "FCIDECOMP",
  32019: "JPEG",
  32022: "bitgroom",
  32023: "bitround",
  32024: "SZ3",
  32026: "Blosc2",
  32028: "SPERR",
};

/** Those that HDF5 has itself, and those of the plugins that come with it here. */
const READABLE = new Set([
  1, 2, 3, 5, 6, 307, 32000, 32001, 32004, 32008, 32013, 32015, 32019, 32022, 32023, 32026,
]);

/** A filter's name with its number: `"bitshuffle (32008)"`. */
export function filterName({ id, name }: { readonly id: number; readonly name: string }): string {
  return `${FILTERS[id] ?? (name.split(/[;:]/)[0] || "unknown")} (${id})`;
}

/** Whether chunks that a filter packed can be read. */
export function isReadableFilter(id: number): boolean {
  return READABLE.has(id);
}
