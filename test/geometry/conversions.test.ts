import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMidas, parseMidas } from "../../src/config/midas/geometry.js";
import type { Orientation } from "../../src/detector/detector.js";
import { convertOrientation } from "../../src/geometry/convert-orientation.js";
import { formatCrystfel, parseCrystfel } from "../../src/geometry/crystfel.js";
import type { Geometry } from "../../src/geometry/geometry.js";
import { type ImageD11, imageD11ToPoni, poniToImageD11 } from "../../src/geometry/imaged11.js";
import { midasToPoni, poniToMidas } from "../../src/geometry/midas.js";
import { twoThetaOf } from "../support/radial-error.js";

interface Fixture {
  pixel1: number;
  pixel2: number;
  shape: [number, number];
  cases: {
    poni: Geometry;
    orientation: Orientation;
    to: Orientation;
    imaged11: ImageD11;
    flipped: Geometry;
  }[];
}
const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/geometry/conversions.json", import.meta.url), "utf8"),
) as Fixture;

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const geometries = fc.record({
  dist: number(0.05, 3),
  poni1: number(-0.2, 0.4),
  poni2: number(-0.2, 0.4),
  rot1: number(-0.6, 0.6),
  rot2: number(-0.6, 0.6),
  rot3: number(-3, 3),
});

function expectNear<T extends object>(actual: T, expected: T, tolerance: number): void {
  for (const key of Object.keys(expected) as (keyof T & string)[]) {
    const [a, b] = [actual[key] as number, expected[key] as number];
    const allowed = tolerance * Math.max(1, Math.abs(b));
    expect(Math.abs(a - b), `${key}: ${a}, not ${b}`).toBeLessThanOrEqual(allowed);
  }
}

/** Largest difference of 2θ over a detector of 300 × 300 pixels of 100 µm. */
function difference(a: Geometry, b: Geometry): number {
  let most = 0;
  for (let y = 0.00005; y < 0.03; y += 0.0015) {
    for (let x = 0.00005; x < 0.03; x += 0.0015) {
      most = Math.max(most, Math.abs(twoThetaOf(a, [y, x]) - twoThetaOf(b, [y, x])));
    }
  }
  return most;
}

describe("ImageD11", () => {
  it.each(fixture.cases)("is as in pyFAI, orientation $orientation", (c) => {
    const found = poniToImageD11(c.poni, { ...fixture, orientation: c.orientation });
    expectNear(found, c.imaged11, 1e-9);
    const back = imageD11ToPoni(found, fixture.shape);
    expect(back.orientation).toBe(c.orientation);
    expectNear(back.geometry, c.poni, 1e-12);
  });

  it("refuses exchanged rows and columns", () => {
    const given = { ...fixture.cases[0]!.imaged11, o12: 1 };
    expect(() => imageD11ToPoni(given, fixture.shape)).toThrow(/transpose the image/);
  });
});

describe("orientations", () => {
  it.each(fixture.cases)("$orientation to $to is as in pyFAI", (c) => {
    const found = convertOrientation(c.poni, fixture, fixture.shape, c.orientation, c.to);
    // pyFAI takes the corners of pixels in single precision.
    expectNear(found, c.flipped, 2e-9);
  });
});

