import { describe, expect, it } from "vitest";
import type { Image } from "../../src/array.js";
import type { SimulateOptions } from "../../src/simulate/index.js";
import { calibrant, reflections, simulatePowder } from "../../src/simulate/index.js";
import { plainDetector } from "./plain-detector.js";

const WAVELENGTH = 2e-11;
const PIXEL = 2e-4;
const base: SimulateOptions = {
  dist: 0.3,
  poni1: 0.04,
  poni2: 0.04,
  wavelength: WAVELENGTH,
  detector: plainDetector(PIXEL, [400, 400]),
  phases: [{ lattice: "CeO2", fwhm: 0.12 }],
};
/** One ring, Gaussian and ten pixels wide, so that its place can be read off finely. */
const wide = { lattice: "CeO2", fwhm: 0.4, eta: 0, intensities: { "111": 1 } };
const ideal: SimulateOptions = {
  ...base,
  noise: false,
  polarizationFactor: null,
  solidAngle: false,
};

describe("simulatePowder", () => {
  it("puts rings where Bragg's law does", () => {
    const d = reflections(calibrant("CeO2").lattice!, 2)[0]!.d;
    const expected = 2 * Math.asin(0.2 / (2 * d));
    const image = simulatePowder({ ...ideal, phases: [wide] });
    for (const angle of [0, 45, 90, 200, 301]) {
      expect(twoThetaOfRing(image, angle, expected + 1e-4)).toBeCloseTo(expected, 6);
    }
  });

  it("puts rings where the detector is, tilted and turned", () => {
    const tilted = { ...ideal, rot1: 0.2, rot2: -0.1, rot3: 0.7, poni2: -0.02 };
    const { data } = simulatePowder(tilted);
    // pyFAI's f_t1 … f_t3, of pixel (137, 251).
    const [a, b, L] = [137.5 * PIXEL - 0.04, 251.5 * PIXEL + 0.02, 0.3];
    const [c1, s1, c2, s2, c3, s3] = [0.2, -0.1, 0.7].flatMap((r) => [
      Math.cos(r),
      Math.sin(r),
    ]) as [number, number, number, number, number, number];
    const t1 = a * c2 * c3 + b * (c3 * s1 * s2 - c1 * s3) - L * (c1 * c3 * s2 + s1 * s3);
    const t2 = a * c2 * s3 + b * (c1 * c3 + s1 * s2 * s3) - L * (c1 * s2 * s3 - c3 * s1);
    const t3 = a * s2 - b * c2 * s1 + L * c1 * c2;
    const there = Math.atan2(Math.hypot(t1, t2), t3);
    const straight = { ...ideal, shape: [1, 1] as const, detector: plainDetector(1e-9, [1, 1]) };
    const one = { ...straight, poni1: 0, poni2: 0, rot1: there };
    expect(data[137 * 400 + 251]! / simulatePowder(one).data[0]!).toBeCloseTo(1, 3);
  });

  it("strains rings into ellipses along the given direction", () => {
    const strain = { direction: 30, e11: 0.004, e22: -0.0012, e12: 0.0005 };
    const phases = [{ ...wide, strain }];
    const strained = simulatePowder({ ...ideal, phases });
    const d0 = reflections(calibrant("CeO2").lattice!, 2)[0]!.d;
    const guess = 2 * Math.asin(0.2 / (2 * d0));
    for (const direction of [0, 30, 77, 120, 210]) {
      const theta = twoThetaOfRing(strained, direction, guess) / 2;
      const measured = 0.2 / (2 * Math.sin(theta)) / d0 - 1;
      const phi = ((direction - 30) * Math.PI) / 180;
      const plane =
        0.004 * Math.cos(phi) ** 2 - 0.0012 * Math.sin(phi) ** 2 + 0.0005 * Math.sin(2 * phi);
      expect(measured).toBeCloseTo(plane * Math.cos(theta) ** 2, 5);
    }
  });

  it("has Poisson noise around the expectation", () => {
    const options = { ...base, background: { flat: 4 } };
    const expected = simulatePowder({ ...options, noise: false }).data;
    const measured = simulatePowder({ ...options, dtype: "float32" }).data;
    let sum = 0;
    for (const [i, mean] of expected.entries()) sum += (measured[i]! - mean) ** 2 / mean;
    expect(Math.abs(sum / expected.length - 1)).toBeLessThan(5 * Math.sqrt(2.3 / expected.length));
  });

  it("gives the same bytes for the same seed, and others for another seed or exposure", () => {
    const options = { ...base, deadPixels: 20, hotPixels: 20, background: { flat: 3 } };
    const image = simulatePowder({ ...options, seed: 5 });
    expect(simulatePowder({ ...options, seed: 5 }).data).toEqual(image.data);
    expect(simulatePowder({ ...options, seed: 6 }).data).not.toEqual(image.data);
    const again = simulatePowder({ ...options, seed: 5, exposure: 1 });
    expect(again.data).not.toEqual(image.data);
    const hot = (data: ArrayLike<number>) => Array.from(data).map((value) => value > 30_000);
    expect(hot(again.data)).toEqual(hot(image.data));
    expect(hot(image.data).filter(Boolean).length).toBe(20);
  });

  it("shines spots in the directions that are displayed", () => {
    const spots = [0, 90, 180, 250].map((direction) => ({
      direction,
      twoTheta: 5,
      counts: 1000,
      width: 0.2,
    }));
    const image = simulatePowder({ ...ideal, phases: [], spots });
    const radius = (0.3 * Math.tan((5 * Math.PI) / 180)) / PIXEL;
    for (const { direction } of spots) {
      const angle = (direction * Math.PI) / 180;
      const row = Math.floor(200 - radius * Math.cos(angle));
      const column = Math.floor(200 + radius * Math.sin(angle));
      expect(image.data[row * 400 + column]!).toBeGreaterThan(800);
    }
    expect(
      Float64Array.from(image.data).reduce((count, value) => count + Number(value > 500), 0),
    ).toBeLessThan(120);
  });

  it("turns texture and grains around a ring without changing its mean", () => {
    const texture = [{ ring: "111", amplitude: 0.8, direction: 90 }];
    const even = simulatePowder({ ...ideal, phases: [{ lattice: "CeO2", fwhm: 0.12 }] });
    const phases = [{ lattice: "CeO2", fwhm: 0.12, texture, grains: { perPlane: 5 } }];
    const uneven = simulatePowder({ ...ideal, phases });
    const total = (image: Image) =>
      Float64Array.from(image.data).reduce((sum, value) => sum + value, 0);
    expect(total(uneven) / total(even)).toBeCloseTo(1, 1);
    const ratio = simulatePowder({
      ...ideal,
      phases: [{ lattice: "CeO2", fwhm: 0.12, texture, intensities: { "111": 1 } }],
    });
    const d0 = reflections(calibrant("CeO2").lattice!, 2)[0]!.d;
    const radius = (0.3 * Math.tan(2 * Math.asin(0.2 / (2 * d0)))) / PIXEL;
    const [east, north] = [
      ratio.data[200 * 400 + 200 + Math.floor(radius)],
      ratio.data[Math.floor(200 - radius) * 400 + 200],
    ];
    expect(east! / north!).toBeCloseTo(9, 0);
  });

  it("marks gaps, dims pixels behind the beam stop and saturates", () => {
    const mask = new Uint8Array(160_000);
    mask.fill(1, 40_000, 44_000);
    const detector = plainDetector(PIXEL, [400, 400], mask);
    const options = { ...base, detector, background: { flat: 50 }, saturation: 700 };
    const beamStop = { radius: 0.004, arm: { direction: 180, width: 0.002 } };
    for (const [dtype, gap] of [
      ["uint16", 0],
      ["int32", -1],
      ["float32", -1],
    ] as const) {
      const { data } = simulatePowder({ ...options, dtype, beamStop });
      expect(data[42_000]).toBe(gap);
      expect(data[200 * 400 + 205]).toBe(0);
      expect(data[390 * 400 + 200]).toBe(0);
      expect(data[10 * 400 + 200]).toBeGreaterThan(10);
      expect(Float64Array.from(data).reduce((most, value) => Math.max(most, value), 0)).toBe(700);
    }
  });

  it("applies polarization and solid angle as the corrections have them", () => {
    const flat = { ...base, phases: [], background: { flat: 100 }, noise: false, dist: 0.05 };
    const at = (options: SimulateOptions, pixel: number) => simulatePowder(options).data[pixel]!;
    const east = 200 * 400 + 390;
    const r = 190.5 * PIXEL;
    const twoTheta = Math.atan2(Math.hypot(r, PIXEL / 2), 0.05);
    const cos = Math.cos(twoTheta);
    expect(at({ ...flat, polarizationFactor: null }, east)).toBeCloseTo(100 * cos ** 3, 3);
    const bright = at({ ...flat, solidAngle: false, polarizationFactor: 1 }, east);
    expect(bright).toBeCloseTo(100 * cos ** 2, 1);
  });

  it("refuses what cannot be", () => {
    const phases = [{ lattice: "CeO2", intensities: { "110": 1 } }];
    expect(() => simulatePowder({ ...base, phases })).toThrow(
      /no ring "110" .* there are 111, 200/,
    );
    expect(() => simulatePowder({ ...base, wavelength: 0 })).toThrow(/^wavelength: is 0/);
    expect(() => simulatePowder({ ...base, wavelength: 0.15 })).toThrow(/in metres/);
    expect(() => simulatePowder({ ...base, seed: 1.5 })).toThrow(/^seed: is 1.5/);
    expect(() => simulatePowder({ ...base, hotPixels: -1 })).toThrow(/^hotPixels: is -1/);
    expect(() => simulatePowder({ ...base, saturation: 0 })).toThrow(/^saturation: is 0/);
    expect(() => simulatePowder({ ...base, polarizationFactor: 2 })).toThrow(/−1 to 1/);
    expect(() => simulatePowder({ ...base, background: { flat: Number.NaN } })).toThrow(
      /^flat: is NaN/,
    );
    const wrong = { ...base, dtype: "uint8" as "uint16" };
    expect(() => simulatePowder(wrong)).toThrow(/choose uint16, int32, float32/);
    const slip = { ...base, phase: [] };
    expect(() => simulatePowder(slip)).toThrow(/did you mean phases/);
    expect(() => simulatePowder({ ...base, phases: [{ lattice: "CeO2", fwhm: -1 }] })).toThrow(
      /^fwhm: gives a width of -1°/,
    );
  });
});

