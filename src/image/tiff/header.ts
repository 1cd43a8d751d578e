import type { FileSource } from "../file-source.js";
import { pilatusEntries } from "../pilatus-header.js";
import { type Directory, readText } from "./directory.js";
import { textTags } from "./tags.js";

/**
 * The text tags of a page by their names, and the lines of a Pilatus description
 * (`# Exposure_time 0.1 s`) as entries of their own, split as FabIO does: `Exposure_time`.
 */
export async function readHeader(
  source: FileSource,
  directory: Directory,
): Promise<Record<string, string>> {
  const header: Record<string, string> = {};
  for (const [name, tag] of Object.entries(textTags)) {
    const text = await readText(source, directory, tag);
    if (text !== undefined) header[name] = text;
  }
  return { ...header, ...Object.fromEntries(pilatusEntries(header.ImageDescription ?? "")) };
}
