import { FileAccessError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { writeAtomic } from "../../host/write-atomic.js";
import { formatMidasParameters } from "./format.js";
import type { MidasParameters } from "./parameters.js";
import { parseMidasParameters } from "./parse.js";

/**
 * Reads a MIDAS parameter file (see `parseMidasParameters`).
 *
 * @throws FileAccessError for a file that cannot be read; FileFormatError for one that is no valid
 * parameter file.
 * @example const plan = await midasPlan(await readMidasParameters("ps.txt"));
 */
export async function readMidasParameters(path: string): Promise<MidasParameters> {
  const { readFile } = nodeModule("node:fs/promises");
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new FileAccessError(
      path,
      "this MIDAS parameter file cannot be read; check the path and its permissions",
      { cause },
    );
  });
  return parseMidasParameters(text, path);
}

/** Writes a MIDAS parameter file, whole or not at all. */
export async function writeMidasParameters(
  path: string,
  parameters: MidasParameters,
): Promise<void> {
  await writeAtomic(path, formatMidasParameters(parameters));
}
