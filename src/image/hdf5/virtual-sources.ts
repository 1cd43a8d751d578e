import { FileFormatError } from "../../errors.js";
import { type Hdf5Dataset, isPattern, openDataset } from "../../hdf5/dataset.js";

/** Files beyond these are seen when their frames are read. */
const mostSources = 256;
const mostDepth = 8;

/**
 * Checks that what a virtual dataset is made of is there: HDF5 reads what is missing as zeros.
 *
 * @throws FileAccessError, FileFormatError naming what is missing.
 */
export function checkSources(dataset: Hdf5Dataset, depth = 0): void {
  const { file, path, sources = [] } = dataset;
  if (depth > mostDepth) {
    throw new FileFormatError(file.path, `${path} is made of virtual datasets in a circle`);
  }
  const seen = new Set<string>();
  for (const source of sources) {
    const key = `${source.filename}::${source.path}`;
    if (seen.has(key) || isPattern(source)) continue;
    seen.add(key);
    if (seen.size > mostSources) return;
    const from = source.filename === "." ? file : file.openLinked(path, source.filename);
    checkSources(openDataset(from, source.path), depth + 1);
  }
}
