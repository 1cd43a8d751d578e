import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { writeTiff } from "../../src/export/tiff.js";
import { hdf5Tree } from "../support/hdf5-tree.js";
import { farthest, midasCase } from "../support/midas-cases.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { run } from "./run.js";

const given = midasCase("tilted");
const parameters = resolve("test/fixtures/midas/tilted/parameters.txt");

async function workplace(numbers: readonly number[]) {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder, name);
  for (const number of numbers) await writeTiff(at(`s_00000${number}.tif`), given.frame);
  const words = ["midas-batch", "-paramFN", parameters, "-dataFN", at("s_000001.tif")];
  return { at, words: [...words, "-resultFolder", at("out")] };
}

describe("midas-batch", () => {
  it("takes MIDAS' options, and makes what midas-integrate makes", async () => {
    const { at, words } = await workplace([1, 2]);
    const { code, stdout } = await run([
      ...[...words, "-startFileNr", "1", "-endFileNr", "2", "-nCPUs", "2", "-nCPUsLocal", "4"],
      ...["-writeMat", "1", "-mapDetector", "1", "-convertFiles", "1"],
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 of 2 files done in .*\nwritten: .*000001.* … .*000002.*\.mat\n$/);
    const made = ["", ".zarr.zip", ".zarr.zip.mat"];
    const outputs = [1, 2].flatMap((i) => made.map((end) => `s_00000${i}.tif.caked.hdf${end}`));
    expect(readdirSync(at("out")).sort()).toEqual(["Map.bin", "nMap.bin", ...outputs].sort());
    const tree = await hdf5Tree(at("out/s_000002.tif.caked.hdf"));
    const values = (name: string) => (tree.get(name) as { data: Float64Array }).data;
    const expected = (name: string) => given.expected(`${name}.floor.area`);
    expect(farthest(values("/lineout"), expected("area_weighted"))).toBeLessThan(2e-7);
    expect(farthest(values("/IntegrationResult/FrameNr_0"), expected("cake"))).toBeLessThan(2e-7);
  });

  it("takes the map that is there, and leaves out what is done", async () => {
    const { at, words } = await workplace([1]);
    const early = await run([...words, "-mapDetector", "0"]);
    expect([early.code, early.stderr]).toEqual([1, expect.stringMatching(/Map\.bin/)]);
    await run(words);
    const again = await run([...words, "-mapDetector", "0", "-skipExisting", "-json"]);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ done: 0, skipped: 1, missing: 0 });
    const other = await run([...words, "-mapDetector", "0", "-RMax", "9"]);
    expect([other.code, other.stderr]).toEqual([1, expect.stringMatching(/bins/)]);
    expect(existsSync(at("out/s_000001.tif.caked.hdf"))).toBe(true);
  });

  it("says which files are missing", async () => {
    const { words } = await workplace([1, 3]);
    const { code, stdout, stderr } = await run([...words, "-endFileNr", "3", "-json"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/s_000002\.tif: there is no such file/);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ command: "midas-batch", done: 2, missing: 1, failed: 0 },
      files: [{ state: "done" }, { state: "missing" }, { state: "done", frames: 1 }],
    });
  });

  it.each([
    [["-writeMat", "yes"], /--writeMat 0\|1 cannot be "yes"; choose 0, 1/],
    [["-endFileNr", "1.5"], /--endFileNr is a whole number/],
    [["-startFileNr", "4"], /its name is to have the number 4/],
    [["-endFileNr", "0"], /comes before the first file/],
    [["-nCPUs", "0"], /--nCPUs N is a whole number above 0/],
    [["-paramFM", "x"], /no option/],
    [["-RMax"], /-RMax needs a value/],
  ])("%s is wrong usage", async (more, message) => {
    const { words } = await workplace([1]);
    const { code, stderr } = await run([...words, ...more]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
