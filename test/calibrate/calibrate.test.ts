import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import type { Image } from "../../src/array.js";
import { calibrate } from "../../src/calibrate/calibrate.js";
import type { CalibrateOptions } from "../../src/calibrate/options.js";
import { calibrationReport } from "../../src/calibrate/report.js";
import type { CalibrationResult } from "../../src/calibrate/result.js";
import { detector } from "../../src/detector/detector-factory.js";
import { CalibrationError } from "../../src/errors.js";
import { parsePoni } from "../../src/geometry/poni.js";
import { readImage } from "../../src/image/read-image.js";
import { simulatePowder } from "../../src/simulate/powder.js";
import {
  type CalibrationCase,
  drawCalibrationCase,
  FAMILIES,
} from "../support/calibration-families.js";
import { hasPython, runPython } from "../support/python.js";
import { radialError } from "../support/radial-error.js";
import { temporaryFolder } from "../support/temporary-folder.js";

function optionsOf(drawn: CalibrationCase): CalibrateOptions {
  const { calibrant, wavelength, mask } = drawn;
  return { calibrant, wavelength, mask, detector: drawn.detector, correctSolidAngle: true };
}

function errorOf(result: CalibrationResult, { geometry, image, detector, mask }: CalibrationCase) {
  return radialError(result.ai, geometry, image.shape, detector.pixel1, mask.data);
}

/** The others are in families.mjs, many images of each. */
const SOME = FAMILIES.filter((name) => /tutorial|tilt30|spotty|off-detector|cell/.test(name));

/** Largest error in pixels; where signal is weak or few rings are left, more. */
const WORST: Readonly<Record<string, number>> = { weak: 0.15, cell: 0.15, spotty: 0.03 };

const PARAMETERS = ["dist", "poni1", "poni2", "rot1", "rot2"] as const;

describe("without start values", () => {
  it.each(SOME)("finds the geometry of the family %s", async (family) => {
    const drawn = drawCalibrationCase(family, 41, 1024);
    const result = await calibrate(drawn.image, optionsOf(drawn));
    expect(errorOf(result, drawn)).toBeLessThan(WORST[family] ?? 0.025);
    for (const name of PARAMETERS) {
      const pull = (result.ai[name] - drawn.geometry[name]) / result.sigma[name];
      expect(Math.abs(pull), name).toBeLessThan(6);
    }
  });
});

const folder = "../shared/reference/calibration";
const truthFile = join(folder, "truth.json");
const hasReference = existsSync(truthFile);
/** Pixels. */
const LIMITS: Readonly<Record<string, number>> = {
  s01_tutorial: 0.03,
  s02_pilatus: 0.005,
  s04_tilt30: 0.005,
  s06_spotty: 0.02,
  s08_edge_gaps: 0.03,
  s11_impurity: 0.03,
};

interface Truth {
  readonly calibrant: string;
  readonly pixel: number;
  readonly wavelength_A: number;
  readonly dist: number;
  readonly poni1: number;
  readonly poni2: number;
  readonly rot1: number;
  readonly rot2: number;
  readonly rot3: number;
}

describe("the reference images", () => {
  it.skipIf(!hasReference).each(Object.keys(LIMITS))("%s", async (name) => {
    const truth = (JSON.parse(readFileSync(truthFile, "utf8")) as Record<string, Truth>)[name]!;
    const image = await readImage(join(folder, `${name}.npy`));
    const mask = await readImage(join(folder, `${name}_mask.npy`));
    const { pixel, calibrant } = truth;
    const result = await calibrate(image, {
      calibrant,
      mask,
      wavelength: truth.wavelength_A * 1e-10,
      detector: detector({ pixel1: pixel }),
    });
    expect(radialError(result.ai, truth, image.shape, pixel, mask.data)).toBeLessThan(
      LIMITS[name]!,
    );
  });
});

/** A small clean image of ceria. */
const small = {
  dist: 0.12,
  poni1: 0.0262,
  poni2: 0.0291,
  rot1: 0.01,
  rot2: -0.02,
  wavelength: 4e-11,
  detector: detector({ pixel1: 1e-4, shape: [560, 540] }),
  phases: [{ lattice: "CeO2", counts: 800, fwhm: 0.13 }],
  background: { flat: 30 },
  polarizationFactor: null,
} as const;
const image: Image = simulatePowder({ ...small, seed: 3 });
const about: CalibrateOptions = {
  calibrant: "CeO2",
  wavelength: small.wavelength,
  detector: detector({ pixel1: 1e-4 }),
  correctSolidAngle: true,
};

