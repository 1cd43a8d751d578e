import { FileAccessError, FileFormatError } from "../../errors.js";
import type { Hdf5File } from "../../hdf5/hdf5-file.js";

const KINDS = ["group", "dataset"] as const;

/**
 * What lies at a path when links are followed; `undefined` for nothing.
 *
 * @throws FileAccessError for a link to a file that is not there, or outside the data folder.
 */
export function memberType(file: Hdf5File, path: string): "group" | "dataset" | undefined {
  try {
    const place = file.resolve(path);
    const type = place.file.ask(place.path, (module, id) => module.get_type(id, place.path));
    return KINDS[type ?? -1];
  } catch (error) {
    if (error instanceof FileFormatError) return undefined;
    throw error;
  }
}

/** The same, and `undefined` for a link that cannot be followed too. */
export function reachableType(file: Hdf5File, path: string): "group" | "dataset" | undefined {
  try {
    return memberType(file, path);
  } catch (error) {
    if (error instanceof FileAccessError) return undefined;
    throw error;
  }
}
