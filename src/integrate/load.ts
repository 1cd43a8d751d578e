import { FileAccessError } from "../errors.js";
import { parsePoni } from "../geometry/poni.js";
import { nodeModule } from "../host/node.js";
import { AzimuthalIntegrator } from "./azimuthal-integrator.js";

/**
 * Loads a calibration from a PONI file of version 1, 2, 2.1 or 3.
 *
 * @throws FileAccessError for a file that cannot be read; FileFormatError for one that is no valid
 * PONI file.
 */
export async function load(path: string): Promise<AzimuthalIntegrator> {
  const { readFile } = nodeModule("node:fs/promises");
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new FileAccessError(
      path,
      "this PONI file cannot be read; check the path and its permissions",
      { cause },
    );
  });
  return new AzimuthalIntegrator(parsePoni(text, path));
}
