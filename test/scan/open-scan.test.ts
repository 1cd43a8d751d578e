import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDataset, readSlice } from "../../src/hdf5/dataset.js";
import { Hdf5File } from "../../src/hdf5/hdf5-file.js";
import {
  type AzimuthalIntegrator,
  diffMap,
  formatDiffMapConfig,
  formatPoni,
  openScan,
  readDiffMapConfig,
  readImage,
  writeHdf5,
  writeNpy,
} from "../../src/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = join(import.meta.dirname, "../fixtures/scan");
const at = (name: string): string => join(folder, name);
const method = { split: "bbox", engine: "js" } as const;

async function written(path: string, dataset: string): Promise<Float32Array> {
  const file = await Hdf5File.open(path);
  try {
    const found = openDataset(file, `/entry_0000/pyFAI/result/${dataset}`);
    return readSlice(
      found,
      found.shape.map(() => 0),
      found.shape,
    ) as Float32Array;
  } finally {
    file.close();
  }
}

describe("a file of pyFAI's diff_map", () => {
  it("of profiles is read, without what was wrong in it", async () => {
    const scan = await openScan(at("pyfai_1d.h5"));
    expect(scan).toMatchObject({
      title: "Two motors",
      shape: [2, 3],
      unit: "q_A^-1",
      slow: { name: "sy", positions: Float64Array.of(0, 1) },
      fast: { name: "sx", positions: Float64Array.of(-1, 0, 1) },
      framesDone: 5,
      isRunning: false,
    });
    // One frame came before the first point; diff_map has it at the last, which has no pattern.
    expect([...scan.pointer]).toEqual([1, 2, 3, -1, 5, 4]);
    expect(scan.intensity).toEqual(await written(at("pyfai_1d.h5"), "intensity"));
    expect(scan.sigma).toEqual(await written(at("pyfai_1d.h5"), "errors"));
    const image = await scan.frame!(4);
    expect(image.data).toEqual((await readImage(at("frames.edf"), { frame: 4 })).data);
  });

  it("of cakes is read", async () => {
    const scan = await openScan(at("pyfai_2d.h5"));
    expect(scan).toMatchObject({ shape: [2, 3], framesDone: 6 });
    expect([scan.azimuthal!.length, scan.radial.length]).toEqual([4, 10]);
    expect(scan.intensity).toEqual(await written(at("pyfai_2d.h5"), "intensity"));
    expect(scan).not.toHaveProperty("sigma");
  });

  it.each(["pyfai_1d", "pyfai_2d"])("has the numbers of ours: %s", async (name) => {
    const output = join(await temporaryFolder(), "map.h5");
    const config = await readDiffMapConfig(at(`${name}.json`));
    const summary = await diffMap({ ...config, method, output } as Parameters<typeof diffMap>[0]);
    const [ours, theirs] = [await openScan(output), await openScan(at(`${name}.h5`))];
    expect(summary.done).toBe(theirs.framesDone);
    expect(ours.pointer).toEqual(theirs.pointer);
    for (const [i, value] of theirs.radial.entries()) {
      expect(Math.abs(ours.radial[i]! / value - 1)).toBeLessThan(1e-6);
    }
    // Bins and cakes at a limit of the range are better here.
    const bins = theirs.radial.length;
    const cakes = theirs.azimuthal?.length ?? 1;
    let compared = 0;
    for (const [i, value] of theirs.intensity.entries()) {
      const bin = i % bins;
      const cake = Math.floor(i / bins) % cakes;
      const isAtLimit = bin < 2 || bin >= bins - 2 || (cakes > 1 && cake % (cakes - 1) === 0);
      if (isAtLimit || Number.isNaN(value)) continue;
      expect(Math.abs(ours.intensity[i]! / value - 1)).toBeLessThan(5e-5);
      compared++;
    }
    expect(compared).toBeGreaterThan(25);
  });
});

it("a configuration that was written reads back as the same scan", async () => {
  const output = join(await temporaryFolder(), "map.h5");
  const config = await readDiffMapConfig(at("pyfai_1d.json"));
  const options = { ...config, output } as Parameters<typeof diffMap>[0];
  const path = join(await temporaryFolder(), "job.json");
  writeFileSync(path, await formatDiffMapConfig(options));
  const again = await readDiffMapConfig(path);
  const { ai, files, mask, ...others } = again;
  const { ai: before, files: _, mask: __, ...same } = options;
  expect(others).toEqual(same);
  expect(files).toEqual([at("frames.edf")]);
  expect(mask).toBe(at("mask.npy"));
  const poni = (given: typeof ai): string => formatPoni((given as AzimuthalIntegrator).toPoni());
  expect(poni(ai)).toBe(poni(before));
});

it("what is no scan is refused", async () => {
  const path = join(await temporaryFolder(), "no.h5");
  await writeNpy(path, { data: new Uint8Array(4), shape: [2, 2] });
  await expect(openScan(path)).rejects.toMatchObject({ tag: "file-format" });
  await writeHdf5(path, { data: new Uint8Array(4), shape: [2, 2] });
  await expect(openScan(path)).rejects.toThrow(/holds no scan/);
  await expect(openScan(join(path, "nowhere.h5"))).rejects.toMatchObject({
    tag: expect.stringMatching(/file/),
  });
  copyFileSync(at("pyfai_1d.h5"), path);
  expect((await openScan(path)).shape).toEqual([2, 3]);
});
