import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Beamline, beamline } from "./beamline.js";
import { run } from "./run.js";

/** The beam line's three frames as two experiments, and the configuration for them. */
async function beamTime(more = ""): Promise<Beamline & { config: string }> {
  const line = await beamline();
  const { at } = line;
  for (const name of ["Def_01", "Def_02"]) await mkdir(at(`raw/${name}`), { recursive: true });
  await rename(at("frame_1.tif"), at("raw/Def_01/Ti64_1.tif"));
  await rename(at("frame_2.tif"), at("raw/Def_01/Ti64_2.tif"));
  await rename(at("frame_10.tif"), at("raw/Def_02/Ti64_10.tif"));
  const config = at("config.yaml");
  await writeFile(
    config,
    `file_paths:
  output_calibration_path: geometry.poni
  input_path: raw/
  input_experiment_list: [Def_01, Def_02]
  glob_search_term: Ti64*.tif
  output_path: analysis/
  output_experiment_list: [first, second]
refinement_inputs:
  number_of_points: 20
  number_of_cakes: 4
  pixel_size: 0.1
${more}`,
  );
  // Older than whatever is written now.
  const before = new Date(Date.now() - 60_000);
  for (const file of ["config.yaml", "geometry.poni", "raw/Def_01/Ti64_1.tif"]) {
    await utimes(at(file), before, before);
  }
  for (const file of ["raw/Def_01/Ti64_2.tif", "raw/Def_02/Ti64_10.tif"]) {
    await utimes(at(file), before, before);
  }
  return { ...line, config };
}

const batch = (config: string, folder: string, ...words: string[]) =>
  run(["batch", config, "--base", folder, ...words]);

test("every frame of every experiment, in LightForm's folders", async () => {
  const { config, folder, at } = await beamTime();
  const ran = await batch(config, folder);
  expect(ran.stderr).toContain("[2/2]");
  expect(ran.code).toBe(0);
  expect(readdirSync(at("analysis/first/azimuthal-integration"))).toEqual([
    "Ti64_1.xy",
    "Ti64_2.xy",
  ]);
  expect(readdirSync(at("analysis/first/caking"))).toEqual([
    ...["Ti64_1.dat", "Ti64_1.json", "Ti64_2.dat", "Ti64_2.json"],
  ]);
  expect(readdirSync(at("analysis/second/texture-maud"))).toEqual(["Ti64_10.dat", "Ti64_10.esg"]);

  const rows = (name: string) =>
    readFileSync(at(name), "utf8")
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number));
  const xy = rows("analysis/first/azimuthal-integration/Ti64_2.xy");
  expect(xy).toHaveLength(20);
  expect(xy[0]).toHaveLength(2);
  expect(rows("analysis/first/caking/Ti64_2.dat")[0]).toHaveLength(5);
  const maud = rows("analysis/second/texture-maud/Ti64_10.dat");
  expect(maud[0]).toHaveLength(5);
  // Radii in pixels: the farthest corner is 32 of them away.
  expect(maud.at(-1)![0]).toBeGreaterThan(29);
  expect(maud.at(-1)![0]).toBeLessThan(33);
});

test("a second run goes on where the first one stopped", async () => {
  const { config, folder, at } = await beamTime();
  const summary = async (...words: string[]) =>
    JSON.parse((await batch(config, folder, "--json", "--quiet", ...words)).stdout);
  expect(await summary()).toMatchObject({ done: 3, failed: 0 });
  expect(await summary()).toMatchObject({ done: 0, failed: 0 });
  await rm(at("analysis/first/texture-maud/Ti64_2.esg"));
  const again = await summary();
  expect(again.files).toEqual([
    {
      source: at("raw/Def_01/Ti64_2.tif"),
      output: at("analysis/first/azimuthal-integration/Ti64_2.xy"),
    },
  ]);
  const future = new Date(Date.now() + 60_000);
  await utimes(at("raw/Def_02/Ti64_10.tif"), future, future);
  expect(await summary()).toMatchObject({ done: 1 });
  expect(await summary("--overwrite")).toMatchObject({ done: 3 });
  expect(await summary("--overwrite", "--steps", "integrate")).toMatchObject({ done: 3 });
});

