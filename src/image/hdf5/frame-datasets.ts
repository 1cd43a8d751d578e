import { Hdf5File, type Hdf5Options } from "../../hdf5/hdf5-file.js";
import { parseAddress } from "../address.js";
import { findFrames } from "./find-frames.js";

/** A dataset that holds frames: the file that it lies in, and its path there. */
export interface FrameDataset {
  readonly file: string;
  readonly path: string;
}

/**
 * The datasets that hold the frames of an HDF5 file, in order; links are followed.
 *
 * @throws FileFormatError, FileAccessError
 */
export async function frameDatasets(
  address: string,
  options: Hdf5Options = {},
): Promise<FrameDataset[]> {
  const { path, dataset } = parseAddress(address);
  const file = await Hdf5File.open(path, options);
  try {
    return findFrames(file, dataset).map((found) => ({
      file: found.file.path,
      path: found.path,
    }));
  } finally {
    file.close();
  }
}
