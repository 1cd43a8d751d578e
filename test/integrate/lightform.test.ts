import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import type { Image, TypedArray } from "../../src/array.js";
import { cake } from "../../src/cake/cake.js";
import { writeXrdfit } from "../../src/export/xrdfit.js";
import { readImage } from "../../src/image/read-image.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { load } from "../../src/integrate/load.js";
import type { IntegrateOptions, Split } from "../../src/integrate/options.js";
import { readFixture } from "../support/npy.js";
import { largest } from "../support/numbers.js";
import { hasPython, runPython } from "../support/python.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** Real images of the LightForm caking tutorial, handed out beside the project. */
const DATA = join(import.meta.dirname, "../../../shared/data/lightform");
const hasData = existsSync(join(DATA, "integrated.dat"));
const FRAMES = ["pixium_03150", "pixium_03151", "pixium_03152"];
const ROT3 = (5 * Math.PI) / 180;
const [NPT, CAKES] = [5000, 36];

const frame = (name: string): Promise<Image> => readImage(join(DATA, `${name}.tif`));
const calibration = (): Promise<AzimuthalIntegrator> =>
  load(join(DATA, "DLS_CeO2_1200mm_pyFAI.poni"));

/** The calibration that made `integrated.dat` and the expected `.dat`: it is in an EDF header. */
async function earlierCalibration(): Promise<AzimuthalIntegrator> {
  const ai = await calibration();
  const header = readFileSync(join(DATA, "integrated.edf")).toString("latin1", 0, 1536);
  for (const name of ["dist", "poni1", "poni2", "rot1", "rot2", "rot3"] as const) {
    ai[name] = Number(new RegExp(`^${name} = (\\S+) ;`, "m").exec(header)![1]);
  }
  return ai;
}

/** What the tutorial's notebook asks for. */
const notebook = (split: Split): IntegrateOptions => ({
  unit: "2th_deg",
  radialRange: [2, 8],
  polarizationFactor: 0.99,
  // The js engine takes five times as long for images of this size, and is compared elsewhere.
  method: { split, engine: "wasm", algorithm: "csr-exact" },
});

const quantile = (sorted: number[], q: number): number =>
  sorted[Math.round(q * (sorted.length - 1))]!;

/** Differences relative to the larger of the value and a thousandth of the largest, sorted. */
function differences(actual: TypedArray, expected: TypedArray, bins: number[]): number[] {
  const floor = 1e-3 * largest(expected);
  return bins
    .map((bin) => Math.abs(actual[bin]! - expected[bin]!) / Math.max(expected[bin]!, floor))
    .sort((a, b) => a - b);
}

/** Bins of the given cakes (from 0) without `ends` at each end. */
function binsOf(cakes: number[], ends: number): number[] {
  return cakes.flatMap((cake) =>
    Array.from({ length: NPT - 2 * ends }, (_, i) => cake * NPT + ends + i),
  );
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);

const WITH_PYFAI = `
import json, sys
import fabio, numpy
from pyFAI import load
data, out, job = sys.argv[1:4]
ai = load(data + "/DLS_CeO2_1200mm_pyFAI.poni")
options = dict(unit="2th_deg", polarization_factor=0.99)
for name in sys.argv[4:]:
    image = fabio.open(f"{data}/{name}.tif").data
    if job == "profile":
        result = ai.integrate1d(image, 5000, radial_range=(2, 8), method=("full", "csr", "cython"), **options)
    else:
        ai.rot3 = numpy.deg2rad(5)
        # Left alone, pyFAI's azimuth begins where the data do, a ten-thousandth of a degree late.
        ranges = dict(radial_range=(2, 8), azimuth_range=(-180, 180))
        result = ai.integrate2d(image, 5000, 36, method=(job, "csr", "cython"), **ranges, **options)
        columns = numpy.vstack([result.radial, result.intensity]).T
        numpy.savetxt(f"{out}/{name}.dat", columns, fmt="%12.8f", delimiter="\\t")
    numpy.save(f"{out}/{name}.npy", numpy.ascontiguousarray(result.intensity))
print(json.dumps("done"))
`;

const answers = mkdtempSync(join(tmpdir(), "cakelab-lightform-"));
afterAll(() => rmSync(answers, { recursive: true, force: true }));

/** Where the images differ in nothing that counts, one of them will do. */
const framesOf = (job: "profile" | Split): string[] => FRAMES.slice(0, job === "full" ? 3 : 1);

/** A folder with pyFAI's answers, which it is asked for once. */
function withPyfai(job: "profile" | Split): string {
  const folder = join(answers, job);
  if (!existsSync(folder)) {
    mkdirSync(folder);
    runPython(WITH_PYFAI, DATA, folder, job, ...framesOf(job));
  }
  return folder;
}

