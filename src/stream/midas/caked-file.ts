import type { NamedArray } from "../../export/named-array.js";
import { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import { writeDefaultPlots } from "./default-plots.js";

/** The most that is kept until it is written and compared. */
const MOST_BYTES = 2 ** 25;

/**
 * Writes `cakedArrays` as HDF5, packed, with a default plot, whole or not at all.
 *
 * @throws OutputError; the signal's reason
 */
export async function writeCakedFile(
  path: string,
  arrays: readonly NamedArray[],
  { title, signal }: { readonly title: string; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const writer = await Hdf5Writer.create(path);
  const groups = new Set<string>();
  try {
    let unflushed = 0;
    for (const { path: name, shape, data, attributes = {} } of arrays) {
      signal?.throwIfAborted();
      const group = name.split("/").slice(0, -1).join("/");
      if (group !== "" && !groups.has(group)) writer.group(`/${group}`);
      groups.add(group);
      const values = data();
      const packed = values.length > 64 ? { chunks: shape, compression: "gzip" as const } : {};
      writer.dataset(`/${name}`, values, { shape, attributes, ...packed });
      unflushed += values.byteLength;
      if (unflushed < MOST_BYTES) continue;
      await writer.flush();
      unflushed = 0;
    }
    const cake = { path: "/intensity", isStack: false };
    writeDefaultPlots(writer, { title, lineout: "/lineout", cake });
    await writer.commit();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}