describe("MIDAS", () => {
  it("goes to PONI and back", () => {
    fc.assert(
      fc.property(geometries, (geometry) => {
        const midas = poniToMidas(geometry, 2e-4, 1.2e-11);
        const back = midasToPoni(parseMidas(formatMidas(midas), "a.txt"));
        expectNear(back, geometry, 1e-11);
        expect(difference(back, geometry)).toBeLessThan(1e-9);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it("needs the size of a pixel", () => {
    const { poni } = fixture.cases[0]!;
    for (const pixel of [undefined as never, 0, Number.NaN, -1e-4]) {
      expect(() => poniToMidas(poni, pixel)).toThrow(/pixel: is to be the size .* in metres/);
    }
  });

  it("has the radius of MIDAS' own formula", () => {
    const midas = { Lsd: 1e6, BC: [1021.3, 998.7] as const, tx: 3, ty: 0.4, tz: -0.7, px: 200 };
    const degree = Math.PI / 180;
    const [cx, sx] = [Math.cos(3 * degree), Math.sin(3 * degree)];
    const [cy, sy] = [Math.cos(0.4 * degree), Math.sin(0.4 * degree)];
    const [cz, sz] = [Math.cos(-0.7 * degree), Math.sin(-0.7 * degree)];
    const geometry = midasToPoni(midas);
    for (const [Y, Z] of [
      [10, 20],
      [1800, 300],
      [900, 2000],
    ] as const) {
      const [Yc, Zc] = [(midas.BC[0] - Y) * 200, (Z - midas.BC[1]) * 200];
      // Rx·Ry·Rz·(0, Yc, Zc)ᵀ, then Lsd along the beam.
      const a = [-sz * Yc, cz * Yc, Zc] as const;
      const b = [cy * a[0] + sy * a[2], a[1], cy * a[2] - sy * a[0]] as const;
      const lab = [b[0] + midas.Lsd, cx * b[1] - sx * b[2], sx * b[1] + cx * b[2]] as const;
      const expected = Math.atan2(Math.hypot(lab[1], lab[2]), lab[0]);
      const found = twoThetaOf(geometry, [(Z + 0.5) * 2e-4, (Y + 0.5) * 2e-4]);
      expect(found).toBeCloseTo(expected, 12);
    }
  });

  it("refuses what a PONI file cannot hold", () => {
    const text = "Lsd 1000000\nBC 1 2\npx 200\n";
    expect(parseMidas(text, "a.txt")).toMatchObject({ Lsd: 1e6, BC: [1, 2], tx: 0 });
    expect(() => parseMidas(`${text}p0 0.001\n`, "a.txt")).toThrow(/p0 is a distortion/);
    expect(() => parseMidas(`${text}ImTransOpt 2\n`, "a.txt")).toThrow(/flips the image/);
    expect(() => parseMidas("Lsd abc\n", "a.txt")).toThrow(/a.txt: line 1: Lsd needs a number/);
    expect(() => parseMidas("px 200\nBC 1 2", "a.txt")).toThrow(/a.txt: the entry Lsd is missing/);
    expect(() => parseMidas(`${text}p0 0.001\n`, "a.txt")).toThrow(/midasPlan/);
    expect(() => parseMidas(`${text}Parallax 30\n`, "a.txt")).toThrow(/Parallax/);
    expect(() => parseMidas(`${text}pxZ 100\n`, "a.txt")).toThrow(/pxY and pxZ/);
    expect(() => parseMidas(`${text}DistortionFile d.bin\n`, "a.txt")).toThrow(/DistortionFile/);
  });
});

describe("CrystFEL", () => {
  it("goes to PONI and back", () => {
    fc.assert(
      fc.property(geometries, (geometry) => {
        const pixels = { pixel1: 1e-4, pixel2: 1e-4 };
        const text = formatCrystfel(geometry, pixels, [300, 310], 1.3e-10);
        const back = parseCrystfel(text, "a.geom");
        expect(back.shape).toEqual([300, 310]);
        expect(back.wavelength).toBeCloseTo(1.3e-10, 20);
        expectNear(back.geometry, geometry, 1e-9);
        expect(difference(back.geometry, geometry)).toBeLessThan(1e-9);
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it("reads a file by hand", () => {
    const text = `; a comment
photon_energy = 12398.41984332 eV
res = 10000
clen = 100 mm
p0/min_fs = 0
p0/max_fs = 99
p0/min_ss = 0
p0/max_ss = 199
p0/corner_x = 50   ; to the left
p0/corner_y = -100
p0/fs = -x
p0/ss = +y
`;
    const { geometry, pixel, shape, wavelength } = parseCrystfel(text, "a.geom");
    expect([pixel, ...shape]).toEqual([1e-4, 200, 100]);
    expect(wavelength).toBeCloseTo(1e-10, 18);
    expectNear(
      geometry,
      { dist: 0.1, poni1: 0.01, poni2: 0.005, rot1: 0, rot2: 0, rot3: 0 },
      1e-12,
    );
    const two = text.replace("p0/ss", "p1/ss");
    expect(() => parseCrystfel(two, "a.geom")).toThrow(/2 panels/);
    expect(() => parseCrystfel(text.replace("-x", "+x"), "a.geom")).toThrow(/from behind/);
  });
});
