import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { detector } from "../../src/detector/detector-factory.js";
import { writeTiff } from "../../src/export/tiff.js";
import { load } from "../../src/integrate/load.js";
import { simulatePowder } from "../../src/simulate/powder.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { run } from "./run.js";

const image = simulatePowder({
  dist: 0.12,
  poni1: 0.0262,
  poni2: 0.0291,
  wavelength: 4e-11,
  detector: detector({ pixel1: 1e-4, shape: [520, 540] }),
  phases: [{ lattice: "CeO2", counts: 800, fwhm: 0.13 }],
  background: { flat: 30 },
});

test("writes a calibration and a report", async () => {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder, name);
  await writeTiff(at("ceria.tif"), image);
  const line = ["calibrate", at("ceria.tif"), "--calibrant", "CeO2", "--wavelength", "4e-11"];
  const known = [...line, "--pixel", "1e-4"];
  const ran = await run([...known, "--report", at("a.html"), "-o", at("a.poni")]);
  expect(ran.stderr.replace(/^\[.*\n/gm, "")).toBe("");
  expect(ran.stdout).toMatch(/^dist +1(20\.0|19\.9)\d* mm {2}± 0\.\d+ mm$/m);
  expect((await load(at("a.poni"))).dist).toBeCloseTo(0.12, 4);
  expect(readFileSync(at("a.poni"), "utf8")).toMatch(/^# Calibrant: CeO2 .*\n# Image: ceria.tif$/m);
  expect(readFileSync(at("a.html"), "utf8")).toContain("Rings over the image");
  const tuned = ["--distance", "0.11", "--center", "285,265", "--fix", "rot1,rot2", "--json"];
  const json = JSON.parse((await run([...known, ...tuned, "-o", at("b.poni")])).stdout);
  expect(json).toMatchObject({ rot1: 0, rot2: 0, sigma: { rot1: 0 }, calibrant: { name: "CeO2" } });
  expect(json.dist).toBeCloseTo(0.12, 4);
  const other = await run([...line, "--pixel", "1e-4", "--calibrant", "LaB6", "-o", at("c.poni")]);
  expect(other.code).toBe(2);
});

test("says what is missing", async () => {
  const line = ["calibrate", "a.tif", "-o", "a.poni"];
  expect((await run(line)).stderr).toMatch(/--calibrant NAME is missing/);
  const more = [...line, "--calibrant", "CeO2"];
  expect((await run([...more, "--wavelength", "0.4"])).stderr).toMatch(/write 0\.4e-10/);
  expect((await run([...more, "--wavelength", "4e-11"])).stderr).toMatch(/--pixel METRES or/);
});
