import type { Hdf5Writer } from "../../hdf5/hdf5-writer.js";

/** Writes an `NXnote`: a text with its type and what it is. */
export function writeNote(
  writer: Hdf5Writer,
  path: string,
  fields: Readonly<Record<string, string>>,
): void {
  writer.group(path, { NX_class: "NXnote" });
  for (const [name, text] of Object.entries(fields)) writer.texts(`${path}/${name}`, text);
}
