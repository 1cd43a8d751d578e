import { FileFormatError } from "../../errors.js";
import { type Hdf5Dataset, openDataset, readSlice } from "../../hdf5/dataset.js";
import type { Hdf5File } from "../../hdf5/hdf5-file.js";

/** The patterns of a scan's file. */
export interface ReadPatterns {
  readonly shape: readonly [slow: number, fast: number];
  readonly intensity: Float32Array;
  readonly sigma: Float32Array | undefined;
}

/**
 * Reads intensities, and their errors by our name or diff_map's, line by line.
 *
 * @throws FileFormatError
 */
export function readPatterns(file: Hdf5File, result: string, isMap: boolean): ReadPatterns {
  const names = file.names(result);
  if (!names.includes("intensity")) {
    throw new FileFormatError(file.path, `${result} has no intensity, only a transposed map`);
  }
  const dataset = openDataset(file, `${result}/intensity`);
  const { shape } = dataset;
  if (shape.length !== (isMap ? 4 : 3)) {
    throw new FileFormatError(
      file.path,
      `${dataset.path} has the shape [${shape.join(", ")}], not those of two motors and ${isMap ? "two" : "one"} more`,
    );
  }
  const errors = ["intensity_errors", "errors"].find((name) => names.includes(name));
  const sigma = errors === undefined ? undefined : openDataset(file, `${result}/${errors}`);
  return {
    shape: [shape[0]!, shape[1]!],
    intensity: readLines(dataset, shape),
    // diff_map's errors may have lost lines.
    sigma: sigma?.shape.join() === shape.join() ? readLines(sigma, shape) : undefined,
  };
}

function readLines(dataset: Hdf5Dataset, [lines = 0, ...line]: readonly number[]): Float32Array {
  const size = line.reduce((all, n) => all * n, 1);
  const all = new Float32Array(lines * size);
  for (let i = 0; i < lines; i++) {
    all.set(readSlice(dataset, [i, ...line.map(() => 0)], [1, ...line]), i * size);
  }
  return all;
}