test("a bad frame, and an experiment without one, do not stop the others", async () => {
  const { config, folder, at } = await beamTime();
  await writeFile(at("raw/Def_01/Ti64_1.tif"), "II*\0 broken");
  await rm(at("raw/Def_02/Ti64_10.tif"));
  const ran = await batch(config, folder, "--json", "--quiet");
  expect(ran.code).toBe(1);
  const summary = JSON.parse(ran.stdout);
  expect(summary).toMatchObject({ done: 1, failed: 2 });
  expect(summary.errors.map(({ tag }: { tag: string }) => tag)).toEqual([
    "file-format",
    "file-access",
  ]);
  expect(readdirSync(at("analysis/first/caking"))).toEqual(["Ti64_2.dat", "Ti64_2.json"]);
});

test("masks, directions and ranges of the section processing", async () => {
  const { config, folder, at } = await beamTime(
    "processing: {mask: mask.npy, mask_below: 150, first_cake_angle: 0, order: anticlockwise, radial_range: [0.5, 1]}\n",
  );
  const ran = await batch(config, folder, "--steps", "cake");
  expect(ran.code, ran.stderr).toBe(0);
  // All pixels of Ti64_1 are 100, below the limit.
  const columns = readFileSync(at("analysis/first/caking/Ti64_1.dat"), "utf8").split("\n")[3]!;
  expect(columns.trim().split(/\s+/).slice(1).map(Number)).toEqual([0, 0, 0, 0]);
  const side = JSON.parse(readFileSync(at("analysis/second/caking/Ti64_10.json"), "utf8"));
  expect(side.fitSpectrum).toMatchObject({ first_cake_angle: 0, cake_order: "anticlockwise" });
  expect(side.options).toMatchObject({ hasUserMask: true, radialRange: [0.5, 1] });
  expect(existsSync(at("analysis/second/texture-maud"))).toBe(false);
});

test("without a .poni it asks for a calibration, and says what is missing", async () => {
  const { config, folder, at } = await beamTime();
  await rm(at("geometry.poni"));
  const nothing = await batch(config, folder);
  expect(nothing.code).toBe(1);
  expect(nothing.stderr).toContain("without input_calibrant_file and setup_inputs");
  const setup = `setup_inputs: {beam_centre_x: 25, beam_centre_y: 20, sample_detector_distance: 100,
  wl: 1e-10, pixel_x: 1e-4, pixel_y: 1e-4, calibrant_type: CeO2, num_calibration_rings: 3}\n`;
  const text = readFileSync(config, "utf8");
  await writeFile(
    config,
    `${text.replace("file_paths:", "file_paths:\n  input_calibrant_file: dark_a.tif")}${setup}`,
  );
  const asked = await batch(config, folder);
  expect(asked.code).toBe(1);
  // The image has no rings.
  expect(asked.stderr).toMatch(/CeO2|rings/);
  expect(existsSync(at("geometry.poni"))).toBe(false);
  expect(existsSync(at("analysis"))).toBe(false);
});

test("outputs stay under output_path, and wrong usage is told", async () => {
  const { config, folder, at } = await beamTime();
  const text = readFileSync(config, "utf8");
  await writeFile(config, text.replace("[first, second]", "[../outside, second]"));
  const ran = await batch(config, folder);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('the output "../outside" does not lie under');
  expect(existsSync(at("outside"))).toBe(false);
  expect((await run(["batch"])).code).toBe(2);
  expect((await batch(config, folder, "--steps", "bake")).stderr).toContain('no "bake"');
  expect((await run(["batch", join(folder, "confg.yaml")])).stderr).toContain(
    "did you mean config.yaml",
  );
  expect(statSync(config).isFile()).toBe(true);
});
