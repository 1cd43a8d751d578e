import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { writeNpy } from "../../src/export/npy.js";
import { writeTiff } from "../../src/export/tiff.js";
import { beamline } from "./beamline.js";
import { run } from "./run.js";

function rows(path: string): number[][] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.trim().split(/\s+/).map(Number));
}

test("every frame becomes a profile, in natural order, with plain lines of progress", async () => {
  const { at, poni } = await beamline();
  const ran = await run(["integrate", at("frame_*.tif"), "-p", poni, "-c", "20", "-o", at("out")]);
  expect(ran.code).toBe(0);
  expect(readdirSync(at("out"))).toEqual(["frame_1.dat", "frame_10.dat", "frame_2.dat"]);
  expect(ran.stderr.trimEnd().split("\n")).toEqual([
    `[1/3] ${at("frame_1.tif")} → ${at("out/frame_1.dat")}`,
    `[2/3] ${at("frame_2.tif")} → ${at("out/frame_2.dat")}`,
    `[3/3] ${at("frame_10.tif")} → ${at("out/frame_10.dat")}`,
  ]);
  expect(ran.stdout).toMatch(/^3 of 3 done in \d+\.\d s, (wasm|js) engine\n/);
  expect(ran.stdout).toContain("pixels masked: 0 of 2000\n");
  expect(ran.stdout).toContain("applied: solid angle\n");
  expect(rows(at("out/frame_2.dat"))).toHaveLength(20);
});

test("mask, averaged darks, flat, ranges and errors are applied", async () => {
  const { at, poni } = await beamline();
  const argv = ["integrate", at("frame_1.tif"), "-p", poni, "-c", "10", "-o", at("out"), "--json"];
  const corrections = ["-m", at("mask.npy"), "-d", `${at("dark_a.tif")},${at("dark_b.tif")}`];
  const flat = ["-f", at("dark_a.tif"), "--polarization", "-0.5", "--error-model", "poisson"];
  const ranges = ["-u", "2th_deg", "--radial-range", "-0.5,1", "--azimuth-range", "-90,90"];
  const ran = await run([...argv, ...corrections, ...flat, ...ranges, "--format", "xye"]);
  expect(ran.stderr).toContain("[1/1]");
  expect(ran.code).toBe(0);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    command: "integrate",
    done: 1,
    failed: 0,
    files: [{ source: at("frame_1.tif"), output: at("out/frame_1.xye") }],
    engine: { name: expect.stringMatching(/^(wasm|js)$/) },
    provenance: {
      unit: "2th_deg",
      radialRange: [-0.5, 1],
      azimuthRange: [-90, 90],
      maskedPixels: 50,
      hasUserMask: true,
      hasDark: true,
      hasFlat: true,
      polarizationFactor: -0.5,
      errorModel: "poisson",
    },
  });
  // (100 − the mean of 10 and 30) / 10, within a percent for solid angle and polarization.
  for (const [, intensity] of rows(at("out/frame_1.xye"))) {
    expect(intensity! / 8).toBeCloseTo(1, 1);
  }
});

test("a map is written as EDF", async () => {
  const { at, poni } = await beamline();
  const argv = ["integrate", at("frame_1.tif"), "-p", poni, "-c", "10", "-o", at("out"), "--quiet"];
  const ran = await run([...argv, "--format", "edf", "--npt-azim", "4"]);
  expect(ran).toEqual({ code: 0, stdout: "", stderr: "" });
  const header = readFileSync(at("out/frame_1.edf"), "latin1");
  expect(header).toContain("Dim_1 = 10 ;");
  expect(header).toContain("Dim_2 = 4 ;");
});

test("a frame that fails is named with the remedy, and the others go on", async () => {
  const { at, poni } = await beamline();
  writeFileSync(at("frame_2.tif"), "II*\0 broken");
  await writeTiff(at("frame_3.tif"), { data: new Uint16Array(12), shape: [3, 4] });
  const argv = ["integrate", at("frame_*.tif"), "-p", poni, "-c", "10", "-o", at("out")];
  const ran = await run(argv);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain(`failed: ${at("frame_2.tif")}: `);
  expect(ran.stderr).toMatch(/failed: .*frame_3\.tif: .*3 × 4, not 40 × 50/);
  expect(ran.stdout).toMatch(/^2 of 4 done, 2 failed in /);
  expect(readdirSync(at("out"))).toEqual(["frame_1.dat", "frame_10.dat"]);
  const quiet = await run([...argv, "--quiet"]);
  expect(quiet.stdout).toBe("");
  expect(quiet.stderr).toContain("2 of 4 done, 2 failed");
});

