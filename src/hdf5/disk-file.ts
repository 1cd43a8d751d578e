import { hasNode, nodeModule } from "../host/node.js";
import type { FileSource } from "../image/file-source.js";
import { hdf5Library } from "./library.js";

/** A file as HDF5's library can open it. */
export interface DiskFile {
  readonly path: string;
  remove(): Promise<void>;
}

let lastFile = 0;

/** The file of a source, or a temporary copy of one that lies in memory. */
export async function diskFile(source: FileSource): Promise<DiskFile> {
  if (source.path !== undefined) return { path: source.path, remove: async () => {} };
  const bytes = await source.read(0, source.size);
  if (!hasNode()) {
    const { module } = await hdf5Library();
    const path = `/cakelab-${++lastFile}.h5`;
    module.FS.writeFile(path, bytes);
    return { path, remove: async () => module.FS.unlink(path) };
  }
  const { mkdtemp, rm, writeFile } = nodeModule("node:fs/promises");
  const { join } = nodeModule("node:path");
  const folder = await mkdtemp(join(nodeModule("node:os").tmpdir(), "cakelab-"));
  const path = join(folder, "memory.h5");
  await writeFile(path, bytes);
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
