/**
 * Faults that no other test has: hostile TIFF (1 to 5, 7) are in image/tiff/hostile.test.ts, other
 * formats in image/formats.test.ts, HDF5 (9 to 13) in image/hdf5, files that are still being written
 * (14) in image/series.test.ts, PONI files (15) in geometry/poni.test.ts, YAML (16, 17) in
 * config/lightform.test.ts, names of outputs (18) in batch/output-folder.test.ts, full disks and
 * writers that are killed (19, 20) in host/write-atomic.test.ts.
 */
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it, test } from "vitest";
import { detector } from "../src/detector/detector-factory.js";
import { writeTiff } from "../src/export/tiff.js";
import { readImage } from "../src/image/read-image.js";
import { AzimuthalIntegrator } from "../src/integrate/azimuthal-integrator.js";
import { run } from "./cli/run.js";
import { temporaryFolder } from "./support/temporary-folder.js";

const geometry = { dist: 0.1, poni1: 0.001, poni2: 0.0015, rot1: 0, rot2: 0, rot3: 0 };
const built = resolve(import.meta.dirname, "../dist/src/index.js");

test("fault 6: NaN, infinities and saturated pixels are counted, and do not count", async () => {
  const folder = await temporaryFolder();
  const floats = new Float32Array(20 * 30).fill(7);
  floats.set([Number.NaN, Infinity, -Infinity], 40);
  await writeTiff(join(folder, "f.tif"), { data: floats, shape: [20, 30] });
  const whole = new Uint32Array(20 * 30).fill(7);
  whole.set([2 ** 32 - 1, 2 ** 32 - 1], 40);
  await writeTiff(join(folder, "u.tif"), { data: whole, shape: [20, 30] });

  const facts = async (name: string) =>
    JSON.parse((await run(["info", join(folder, name), "--json"])).stdout);
  expect(await facts("f.tif")).toMatchObject({ notFinite: 3, masked: 3, minimum: 7, maximum: 7 });
  expect(await facts("u.tif")).toMatchObject({ saturated: 2, masked: 0, maximum: 2 ** 32 - 1 });

  const ai = new AzimuthalIntegrator({
    ...geometry,
    detector: detector({ pixel1: 1e-4, shape: [20, 30] }),
  });
  const options = { unit: "r_mm", correctSolidAngle: false, method: { engine: "js" } } as const;
  const image = await readImage(join(folder, "f.tif"));
  const { intensity, provenance } = await ai.integrate1d(image, 5, options);
  expect(provenance.invalidPixels).toBe(3);
  for (const value of intensity) expect(value).toBeCloseTo(7, 10);
});

test("fault 8: an image of another shape than the detector is refused", async () => {
  const folder = await temporaryFolder();
  const image = { data: new Uint16Array(600).fill(1), shape: [20, 30] as [number, number] };
  await writeTiff(join(folder, "a.tif"), image);
  const ai = new AzimuthalIntegrator({
    ...geometry,
    detector: detector({ pixel1: 1e-4, shape: [30, 20] }),
  });
  await ai.save(join(folder, "g.poni"));
  const ran = await run([
    ...["integrate", join(folder, "a.tif"), "-p", join(folder, "g.poni"), "-c", "10"],
    ...["-o", join(folder, "out"), "-u", "r_mm", "--json"],
  ]);
  expect(ran.code).toBe(1);
  expect(JSON.parse(ran.stdout).errors[0]).toMatchObject({ tag: "shape" });
  expect(existsSync(join(folder, "out"))).toBe(false);
});

test("fault 18: hostile names of outputs are errors, and nothing is written beside", async () => {
  const folder = await temporaryFolder();
  const image = { data: new Uint16Array(600), shape: [20, 30] as [number, number] };
  for (const name of ["a\0b.tif", `${"x".repeat(300)}.tif`]) {
    await expect(writeTiff(join(folder, name), image)).rejects.toMatchObject({ tag: "output" });
  }
  expect(readdirSync(folder)).toEqual([]);
});

describe.skipIf(!existsSync(built))("fault 21: two processes (need a build)", () => {
  it("that write the same output leave one of their files, whole", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "same.tif");
    const program = `
      import { writeTiff } from ${JSON.stringify(built)};
      const data = new Uint16Array(300 * 400).fill(Number(process.argv[2]));
      for (let i = 0; i < 15; i++) await writeTiff(process.argv[1], { data, shape: [300, 400] });`;
    const writers = [1, 2].map(
      (value) =>
        new Promise<number | null>((done) => {
          const words = ["--input-type=module", "-e", program, "--", path, `${value}`];
          spawn(process.execPath, words, { stdio: "ignore" }).on("exit", done);
        }),
    );
    let reads = 0;
    let running = true;
    const reading = (async () => {
      while (running) {
        if (existsSync(path)) {
          const { data } = await readImage(path);
          expect(new Set(data).size).toBe(1);
          reads++;
        }
        await new Promise((done) => setTimeout(done, 5));
      }
    })();
    expect(await Promise.all(writers)).toEqual([0, 0]);
    running = false;
    await reading;
    expect(reads).toBeGreaterThan(0);
    expect(readdirSync(folder)).toEqual(["same.tif"]);
  });
});
