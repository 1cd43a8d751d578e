import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { formatFixture } from "../image/format-fixtures.js";
import { beamline } from "./beamline.js";
import { run } from "./run.js";

test("an image's facts", async () => {
  const { at } = await beamline();
  const ran = await run(["info", at("frame_2.tif"), "--json"]);
  expect(ran.code).toBe(0);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    format: "TIFF",
    frames: 1,
    shape: [40, 50],
    dtype: "uint16",
    minimum: 200,
    maximum: 200,
    mean: 200,
    notFinite: 0,
  });
  expect((await run(["info", at("frame_2.tif")])).stdout).toMatch(/^shape +40 × 50$/m);
});

test("a calibration in pyFAI's and Fit2D's terms", async () => {
  const { poni } = await beamline();
  const facts = JSON.parse((await run(["info", poni, "--json"])).stdout);
  expect(facts).toMatchObject({ dist: 0.1, poni1: 0.002, wavelength: 1e-10, orientation: 3 });
  expect(facts.fit2d).toMatchObject({ tilt: 0 });
  expect(facts.fit2d.directDist).toBeCloseTo(100, 9);
  expect(facts.fit2d.centerX).toBeCloseTo(25, 9);
  expect(facts.fit2d.centerY).toBeCloseTo(20, 9);
  expect((await run(["info", poni])).stdout).toMatch(
    /^fit2d +directDist 100 mm, centerX 25 pixels/m,
  );
});

test("the engines", async () => {
  expect(JSON.parse((await run(["info", "--engines", "--json"])).stdout)).toHaveProperty("js");
});

test("several files, and what their headers say", async () => {
  const { at } = await beamline();
  await writeFile(at("motors.edf"), formatFixture("motors.edf"));
  await writeFile(at("mini.cbf"), formatFixture("mini smooth.cbf"));
  const all = JSON.parse((await run(["info", at("m*.edf"), at("m*.cbf"), "--json"])).stdout);
  expect(all).toMatchObject([
    { format: "CBF", exposureTime: 0.095, compression: "byte-offset" },
    { format: "EDF", exposureTime: 0.25, monitor: 123456, motors: { samx: 1.5 } },
  ]);
  const { stdout } = await run(["info", at("motors.edf")]);
  expect(stdout).toMatch(/^exposureTime +0.25 s$/m);
});

test("at least one file that is there", async () => {
  expect((await run(["info"])).code).toBe(2);
  expect((await run(["info", "nothing.tif"])).code).toBe(1);
});
