import { FileFormatError } from "../../errors.js";
import { bytesPerSample } from "../../samples.js";
import type { FileSource } from "../file-source.js";
import type { ImageFile, ImageFormat, OpenOptions } from "../format.js";
import { frameBytes } from "../limits.js";
import { naturalOrder } from "../natural-order.js";
import { openArray, readArrayFrame, type ZarrArray } from "./zarr-array.js";
import { type ZipEntry, zipEntries } from "./zip-entries.js";

/**
 * MIDAS' `.zarr.zip`: a Zarr store of version 2 in a ZIP archive, with the raw frames in
 * `exchange/data`, or with a map of radius and azimuth for each frame in `IntegrationResult`.
 */
export const zarrZip: ImageFormat = {
  name: "Zarr",
  extensions: [".zarr.zip"],
  matches: (head) => [0x50, 0x4b, 0x03, 0x04].every((byte, i) => head[i] === byte),
  open: openZarrZip,
};

const RAW = "exchange/data";
const RESULTS = ["IntegrationResult/", "OmegaSumFrame/"];

async function openZarrZip(source: FileSource, options: OpenOptions = {}): Promise<ImageFile> {
  const entries = await zipEntries(source);
  const names = arraysOf(source, entries, options.dataset);
  const arrays: ZarrArray[] = [];
  for (const name of names) {
    const array = await openArray(source, entries, name);
    check(source, array, arrays[0] ?? array);
    arrays.push(array);
  }
  const [first] = arrays as [ZarrArray];
  const counts = arrays.map(({ shape }) => shape.slice(0, -2).reduce((all, n) => all * n, 1));
  const shape = first.shape.slice(-2) as [number, number];
  return {
    frames: counts.reduce((all, n) => all + n, 0),
    shape,
    dtype: first.dtype,
    compression: first.compression,
    header: { array: first.name },
    async read(frame, { signal } = {}) {
      signal?.throwIfAborted();
      let left = frame;
      let at = 0;
      while (left >= counts[at]!) left -= counts[at++]!;
      const array = arrays[at]!;
      const place: number[] = [];
      for (const size of array.shape.slice(0, -2).toReversed()) {
        place.unshift(left % size);
        left = Math.floor(left / size);
      }
      const data = await readArrayFrame(source, entries, array, place);
      signal?.throwIfAborted();
      return { data, shape: [...shape], header: { array: array.name } };
    },
  };
}

/** The arrays that hold the frames: what is asked for, the raw ones, or MIDAS' results. */
function arraysOf(
  source: FileSource,
  entries: ReadonlyMap<string, ZipEntry>,
  asked: string | undefined,
): string[] {
  const all = [...entries.keys()]
    .filter((name) => name.endsWith("/.zarray"))
    .map((name) => name.slice(0, -"/.zarray".length));
  if (asked !== undefined) {
    const name = asked.replace(/^\/+|\/+$/g, "");
    if (all.includes(name)) return [name];
    const inside = naturalOrder(all.filter((array) => array.startsWith(`${name}/`)));
    if (inside.length > 0) return inside;
  } else {
    if (all.includes(RAW)) return [RAW];
    for (const group of RESULTS) {
      const inside = naturalOrder(all.filter((name) => name.startsWith(group)));
      if (inside.length > 0) return inside;
    }
  }
  throw new FileFormatError(
    source.name,
    all.length === 0
      ? "is a ZIP archive without a Zarr array; unpack it"
      : `has no ${asked ?? RAW}; it holds ${all.slice(0, 8).join(", ")}: name one as ${source.name}::/${all[0]}`,
  );
}

function check(source: FileSource, array: ZarrArray, first: ZarrArray): void {
  const { name, shape, dtype } = array;
  const [rows = 0, columns = 0] = shape.length < 2 ? [] : shape.slice(-2);
  frameBytes(source.name, rows, columns, bytesPerSample(dtype));
  const [firstRows, firstColumns] = first.shape.slice(-2);
  if (rows === firstRows && columns === firstColumns && shape.every((n) => n > 0)) return;
  throw new FileFormatError(
    source.name,
    `its array ${name} has the shape [${shape.join(", ")}] where ${firstRows} × ${firstColumns} pixels are expected; name one array`,
  );
}
