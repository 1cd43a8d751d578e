import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Calibration, type CalibrationOptions } from "../../../kernel-ext/widgets/index.js";
import { detector } from "../../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import { load } from "../../../src/integrate/load.js";
import { simulatePowder } from "../../../src/simulate/powder.js";

const truth = { dist: 0.12, poni1: 0.0262, poni2: 0.0291, rot1: 0.01, rot2: -0.02 };
const frame = detector({ pixel1: 1e-4, shape: [560, 540] });
const image = simulatePowder({
  ...truth,
  wavelength: 4e-11,
  detector: frame,
  phases: [{ lattice: "CeO2", counts: 800, fwhm: 0.13 }],
  background: { flat: 30 },
  polarizationFactor: null,
  seed: 3,
});
const about: CalibrationOptions = { calibrant: "CeO2", wavelength: 4e-11, detector: frame };

/** Largest difference from the true geometry, in pixels and their like. */
function off({ dist, poni1, poni2 }: AzimuthalIntegrator): number {
  const { hypot } = Math;
  return hypot(dist - truth.dist, poni1 - truth.poni1, poni2 - truth.poni2) / 1e-4;
}

const folder = mkdtempSync(join(tmpdir(), "cakelab-calibration-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("Calibration", () => {
  it("begins with rings that are seen, and with what is given", () => {
    const guessed = new Calibration(image, about);
    const radius = (guessed.dist * Math.tan(0.1279)) / 1e-4;
    expect(radius).toBeGreaterThan(40);
    expect(radius).toBeLessThan(280);
    expect(guessed.polarizationFactor).toBe(0.99);
    expect(guessed.fix).toEqual(["wavelength"]);
    const given = new Calibration(image, {
      ...about,
      start: { dist: 0.2, center: [300, 200], rot1: 0.1 },
      fix: ["center"],
      refineWavelength: true,
      polarizationFactor: null,
    });
    expect([given.dist, given.rot1, given.polarizationFactor]).toEqual([0.2, 0.1, null]);
    expect(given.poni1).toBeCloseTo(0.02005, 12);
    expect(given.poni2).toBeCloseTo(0.03005 + 0.2 * Math.tan(0.1), 12);
    expect(given.fix).toEqual(["center"]);
  });

  it("refuses options that cannot be", () => {
    expect(() => new Calibration(image, { ...about, calibrant: "CeO3" })).toThrow("CeO2 meant");
    expect(() => new Calibration(image, { ...about, fix: ["dist"] })).toThrow("start.dist");
  });

  it("runs, refines and keeps what is held; asked twice it runs once", async () => {
    const calibration = new Calibration(image, about);
    const [one, other] = await Promise.all([calibration.run(), calibration.run()]);
    expect(other).toBe(one);
    expect(calibration.result).toBe(one);
    expect(off(calibration.ai)).toBeLessThan(0.1);
    // Crests are found once; a second run begins with the same.
    expect((await calibration.run()).formatPoni()).toBe(one.formatPoni());
    calibration.set({ dist: 0.12005, fix: ["wavelength", "dist"] });
    const held = await calibration.refine();
    expect(held.ai.dist).toBe(0.12005);
    expect(held.sigma.dist).toBe(0);
    calibration.dist = 0.1199;
    expect((await calibration.run()).ai.dist).toBe(0.1199);
  });

  it("saves the result with its calibrant, and says where something was moved since", async () => {
    const calibration = new Calibration(image, about);
    const { ai } = await calibration.run();
    const path = join(folder, "own.poni");
    await calibration.save(path);
    expect(readFileSync(path, "utf8")).toContain("# Calibrant: CeO2 (a = 5.411651 Å");
    expect((await load(path)).dist).toBe(ai.dist);
    calibration.dist += 1e-3;
    await calibration.save(path);
    expect(readFileSync(path, "utf8")).toContain("# Adjusted by hand");
    expect((await load(path)).dist).toBe(ai.dist + 1e-3);
    await calibration.report(join(folder, "own.html"));
    expect(readFileSync(join(folder, "own.html"), "utf8")).toContain("<h1>Calibration</h1>");
  });

  it("takes the orientation of a file that it loads, and refines it as it is", async () => {
    const flipped = detector({ pixel1: 1e-4, shape: [560, 540], orientation: 2 });
    const path = join(folder, "flipped.poni");
    // The same data with the slow axis the other way round.
    const poni1 = 560 * 1e-4 - truth.poni1;
    const turned = { ...truth, poni1, rot2: -truth.rot2, wavelength: 4e-11 };
    await new AzimuthalIntegrator({ ...turned, detector: flipped }).save(path);
    const calibration = new Calibration(image, about);
    await calibration.load(path);
    expect(calibration.ai.detector.orientation).toBe(2);
    const { ai } = await calibration.refine();
    expect(Math.abs(ai.poni1 - poni1)).toBeLessThan(1e-5);
    expect(Math.abs(ai.rot2 + truth.rot2)).toBeLessThan(1e-4);
    await calibration.save(path);
    expect((await load(path)).detector.orientation).toBe(2);
  });

  it("says that a report needs a result", async () => {
    await expect(new Calibration(image, about).report()).rejects.toThrow("calibrate or refine");
  });

  it("has no points outside of a mask's", () => {
    const calibration = new Calibration(image, about);
    const y = (truth.poni1 + truth.dist * Math.tan(truth.rot2)) / 1e-4;
    const x = (truth.poni2 + truth.dist * (Math.tan(0.1281) - Math.tan(truth.rot1))) / 1e-4;
    expect(calibration.pick([y, x], { ring: 0 })).toBe(60);
    expect(calibration.ring).toBe(1);
    const mask = { data: new Uint8Array(560 * 540).fill(1), shape: image.shape };
    mask.data.fill(0, 0, 270 * 540);
    calibration.mask = mask;
    calibration.set({ points: [], ring: 0 });
    calibration.pick([y - 30, x - 2], { ring: 0, next: false });
    expect(calibration.ring).toBe(0);
    expect(Math.max(...calibration.points.map(([row]) => row))).toBeLessThan(270);
    expect(() => calibration.pick([500, 270])).toThrow("no ring is within");
  });
});
