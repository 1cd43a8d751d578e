import { nodeModule } from "../../host/node.js";
import type { NamedArray } from "../named-array.js";
import { ZipFile } from "../zip-file.js";

/**
 * Writes arrays as a Zarr store of version 2 in a ZIP archive, one chunk each, whole or not at all.
 *
 * @param groups paths of groups that are to be there also where they are empty
 * @throws OutputError
 * @see https://zarr-specs.readthedocs.io/en/latest/v2/v2.0.html
 */
export async function writeZarrZip(
  path: string,
  arrays: Iterable<NamedArray>,
  groups: readonly string[] = [],
): Promise<void> {
  const { deflate } = nodeModule("node:zlib");
  const pack = nodeModule("node:util").promisify(deflate);
  const file = await ZipFile.create(path);
  const known = new Set<string>();
  const json = (name: string, content: object): Promise<void> =>
    file.add(name, new TextEncoder().encode(JSON.stringify(content, undefined, 4)));
  const group = async (name: string): Promise<void> => {
    if (known.has(name)) return;
    known.add(name);
    await json(name === "" ? ".zgroup" : `${name}/.zgroup`, { zarr_format: 2 });
  };
  try {
    await group("");
    for (const name of groups) await group(name);
    for (const { path: name, shape, data, attributes } of arrays) {
      const parents = name.split("/").slice(0, -1);
      for (let i = 1; i <= parents.length; i++) await group(parents.slice(0, i).join("/"));
      await json(`${name}/.zarray`, {
        zarr_format: 2,
        shape,
        // A chunk has no size of 0.
        chunks: shape.map((size) => Math.max(size, 1)),
        dtype: "<f8",
        compressor: { id: "zlib", level: 1 },
        fill_value: 0,
        order: "C",
        filters: null,
      });
      if (attributes !== undefined) await json(`${name}/.zattrs`, attributes);
      const values = data();
      if (values.length === 0) continue;
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      const chunk = shape.map(() => 0).join(".");
      await file.add(`${name}/${chunk}`, await pack(bytes, { level: 1 }));
    }
    await file.commit();
  } finally {
    await file.discard();
  }
}
