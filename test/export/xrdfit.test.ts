import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Cakes } from "../../src/cake/cakes.js";
import { OptionError, OutputError } from "../../src/errors.js";
import { formatXrdfit, formatXrdfitSide, writeXrdfit } from "../../src/export/xrdfit.js";
import { hasPython, runPython } from "../support/python.js";
import { cakes } from "../support/results.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const text = (value: Cakes, options = {}) => Buffer.from(formatXrdfit(value, options)).toString();

test("one line for each bin, one column for each cake, tabs between and none at the end", () => {
  expect(text(cakes())).toBe(
    [
      "  2.00060000\t  1.98253202\t  0.00000000\t  0.00000000\t  4.00000000\n",
      "  2.00180000\t  1.49876356\t123456789.12500000\t  0.00000000\t  5.00000000\n",
      "  2.00300000\t  1.27192807\t -0.50000000\t  7.00000000\t  6.00000000\n",
    ].join(""),
  );
});

test("numbers of 300 digits fit", () => {
  const huge = cakes();
  huge.intensity = huge.intensity.map(() => new Float64Array(3).fill(1e300));
  const lines = text(huge).trimEnd().split("\n");
  expect(lines).toHaveLength(3);
  expect(lines[2]!.split("\t").slice(1).map(Number)).toEqual([1e300, 1e300, 1e300, 1e300]);
});

test("empty bins take the value asked for, and never NaN", () => {
  expect(text(cakes(), { empty: -1 }).split("\t")[2]).toBe(" -1.00000000");
  expect(() => formatXrdfit(cakes(), { empty: Number.NaN })).toThrow(OptionError);
});

test("an infinite intensity and a missing value are refused by cake and bin", () => {
  const infinite = cakes();
  infinite.intensity[2]![1] = Infinity;
  expect(() => formatXrdfit(infinite)).toThrow(/cake 3 is infinite in bin 1; mask/);
  const short = cakes();
  short.intensity[1] = Float64Array.of(1);
  expect(() => formatXrdfit(short)).toThrow(/cake 2 has 1 values for 3 bins/);
});

test("the side file says how to load the file, and what each column is", () => {
  const side = JSON.parse(formatXrdfitSide("caking/pixium.dat", cakes()));
  expect(side.fitSpectrum).toEqual({
    file_path: "pixium.dat",
    first_cake_angle: 270,
    delimiter: "\t",
    cake_order: "clockwise",
  });
  expect(side.python).toBe(
    'FitSpectrum("pixium.dat", first_cake_angle=270, delimiter="\\t", cake_order="clockwise")',
  );
  expect(side.columns[0]).toEqual({ column: 1, quantity: "2th_deg" });
  expect(side.columns[2]).toEqual({ column: 3, cake: 2, direction: 0, emptyBins: 1 });
  expect(side.calibration).toMatchObject({ dist: 1.19389178917929, detector: { orientation: 3 } });
  expect(side.options).toMatchObject({ split: "full", polarizationFactor: 0.99, dummy: null });
  expect(side.versions).toEqual({ software: "cakelab 0.1.0" });
});

test("both files are written, or neither", async () => {
  const folder = await temporaryFolder();
  await writeXrdfit(join(folder, "new/a.b.dat"), cakes());
  expect(readFileSync(join(folder, "new/a.b.dat"), "utf8")).toBe(text(cakes()));
  expect(JSON.parse(readFileSync(join(folder, "new/a.b.json"), "utf8")).file).toBe("a.b.dat");
  mkdirSync(join(folder, "taken.dat"));
  writeFileSync(join(folder, "taken.json"), "old");
  await expect(writeXrdfit(join(folder, "taken.dat"), cakes())).rejects.toThrow(OutputError);
  expect(readFileSync(join(folder, "taken.json"), "utf8")).toBe("old");
});

const expected = "../shared/data/lightform/pixium_03150.expected.dat.gz";

test.skipIf(!existsSync(expected))("LightForm's file is rewritten byte for byte", () => {
  const original = gunzipSync(readFileSync(expected));
  const rows = original
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t").map(Number));
  const column = (index: number) => Float64Array.from(rows, (row) => row[index]!);
  const again = {
    ...cakes(),
    radial: column(0),
    intensity: Array.from({ length: 36 }, (_, i) => column(i + 1)),
  };
  expect(Buffer.from(formatXrdfit(again)).equals(original)).toBe(true);
});

const load = `
import json, sys, os
from xrdfit.spectrum_fitting import FitSpectrum
os.chdir(os.path.dirname(sys.argv[1]))
side = json.load(open(sys.argv[1]))
spectrum = FitSpectrum(**side["fitSpectrum"])
again = eval(side["python"])
assert (again.spectral_data == spectrum.spectral_data).all()
print(json.dumps([spectrum.num_cakes, spectrum.first_cake_angle, spectrum.cake_order, spectrum.spectral_data.tolist()]))
`;

test.skipIf(!hasPython)("xrdfit loads the file with the arguments of the side file", async () => {
  const folder = await temporaryFolder();
  await writeXrdfit(join(folder, "cakes.dat"), { ...cakes(), order: "anticlockwise" });
  const loaded = runPython(load, join(folder, "cakes.json"));
  const rows = [0, 1, 2].map((row) => [
    cakes().radial[row],
    ...cakes().intensity.map((cake) => Number((cake[row]! || 0).toFixed(8))),
  ]);
  expect(loaded).toEqual([4, 270, "anticlockwise", rows]);
});
