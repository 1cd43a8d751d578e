import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { encodeEdf } from "../export/edf.js";
import { encodeTiff } from "../export/tiff.js";
import { writeTogether } from "../host/write-atomic.js";
import type { CircleMap } from "./circle-map.js";
import type { CompositeMap } from "./composite-map.js";
import { describeMap } from "./describe-map.js";
import { writeMapNexus } from "./map-nexus.js";

/** The kinds of files that maps are written as, by the end of their names. */
const KINDS = { ".nxs": "nexus", ".h5": "nexus", ".edf": "edf", ".tif": "tiff", ".tiff": "tiff" };

/** What a map is written as. Throws an OptionError for a name with another end. */
export function mapFileKind(path: string): "nexus" | "edf" | "tiff" {
  const end = /\.[^./\\]*$/.exec(path)?.[0].toLowerCase() ?? "";
  const kind = (KINDS as Record<string, "nexus" | "edf" | "tiff">)[end];
  if (kind !== undefined) return kind;
  throw new OptionError("path", path, `name a file that ends in ${Object.keys(KINDS).join(", ")}`);
}

/** What is written of a map. */
export interface ScanMapOutput {
  /** Whether the sums of a composite map get a file of their own beside it. Default `true`. */
  readonly sums?: boolean;
}

/** Where the sums of a composite map go: `a/map.edf` → `a/map_sum.edf`. */
export function sumPath(path: string): string {
  return path.replace(/(?=\.[^./\\]*$)/, "_sum");
}

/**
 * Writes a map: as NeXus with everything that is known of it; as EDF or TIFF, in float32, a composite
 * map and beside it its sums as `<name>_sum`, or the sums of a ring. All of it is written, or nothing.
 *
 * @returns the files that were written.
 * @throws OutputError; OptionError for a name that ends otherwise.
 */
export async function writeScanMap(
  path: string,
  map: CompositeMap | CircleMap,
  { sums = true }: ScanMapOutput = {},
): Promise<string[]> {
  const kind = mapFileKind(path);
  if (kind === "nexus") {
    await writeMapNexus(path, map);
    return [path];
  }
  const header = describeMap(map);
  const encode = (image: Image): readonly Uint8Array[] => {
    const rounded = { ...image, data: Float32Array.from(image.data), header };
    return kind === "edf" ? encodeEdf(rounded) : encodeTiff(rounded);
  };
  const files =
    map.kind === "composite"
      ? [
          { path, data: encode(map.composite) },
          ...(sums ? [{ path: sumPath(path), data: encode(map.sum) }] : []),
        ]
      : [{ path, data: encode(map.sum) }];
  await writeTogether(files);
  return files.map((file) => file.path);
}
