import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OptionError } from "../../src/errors.js";
import { formatChi, writeChi } from "../../src/export/chi.js";
import { formatDat, writeDat } from "../../src/export/dat.js";
import { formatFxye } from "../../src/export/fxye.js";
import { formatXy, formatXye } from "../../src/export/xy.js";
import type { Integrate1dResult } from "../../src/integrate/result.js";
import { hasPython, runPython } from "../support/python.js";
import { profile } from "../support/results.js";
import { temporaryFolder } from "../support/temporary-folder.js";

function withoutSigma(): Integrate1dResult {
  const { sigma: _, ...rest } = profile();
  return rest;
}

test(".dat has pyFAI's header, columns and digits", () => {
  const lines = formatDat(profile(), "out/a.dat").split("\n");
  const poni = lines.filter((line) => /^# [ {}]/.test(line)).map((line) => line.slice(2));
  expect(JSON.parse(poni.join("\n"))).toEqual({
    poni_version: 2.1,
    dist: 1.19389178917929,
    poni1: 0.2049430663748966,
    poni2: 0.2073445003343987,
    rot1: -0.002895489128733415,
    rot2: 0.008002102633795445,
    rot3: 0,
    detector: "Detector",
    detector_config: { pixel1: 0.000296, pixel2: 0.000296, max_shape: null, orientation: 3 },
    wavelength: 1.393e-11,
  });
  expect(lines).toContain("# Mask applied: user provided");
  expect(lines).toContain("# Dark current applied: False");
  expect(lines).toContain("# Flat field applied: provided");
  expect(lines).toContain("# Polarization factor: 0.99");
  expect(lines).toContain("# Normalization factor: 1");
  expect(lines).toContain("# --> out/a.dat");
  expect(lines.slice(-6)).toEqual([
    "#2th_deg        I              sigma         ",
    "  1.500000e+00    1.225000e+01   1.750000e+00",
    "  2.500000e+00             nan            nan",
    "  3.500000e+00    1.234568e-04   1.000000e-02",
    "  4.500000e+00    1.234568e+06   5.550000e+02",
    "",
  ]);
});

test(".dat holds everything that was applied as JSON, and no line that is not a comment", () => {
  const lines = formatDat(withoutSigma(), "a\n1 2\n.dat").trimEnd().split("\n");
  const found = lines.find((line) => line.startsWith("# CakeLab: "))!;
  expect(JSON.parse(found.slice(11))).toMatchObject({
    split: "full",
    invalidPixels: 3,
    dummy: null,
    engine: { name: "js" },
  });
  expect(lines.filter((line) => !line.startsWith("#"))).toHaveLength(4);
});

const loadtxt = `
import json, sys, numpy
print(json.dumps(numpy.nan_to_num(numpy.loadtxt(sys.argv[1]), nan=-7).tolist()))
`;

test.skipIf(!hasPython)("NumPy loads .dat", async () => {
  const path = join(await temporaryFolder(), "a.dat");
  await writeDat(path, profile());
  expect(runPython(loadtxt, path)).toEqual([
    [1.5, 12.25, 1.75],
    [2.5, -7, -7],
    [3.5, 1.234568e-4, 0.01],
    [4.5, 1234568, 555],
  ]);
});

test(".xy and .xye are numbers only, without the bins that no pixel reaches", () => {
  expect(formatXy(profile())).toBe(
    [
      " 1.50000000e+00  1.22500000e+01\n",
      " 3.50000000e+00  1.23456789e-04\n",
      " 4.50000000e+00  1.23456750e+06\n",
    ].join(""),
  );
  expect(formatXye(profile()).split("\n")[0]).toBe(
    " 1.50000000e+00  1.22500000e+01  1.75000000e+00",
  );
});

test(".chi has four lines of header and the number of its points", async () => {
  const path = join(await temporaryFolder(), "ceria.chi");
  await writeChi(path, profile());
  expect(readFileSync(path, "utf8").split("\n")).toEqual([
    "ceria.chi",
    "2th_deg",
    "Intensity",
    "           3",
    "  1.5000000e+00  1.2250000e+01",
    "  3.5000000e+00  1.2345679e-04",
    "  4.5000000e+00  1.2345675e+06",
    "",
  ]);
  expect(formatChi(profile(), "two\nlines").split("\n")[0]).toBe("two lines");
});

test(".fxye counts in centidegrees with a constant step, comments before BANK", () => {
  const lines = formatFxye(profile(), "ceria".repeat(30)).trimEnd().split("\n");
  expect(lines[0]).toHaveLength(80);
  expect(lines[1]).toMatch(/^# cakelab/);
  expect(lines[2]).toBe("BANK 1 4 4 CONS 150.000000 100.000000 0 0 FXYE");
  expect(lines.slice(3)).toEqual([
    "     150.000000  1.22500000e+01  1.75000000e+00",
    "     250.000000  0.00000000e+00  0.00000000e+00",
    "     350.000000  1.23456789e-04  1.00000000e-02",
    "     450.000000  1.23456750e+06  5.55000000e+02",
  ]);
  const radians = { ...profile(), unit: "2th_rad", radial: Float64Array.of(0.1, 0.2, 0.3, 0.4) };
  expect(formatFxye(radians, "").split("\n")[3]).toMatch(/^ +572\.957795 /);
});

test("what a format cannot do without is asked for", () => {
  expect(() => formatXye(withoutSigma())).toThrow(OptionError);
  expect(() => formatXye(withoutSigma())).toThrow(/integrate with errorModel "poisson"/);
  expect(() => formatFxye(withoutSigma(), "")).toThrow(/errorModel/);
  expect(() => formatFxye({ ...profile(), unit: "q_A^-1" }, "")).toThrow(/unit "2th_deg"/);
});
