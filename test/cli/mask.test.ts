import { expect, test } from "vitest";
import { readImage } from "../../src/image/read-image.js";
import { beamline } from "./beamline.js";
import { run } from "./run.js";

test("rules and shapes add up", async () => {
  const { at } = await beamline();
  const line = ["mask", at("frame_1.tif"), "--rectangle", "0,0,9,3", "--circle", "30,20,2"];
  const ran = await run([...line, "--grow", "1", "--json", "-o", at("new.npy")]);
  expect(ran.stderr).toBe("");
  const { masked, rules } = JSON.parse(ran.stdout);
  expect(rules).toEqual({ rectangle: 40 / 2000, circle: 13 / 2000 });
  const mask = await readImage(at("new.npy"));
  expect(Array.from(mask.data).filter((v) => v === 1)).toHaveLength(Math.round(masked * 2000));
  expect([mask.data[0], mask.data[10], mask.data[11], mask.data[20 * 50 + 33]]).toEqual([
    1, 1, 0, 1,
  ]);
});

test("thresholds, another mask, inversion", async () => {
  const { at, poni } = await beamline();
  const ran = await run([
    "mask",
    at("frame_1.tif"),
    "--above",
    "99",
    "--invert",
    "-o",
    at("a.tif"),
  ]);
  expect(ran.stdout).toMatch(/^above +100\.000 %\nmasked +0\.000 %\nwritten +/);
  const add = ["mask", at("frame_1.tif"), "-m", at("mask.npy"), "--sigma-clip", "5", "-p", poni];
  expect((await run([...add, "-o", at("b.edf")])).stdout).toMatch(/^masked +2\.500 %$/m);
});

test("what cannot be is refused", async () => {
  const { at } = await beamline();
  const failing = async (...words: string[]) =>
    (await run(["mask", at("frame_1.tif"), ...words])).stderr;
  expect(await failing("-o", "x.png")).toMatch(/written as .mask, .tif/);
  expect(await failing("--auto", "warm", "-o", at("x.npy"))).toMatch(/cannot find "warm"/);
  expect(await failing("--circle", "1,2", "-o", at("x.npy"))).toMatch(/--circle is not "1,2"/);
  expect(await failing("--beam-stop", "-o", at("x.npy"))).toMatch(/needs --poni or --center/);
  expect(await failing("--sigma-clip", "5", "-o", at("x.npy"))).toMatch(/give --poni/);
});
