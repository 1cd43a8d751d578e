import { isCakelabError } from "../../errors.js";
import type { Hdf5Writer } from "../../hdf5/hdf5-writer.js";
import { nodeModule } from "../../host/node.js";
import { parseAddress } from "../../image/address.js";
import { type FrameDataset, frameDatasets } from "../../image/hdf5/frame-datasets.js";
import { hdf5 } from "../../image/hdf5/hdf5.js";
import type { ScanDescription } from "./description.js";
import { ENTRY, PROCESS } from "./paths.js";

/** Viewers open them all, so a scan with a file for each frame has none. */
const MOST_LINKS = 500;

/** Links the images that lie in HDF5 files, where diff_map's viewers look for them. */
export async function writeSources(
  writer: Hdf5Writer,
  output: string,
  { files, trustedFolders }: ScanDescription,
): Promise<void> {
  const datasets = await imageDatasets(files, trustedFolders);
  if (datasets.length === 0) return;
  const { dirname, relative, resolve } = nodeModule("node:path");
  const folder = dirname(resolve(output));
  writer.group(`${ENTRY}/measurement`, { NX_class: "NXdata", signal: "images_0001" });
  writer.group(`${PROCESS}/source`, { NX_class: "NXcollection" });
  for (const [i, { file, path }] of datasets.entries()) {
    const name = `images_${String(i + 1).padStart(4, "0")}`;
    const target = relative(folder, resolve(file)) || resolve(file);
    writer.externalLink(target, path, `${ENTRY}/measurement/${name}`);
    writer.externalLink(target, path, `${PROCESS}/source/${name}`);
  }
}

async function imageDatasets(
  files: readonly string[],
  trustedFolders: readonly string[],
): Promise<FrameDataset[]> {
  const isHdf5 = (file: string): boolean => {
    const path = parseAddress(file).path.toLowerCase();
    return hdf5.extensions.some((extension) => path.endsWith(extension));
  };
  if (files.length > MOST_LINKS || !files.every(isHdf5)) return [];
  try {
    const found: FrameDataset[] = [];
    for (const file of files) found.push(...(await frameDatasets(file, { trustedFolders })));
    return found.length > MOST_LINKS ? [] : found;
  } catch (error) {
    // A file that cannot be read was told of before; the others' frames would have wrong numbers.
    if (isCakelabError(error)) return [];
    throw error;
  }
}