test("each frame of a file gets its number", async () => {
  const { at, poni } = await beamline();
  await writeNpy(at("stack.npy"), { data: new Uint16Array(6000), shape: [3, 40, 50] });
  const argv = ["integrate", at("stack.npy"), "-p", poni, "-c", "9", "-o", at("out")];
  const ran = await run(argv);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain(`[2/3] ${at("stack.npy")}#1 → ${at("out/stack_00001.dat")}`);
  expect(readdirSync(at("out"))).toEqual(["stack_00000.dat", "stack_00001.dat", "stack_00002.dat"]);
});

test("two frames never share an output, and no input is overwritten", async () => {
  const { at, poni } = await beamline();
  await writeTiff(at("other/frame_1.tif"), { data: new Uint16Array(2000), shape: [40, 50] });
  const argv = (...files: string[]) => [
    "integrate",
    ...files,
    "-p",
    poni,
    "-c",
    "9",
    "-o",
    at("out"),
  ];
  const ran = await run(argv(at("frame_1.tif"), at("other/frame_1.tif")));
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain("would both be written to");
  expect(existsSync(at("out"))).toBe(false);
});

test.each([
  [["-u", "furlong"], /"furlong" is not a radial unit; choose one of 2th_deg/],
  [["--method", "psychic"], /"psychic" is none of them/],
  [["--engine", "abacus"], /cannot be "abacus"; choose auto, js, wasm, gpu/],
  [["--format", "gsas"], /cannot be "gsas"; choose dat, xy, xye, chi, fxye, csv, edf, nxs/],
  [["--format", "xye"], /--format xye needs standard errors; add --error-model poisson/],
  [["--npt-azim", "4"], /--npt-azim makes a map, which dat cannot hold; use --format edf/],
  [["--polarization", "2"], /from -1 to 1, or none; not 2/],
  [["--radial-range", "5,1"], /radialRange: /],
])("%j is wrong usage", async (more, message) => {
  const { at, poni } = await beamline();
  const ran = await run([
    "integrate",
    at("frame_1.tif"),
    "-p",
    poni,
    "-c",
    "9",
    "-o",
    at("out"),
    ...more,
  ]);
  expect(ran.stderr).toMatch(message);
  expect(ran.code).toBe(2);
  expect(existsSync(at("out"))).toBe(false);
});

test("files that are not there are a failure", async () => {
  const { at, poni } = await beamline();
  const argv = (file: string, calibration: string) => [
    "integrate",
    file,
    "-p",
    calibration,
    "-c",
    "9",
    "-o",
    at("out"),
  ];
  const missing = await run(argv(at("nothing.tif"), poni));
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain(`cakelab: ${at("nothing.tif")}: `);
  const uncalibrated = await run(argv(at("frame_1.tif"), at("nothing.poni")));
  expect(uncalibrated.code).toBe(1);
  expect(uncalibrated.stderr).toContain(`cakelab: ${at("nothing.poni")}: `);
  const intoFile = await run(["integrate", at("frame_1.tif"), "-p", poni, "-c", "9", "-o", poni]);
  expect(intoFile.code).toBe(2);
  expect(intoFile.stderr).toContain("is a file; -o takes the folder");
});

test("an interrupt stops the series with whole files only", async () => {
  const { at, poni } = await beamline();
  const controller = new AbortController();
  controller.abort();
  const argv = ["integrate", at("frame_*.tif"), "-p", poni, "-c", "9", "-o", at("out")];
  const ran = await run(argv, { signal: controller.signal });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain("stopped; every file that was written is whole");
  expect(existsSync(at("out"))).toBe(false);
});

test("a terminal gets a bar that is gone at the end", async () => {
  const { at, poni } = await beamline();
  const argv = ["integrate", at("frame_*.tif"), "-p", poni, "-c", "9", "-o", at("out")];
  const ran = await run(argv, { isTTY: true });
  expect(ran.stderr).toContain("████████████████░░░░░░░░  66 %");
  expect(ran.stderr.endsWith("\r\u001b[K")).toBe(true);
  expect(ran.stderr).not.toContain("\n");
});
