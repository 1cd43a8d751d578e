import type { Hdf5Dataset } from "../../hdf5/dataset.js";
import { filterName } from "../../hdf5/explain.js";

const BITSHUFFLED: Readonly<Record<number, string>> = { 2: "-lz4", 3: "-zstd" };

/** How a dataset's chunks are packed: `"none"`, `"gzip"`, `"bitshuffle-lz4"`, `"shuffle+gzip"`. */
export function compressionOf({ filters }: Hdf5Dataset): string {
  const names = filters.map((filter) => {
    const name = filterName(filter)
      .replace(/ \(\d+\)$/, "")
      .toLowerCase();
    return filter.id === 32008 ? `${name}${BITSHUFFLED[filter.cd_values[4] ?? 0] ?? ""}` : name;
  });
  return names.length === 0 ? "none" : names.join("+");
}