describe("the tutorial's images, against pyFAI", () => {
  const there = hasData && hasPython;

  it.skipIf(!there).each([
    ["full", 1e-5, 1e-3],
    ["bbox", 1e-5, 1e-4],
  ] as const)("the notebook's cakes with %s splitting", async (split, median, p99) => {
    const folder = withPyfai(split);
    const ai = await calibration();
    ai.rot3 = ROT3;
    for (const name of framesOf(split)) {
      const result = await ai.integrate2d(await frame(name), NPT, CAKES, notebook(split));
      const expected = readFixture(join(folder, `${name}.npy`)).data;
      // pyFAI's azimuth ends between the first cake and the last.
      const found = differences(result.intensity, expected, binsOf(range(1, CAKES - 1), 8));
      expect(quantile(found, 0.5), `${name}: median`).toBeLessThan(median);
      expect(quantile(found, 0.99), `${name}: 99th percentile`).toBeLessThan(p99);
    }
  });

  it.skipIf(!there)("a profile with full splitting", async () => {
    const folder = withPyfai("profile");
    const ai = await calibration();
    for (const name of framesOf("profile")) {
      const expected = readFixture(join(folder, `${name}.npy`)).data;
      const compare = async (high: number): Promise<number[]> => {
        const options = { ...notebook("full"), radialRange: [2, high] as const };
        const { intensity } = await ai.integrate1d(await frame(name), NPT, options);
        // A pixel at the limits is as wide as a dozen bins; pyFAI weighs those too much.
        return differences(intensity, expected, range(15, NPT - 15));
      };
      expect(quantile(await compare(8), 0.99), `${name}: 99th percentile`).toBeLessThan(5e-5);
      // Where pyFAI's upper limit of 8 really lies.
      expect((await compare(8 * (1 + 2 ** -23))).at(-1), name).toBeLessThan(5e-5);
    }
  });

  it.skipIf(!there)("xrdfit finds the peak at the same place in our file", async () => {
    const folder = withPyfai("full");
    const ours = join(await temporaryFolder(), "ours.dat");
    // The notebook turns the detector by rot3; the cakes of that job begin at 280°.
    const cakes = await cake(await frame(FRAMES[0]!), await calibration(), {
      ...notebook("full"),
      cakes: CAKES,
      npt: NPT,
      firstCakeAngle: 280,
      polarizationFactor: 0.99,
    });
    await writeXrdfit(ours, cakes);
    const side = JSON.parse(await readFile(`${ours.replace(/\.dat$/, "")}.json`, "utf8"));
    const { first_cake_angle, cake_order, delimiter } = side.fitSpectrum;
    const fits = runPython<{ shape: number[]; peaks: number[] }[]>(
      `
import contextlib, io, json, sys
from xrdfit.spectrum_fitting import FitSpectrum, PeakParams
found = []
for path in sys.argv[1:3]:
    with contextlib.redirect_stdout(io.StringIO()):
        spectrum = FitSpectrum(path, float(sys.argv[3]), delimiter=sys.argv[5], cake_order=sys.argv[4])
        peaks = []
        for cake in range(1, 37):
            spectrum.fit_peaks(PeakParams((3.38, 3.49), "peak"), [cake])
            parameters = spectrum.fitted_peaks[0].result.params
            peaks.append(next(p.value for name, p in parameters.items() if name.endswith("center")))
    found.append({"shape": list(spectrum.spectral_data.shape), "peaks": peaks})
print(json.dumps(found))
`,
      ours,
      join(folder, `${FRAMES[0]}.dat`),
      String(first_cake_angle),
      cake_order,
      delimiter,
    );
    const [mine, theirs] = fits;
    expect(mine!.shape).toEqual([NPT, CAKES + 1]);
    expect(theirs!.shape).toEqual(mine!.shape);
    mine!.peaks.forEach((center, index) => {
      expect(center).toBeGreaterThan(3.42);
      expect(center).toBeLessThan(3.45);
      // pyFAI's azimuth ends between the first cake and the last.
      const limit = index === 0 || index === CAKES - 1 ? 6e-5 : 2e-5;
      expect(Math.abs(center - theirs!.peaks[index]!), `cake ${index + 1}`).toBeLessThan(limit);
    });
  });
});

describe("the tutorial's images, against what came with them", () => {
  it.skipIf(!hasData)("integrated.dat to a relative rms of 2e-4", async () => {
    const ai = await earlierCalibration();
    const { radialRange: _, ...options } = notebook("full");
    const { radial, intensity } = await ai.integrate1d(await frame("pixium_03150"), NPT, {
      ...options,
      azimuthRange: [-180, 180],
    });
    const rows = readFileSync(join(DATA, "integrated.dat"), "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.trim().split(/\s+/).map(Number));
    expect(rows.length).toBe(NPT);
    let squares = 0;
    let total = 0;
    rows.forEach(([angle, value], bin) => {
      expect(Math.abs(radial[bin]! - angle!)).toBeLessThan(1e-5);
      squares += (intensity[bin]! - value!) ** 2;
      total += value!;
    });
    expect(Math.sqrt(squares / NPT) / (total / NPT)).toBeLessThan(2e-4);
  });

  it.skipIf(!hasData).each(FRAMES)("the expected cakes of %s", async (name) => {
    const ai = await earlierCalibration();
    ai.rot3 = ROT3;
    const result = await ai.integrate2d(await frame(name), NPT, CAKES, notebook("bbox"));
    const text = gunzipSync(readFileSync(join(DATA, `${name}.expected.dat.gz`))).toString();
    const rows = text
      .trimEnd()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number));
    expect(rows.length).toBe(NPT);
    rows.forEach((row, bin) => {
      // pyFAI's upper limit lies a step of float32 above 8.
      expect(Math.abs(result.radial[bin]! - row[0]!)).toBeLessThan(1e-6);
    });
    // The first cake and the last meet where their pyFAI cut pixels off at ±180°.
    const off = binsOf(range(1, CAKES - 1), 15).map((bin) => {
      const [cakeIndex, row] = [Math.floor(bin / NPT), bin % NPT];
      return Math.abs(result.intensity[bin]! - rows[row]![cakeIndex + 1]!);
    });
    // What pyFAI 2026.9 comes to: an older algorithm made them.
    expect(largest(off)).toBeLessThan(1.25);
    const rms = Math.sqrt(off.reduce((total, value) => total + value * value, 0) / off.length);
    expect(rms).toBeLessThan(0.0148);
    expect(off.filter((value) => value < 1e-3).length / off.length).toBeGreaterThan(0.869);
  });
});