test("the same bytes give the same file", async () => {
  const again: Image = { data: image.data.slice(), shape: [...image.shape] };
  const files = [await calibrate(image, about), await calibrate(again, about)];
  expect(files[1]!.formatPoni()).toBe(files[0]!.formatPoni());
  expect(files[0]!.formatPoni({ image: "a.tif" })).toContain(
    "# Calibrant: CeO2 (a = 5.411651 Å; NIST SRM 674b)\n# Image: a.tif\n",
  );
  expect(parsePoni(files[0]!.formatPoni(), "x.poni").dist).toBe(files[0]!.ai.dist);
});

test("start values 10 % and 50 pixels off lead to the same within a standard error", async () => {
  const blind = await calibrate(image, about);
  const starts = [
    { dist: 0.132, poni1: 0.0312, poni2: 0.0241 },
    { dist: 0.108, center: [280 - 35, 290 + 35] as const, rot1: 0.05, rot2: 0.05 },
    { dist: 0.126 },
  ];
  for (const start of starts) {
    const near = await calibrate(image, { ...about, start });
    for (const name of PARAMETERS) {
      expect(Math.abs(near.ai[name] - blind.ai[name])).toBeLessThan(blind.sigma[name]);
    }
  }
});

test("what is fixed stays as it is given", async () => {
  const start = { dist: 0.12, rot1: 0.01, rot3: 0.4 };
  const { ai, sigma } = await calibrate(image, { ...about, start, fix: ["dist", "rot1", "rot3"] });
  expect([ai.dist, ai.rot1, ai.rot3]).toEqual([0.12, 0.01, 0.4]);
  expect([sigma.dist, sigma.rot1]).toEqual([0, 0]);
  expect(ai.rot2).toBeCloseTo(-0.02, 3);
  const center = [278.5, 237.5] as const;
  const held = await calibrate(image, { ...about, start: { center }, fix: ["center"] });
  const { centerX, centerY } = held.ai.getFit2d();
  expect(centerX - 0.5).toBeCloseTo(center[0], 3);
  expect(centerY - 0.5).toBeCloseTo(center[1], 3);
});

test("a wavelength that is refined tells how it depends on the distance", async () => {
  const { ai, sigma, warnings, correlations } = await calibrate(image, {
    ...about,
    wavelength: 4.02e-11,
    refineWavelength: true,
  });
  expect(Math.abs(ai.wavelength! - 4e-11)).toBeLessThan(4 * sigma.wavelength);
  expect(warnings.join()).toMatch(/their correlation is −?-?0\.9/);
  expect(Math.abs(correlations.values[5]!)).toBeGreaterThan(0.9);
});

test("values need not be photons", async () => {
  const counted = await calibrate(image, about);
  for (const factor of [0.002, 40]) {
    const data = Float32Array.from(image.data, (value) => factor * value);
    const { ai, sigma } = await calibrate({ data, shape: image.shape }, about);
    for (const name of PARAMETERS) {
      expect(Math.abs(ai[name] - counted.ai[name])).toBeLessThan(sigma[name]);
    }
  }
});

test("pixels that are not square, on a detector that is flipped", async () => {
  const flipped = { pixel1: 1e-4, pixel2: 1.3e-4, orientation: 2 as const };
  const options = { ...small, detector: detector({ ...flipped, shape: [560, 440] }) };
  const result = await calibrate(simulatePowder(options), {
    ...about,
    detector: detector(flipped),
  });
  for (const name of PARAMETERS) {
    expect(Math.abs(result.ai[name] - small[name])).toBeLessThan(5 * result.sigma[name]);
  }
});

test("few rings give a result too", async () => {
  const result = await calibrate(image, { ...about, rings: 4 });
  expect(result.rings.map(({ ring }) => ring)).toEqual([0, 1, 2, 3]);
  expect(radialError(result.ai, { ...small, rot3: 0 }, image.shape, 1e-4, [])).toBeLessThan(0.05);
});

