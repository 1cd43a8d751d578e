import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { writeTiff } from "../../src/export/tiff.js";
import { beamline } from "./beamline.js";
import { run } from "./run.js";

test("every frame becomes a file of cakes with its side file", async () => {
  const { at, poni } = await beamline();
  const ran = await run(["cake", at("frame_*.tif"), "-p", poni, "--npt", "20", "-o", at("out")]);
  expect(ran.code).toBe(0);
  expect(readdirSync(at("out"))).toHaveLength(6);
  const lines = readFileSync(at("out/frame_10.dat"), "utf8").trimEnd().split("\n");
  expect(lines).toHaveLength(20);
  expect(lines[0]!.split("\t")).toHaveLength(37);
  const side = JSON.parse(readFileSync(at("out/frame_10.json"), "utf8"));
  expect(side.fitSpectrum).toMatchObject({ first_cake_angle: 270, cake_order: "clockwise" });
  expect(side.options.polarizationFactor).toBe(0.99);
  expect(ran.stdout).toContain(
    "cakes: 36 clockwise, the centre of cake 1 at 270° clockwise from North",
  );
  expect(ran.stdout).toContain('first_cake_angle=270, cake_order="clockwise"');
  expect(ran.stdout).toContain("polarization 0.99");
});

test("directions, number, unit and polarization are as asked for", async () => {
  const { at, poni } = await beamline();
  // A spot in the East, so that it is the second of four cakes from North, clockwise.
  const data = new Uint16Array(2000);
  data[20 * 50 + 40] = 1000;
  await writeTiff(at("east.tif"), { data, shape: [40, 50] });
  const options = ["--cakes", "4", "--first-cake-angle", "0", "--unit", "r_mm", "-c", "5"];
  const ran = await run([
    "cake",
    at("east.tif"),
    "-p",
    poni,
    ...options,
    "--polarization",
    "none",
    "-o",
    at("out"),
    "--json",
  ]);
  expect(JSON.parse(ran.stdout)).toMatchObject({ command: "cake", done: 1, failed: 0 });
  const table = readFileSync(at("out/east.dat"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t").map(Number));
  const sums = [1, 2, 3, 4].map((column) => table.reduce((sum, row) => sum + row[column]!, 0));
  expect(sums.map((sum) => sum > 1)).toEqual([false, true, false, false]);
  const side = JSON.parse(readFileSync(at("out/east.json"), "utf8"));
  expect(side.options).toMatchObject({ unit: "r_mm", polarizationFactor: null });
  expect(side.columns[1]).toMatchObject({ cake: 1, direction: 0 });
});

test("cakes for MAUD and as a table", async () => {
  const { at, poni } = await beamline();
  const cakes = [
    "cake",
    at("frame_1.tif"),
    "-p",
    poni,
    "--cakes",
    "4",
    "-c",
    "20",
    "-o",
    at("out"),
  ];
  expect((await run([...cakes, "--format", "esg"])).code).toBe(0);
  expect((await run([...cakes, "--format", "csv"])).code).toBe(0);
  const esg = readFileSync(at("out/frame_1.esg"), "utf8");
  expect(esg.match(/^_pd_meas_angle_eta .*$/gm)).toEqual(
    [180, 90, 0, 270].map((eta) => `_pd_meas_angle_eta ${eta}`),
  );
  expect(readFileSync(at("out/frame_1.csv"), "utf8")).toMatch(
    /^2th_deg,cake 1,cake 2,cake 3,cake 4\n/,
  );
});

test("formats that do not exist here are refused with the choices", async () => {
  const { at, poni } = await beamline();
  const argv = ["cake", at("frame_1.tif"), "-p", poni, "-o", at("out"), "--format", "gsas"];
  const ran = await run(argv);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('cannot be "gsas"; choose xrdfit, esg');
});

test("a broken frame is reported and the summary counts it", async () => {
  const { at, poni } = await beamline();
  writeFileSync(at("frame_2.tif"), "");
  const ran = await run([
    "cake",
    at("frame_*.tif"),
    "-p",
    poni,
    "--npt",
    "9",
    "-o",
    at("out"),
    "--json",
  ]);
  expect(ran.code).toBe(1);
  const summary = JSON.parse(ran.stdout);
  expect(summary).toMatchObject({ done: 2, failed: 1 });
  expect(summary.errors[0]).toMatchObject({ tag: "file-format" });
  expect(summary.errors[0].message).toContain("frame_2.tif: is empty");
});
