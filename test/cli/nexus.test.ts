import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { imageInfo, readImage, writeHdf5 } from "../../src/index.js";
import { beamline } from "./beamline.js";
import { run } from "./run.js";

it("profiles, maps and cakes as NeXus, from frames of one address", async () => {
  const { poni, at } = await beamline();
  const images = [await readImage(at("frame_1.tif")), await readImage(at("frame_2.tif"))];
  await writeHdf5(at("scan.h5"), images);
  const integrate = async (input: string, out: string, ...more: string[]): Promise<string[]> => {
    const args = ["integrate", input, "-p", poni, "-c", "20", "--engine", "js", "--format", "nxs"];
    const ran = await run([...args, ...more, "-o", at(out)]);
    expect(ran).toMatchObject({ code: 0 });
    return readdirSync(at(out)).sort();
  };
  expect(await integrate(at("scan.h5"), "profiles")).toEqual(["scan_00000.nxs", "scan_00001.nxs"]);
  const one = `${at("scan.h5")}::/entry/data[1]`;
  expect(await integrate(one, "map", "--npt-azim", "6")).toEqual(["scan_00001.nxs"]);
  expect(await imageInfo(at("map/scan_00001.nxs"))).toMatchObject({ shape: [6, 20] });

  const args = ["cake", one, "-p", poni, "--npt", "20", "--cakes", "4", "--engine", "js"];
  const caked = await run([...args, "--format", "nxs", "-o", at("cakes")]);
  expect(caked).toMatchObject({ code: 0 });
  expect(caked.stdout + caked.stderr).not.toMatch(/FitSpectrum/);
  expect(await imageInfo(at("cakes/scan_00001.nxs"))).toMatchObject({ shape: [4, 20] });
});

it("convert stacks frames in one HDF5 file, or writes one for each", async () => {
  const { at } = await beamline();
  const inputs = [at("frame_1.tif"), at("frame_2.tif"), at("frame_10.tif")];
  expect(await run(["convert", ...inputs, at("stack.h5")])).toMatchObject({ code: 0 });
  expect(await imageInfo(at("stack.h5"))).toMatchObject({ frames: 3, dtype: "uint16" });
  expect((await readImage(at("stack.h5"), { frame: 2 })).data[0]).toBe(300);
  const again = await run(["convert", at("stack.h5"), at("stack.h5")]);
  expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/would be overwritten/) });
  expect(await run(["convert", at("stack.h5"), `${at("apart")}/`, "--format", "h5"])).toMatchObject(
    {
      code: 0,
    },
  );
  expect(readdirSync(at("apart")).sort()).toEqual([0, 1, 2].map((n) => `stack_0000${n}.h5`));
  expect(await run(["convert", at("stack.h5"), `${at("back")}/`])).toMatchObject({ code: 0 });
  expect((await readImage(at("back/stack_00001.tif"))).data[0]).toBe(200);
});