test("standard errors are those of repeated exposures", async () => {
  const squares = new Map<string, number>(PARAMETERS.map((name) => [name, 0]));
  const runs = 6;
  for (let exposure = 0; exposure < runs; exposure++) {
    const { ai, sigma } = await calibrate(simulatePowder({ ...small, exposure }), about);
    for (const name of PARAMETERS) {
      const pull = (ai[name] - small[name]) / sigma[name];
      squares.set(name, squares.get(name)! + pull ** 2 / runs);
    }
  }
  const all = [...squares.values()];
  const mean = Math.sqrt(all.reduce((sum, value) => sum + value, 0) / all.length);
  expect(mean).toBeGreaterThan(0.5);
  expect(mean).toBeLessThan(1.6);
});

describe("refuses", () => {
  const refusal = async (given: Image, options: CalibrateOptions): Promise<string> => {
    const error = await calibrate(given, options).then(
      () => new Error("not refused"),
      (caught: unknown) => caught,
    );
    if (!(error instanceof CalibrationError)) throw error;
    return error.reason;
  };

  it("an image without rings", async () => {
    const empty = simulatePowder({ ...small, phases: [], background: { flat: 5 } });
    expect(await refusal(empty, about)).toBe("no-rings");
    const sloping = { flat: 20, air: { counts: 300, decay: 6 } };
    const background = simulatePowder({
      ...small,
      phases: [],
      background: sloping,
      beamStop: { radius: 0.003, arm: { direction: 90, width: 0.001 } },
      hotPixels: 200,
    });
    expect(await refusal(background, about)).toMatch(/^(no-|not-determined)/);
  });

  it.each(["LaB6", "Al", "Si"])("an image of another calibrant: %s", async (calibrant) => {
    expect(await refusal(image, { ...about, calibrant })).toMatch(/^(wrong-|no-geometry)/);
  });

  it.each([1.02, 0.98])("a wavelength that is wrong: times %f", async (factor) => {
    const wrong = { ...about, wavelength: 4e-11 * factor };
    expect(await refusal(image, wrong)).toBe("wrong-wavelength");
  });

  it("options that cannot be", async () => {
    const failing = (options: object) => calibrate(image, { ...about, ...options });
    await expect(failing({ wavelength: 0.4 })).rejects.toThrow(/no X-ray wavelength in metres/);
    await expect(failing({ calibrant: "CeO3" })).rejects.toThrow(/"CeO3" is not known/);
    await expect(failing({ fix: ["rot4"] })).rejects.toThrow(/fix: "rot4" cannot be held/);
    await expect(failing({ fix: ["dist"] })).rejects.toThrow(/give start.dist/);
    await expect(failing({ detector: "Pixirad1" })).rejects.toThrow(/detector/);
    await expect(failing({ start: { distance: 1 } })).rejects.toThrow(/distance/);
    await expect(failing({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});

test("the report shows rings, residuals and parameters", async () => {
  const html = calibrationReport(await calibrate(image, about), image, { title: "CeO2 <1>" });
  expect(html).toContain("<h1>CeO2 &lt;1&gt;</h1>");
  expect(html.match(/<svg/g)).toHaveLength(2);
  expect(html).toMatch(/<td>dist<\/td><td>1(20\.0|19\.9)\d* mm<\/td><td>± /);
  expect(html).toContain("<td>3.124418</td>");
});

test.skipIf(!hasPython)("pyFAI loads the file and has the same 2θ", async () => {
  const path = join(await temporaryFolder(), "a.poni");
  const result = await calibrate(image, about);
  await result.save(path, { image: "a.tif" });
  const program = `
import json, sys, logging
logging.disable(logging.CRITICAL)
import numpy, pyFAI
ai = pyFAI.load(sys.argv[1])
d1, d2 = numpy.meshgrid(numpy.arange(0, 560, 20.0), numpy.arange(0, 540, 20.0), indexing="ij")
print(json.dumps({"tth": ai.tth(d1.ravel(), d2.ravel(), path="cos").tolist(), "wavelength": ai.wavelength}))
`;
  const { tth, wavelength } = runPython<{ tth: number[]; wavelength: number }>(program, path);
  expect(wavelength).toBe(result.ai.wavelength);
  const own = result.ai.centerArray("2th_rad", [560, 540]).data;
  tth.forEach((angle, i) => {
    const [row, column] = [20 * Math.floor(i / 27), 20 * (i % 27)];
    expect(Math.abs(own[row * 540 + column]! - angle)).toBeLessThan(1e-9);
  });
});