/** 2θ of a ring along a direction: its centre of mass, of a Gaussian within ±2 widths of a guess. */
function twoThetaOfRing({ data }: Image, direction: number, guess: number): number {
  const angle = (direction * Math.PI) / 180;
  let mass = 0;
  let moment = 0;
  for (let offset = -0.8; offset <= 0.8; offset += 0.002) {
    const twoTheta = guess + (offset * Math.PI) / 180;
    const radius = (0.3 * Math.tan(twoTheta)) / PIXEL;
    const value = bicubic(data, 199.5 - radius * Math.cos(angle), 199.5 + radius * Math.sin(angle));
    mass += value;
    moment += value * offset;
  }
  return guess + ((moment / mass) * Math.PI) / 180;
}

/** Catmull–Rom in both directions: the profile is many pixels wide, so this is good to 10⁻³ pixel. */
function bicubic(data: ArrayLike<number>, y: number, x: number): number {
  const [row, column] = [Math.floor(y), Math.floor(x)];
  const along = (r: number) =>
    cubic(
      [-1, 0, 1, 2].map((i) => data[r * 400 + column + i]!),
      x - column,
    );
  return cubic(
    [-1, 0, 1, 2].map((i) => along(row + i)),
    y - row,
  );
}

function cubic(p: number[], t: number): number {
  const [a, b, c, d] = p as [number, number, number, number];
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
