import { FileFormatError } from "../errors.js";
import { bruker } from "./bruker/bruker.js";
import { cbf } from "./cbf/cbf.js";
import { edf } from "./edf/edf.js";
import type { FileSource } from "./file-source.js";
import { fit2dMask } from "./fit2d-mask.js";
import type { ImageFormat } from "./format.js";
import { ge } from "./ge.js";
import { hdf5 } from "./hdf5/hdf5.js";
import { mar345 } from "./mar345/mar345.js";
import { marccd } from "./marccd.js";
import { npy } from "./npy.js";
import { spe } from "./spe.js";
import { tiff } from "./tiff/tiff.js";
import { zarrZip } from "./zarr-zip/zarr-zip.js";

/** The image formats that are read, in the order in which they are tried on a file's first bytes. */
export const imageFormats: readonly ImageFormat[] = [
  marccd,
  tiff,
  npy,
  cbf,
  hdf5,
  zarrZip,
  ge,
  edf,
  fit2dMask,
  mar345,
  bruker,
  spe,
];

/**
 * The format of a file by its first bytes, whatever its name is.
 *
 * @throws FileFormatError if it is empty or of no known format.
 */
export async function formatOf(source: FileSource): Promise<ImageFormat> {
  if (source.size === 0) {
    throw new FileFormatError(
      source.name,
      "is empty (0 bytes); it is still being written, or lost",
    );
  }
  const head = await source.read(0, Math.min(4096, source.size));
  const format = imageFormats.find((candidate) => candidate.matches(head, source.name));
  if (format === undefined) {
    const names = imageFormats.map(({ name }) => name).join(", ");
    throw new FileFormatError(
      source.name,
      `its first bytes (${hex(head)}) are of no image format that is read here (${names}); convert it with FabIO's fabio-convert`,
    );
  }
  return format;
}

function hex(head: Uint8Array): string {
  return Array.from(head.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
