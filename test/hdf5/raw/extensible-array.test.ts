import { join } from "node:path";
import { expect, it } from "vitest";
import { openDataset } from "../../../src/hdf5/dataset.js";
import { Hdf5File } from "../../../src/hdf5/hdf5-file.js";
import { rawReader } from "../../../src/hdf5/raw/raw-reader.js";
import { writtenFrames } from "../../../src/hdf5/raw/written-frames.js";
import { openFileSource } from "../../../src/image/file-source.js";
import { hasPython, runPython } from "../../support/python.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

// The blocks of the array grow with it: of 16 elements and listed in the index, then listed by others,
// and from element 131060 on in pages.
it.skipIf(!hasPython).each(["none", "lz4"])(
  "finds the chunks of a dataset that grows, up to the pages: %s (needs .venv-test)",
  async (packing) => {
    const path = join(await temporaryFolder(), "grown.h5");
    const frames = 140_000;
    runPython(
      `
import sys, h5py, hdf5plugin, numpy as np
path, packing, frames = sys.argv[1], sys.argv[2], int(sys.argv[3])
with h5py.File(path, "w", libver="latest") as f:
    packed = {} if packing == "none" else dict(hdf5plugin.LZ4())
    d = f.create_dataset("data", (0, 1, 64), maxshape=(None, 1, 64), chunks=(1, 1, 64), dtype="i4", **packed)
    d.resize(frames + 5, axis=0)
    low = d.id.write_direct_chunk
    if packing == "none":
        for i in range(frames):
            low((i, 0, 0), np.full(64, i, "i4").tobytes())
    else:
        for i in [*range(100), *range(131050, 131080), *range(139990, 140000)]:
            d[i] = i
print("null")`,
      path,
      packing,
      String(frames),
    );
    const file = await Hdf5File.open(path);
    const source = await openFileSource(path);
    try {
      const dataset = openDataset(file, "/data");
      const read = (await rawReader(dataset, source))!;
      const isWritten = await writtenFrames(dataset, source);
      const places =
        packing === "none"
          ? [0, 3, 4, 5, 19, 20, 35, 36, 67, 68, 100, 1000, 65_555, 131_059, 131_060, 139_999]
          : [0, 3, 4, 99, 131_050, 131_059, 131_060, 131_079, 139_999];
      for (const place of places) {
        expect([place, await isWritten([place])]).toEqual([place, true]);
        expect(await read([place])).toEqual(new Int32Array(64).fill(place));
      }
      const missing = packing === "none" ? [140_000, 140_004] : [100, 131_049, 131_080, 140_004];
      for (const place of missing)
        expect([place, await isWritten([place])]).toEqual([place, false]);
    } finally {
      await source.close();
      file.close();
    }
  },
);
