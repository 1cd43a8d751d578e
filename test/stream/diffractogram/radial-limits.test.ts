import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Image } from "../../../src/array.js";
import { detector } from "../../../src/detector/detector-factory.js";
import { OptionError } from "../../../src/errors.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import { DiffractogramTool } from "../../../src/stream/diffractogram/diffractogram-tool.js";
import { radialLimits } from "../../../src/stream/diffractogram/radial-limits.js";
import { type DiffractogramRange, sectorOf } from "../../../src/stream/diffractogram/sector.js";
import type { DiffractogramUnit } from "../../../src/stream/diffractogram/unit.js";
import { readFixture } from "../../support/npy.js";

interface Case {
  readonly geometry: "manual" | "tilted";
  readonly range: DiffractogramRange;
  readonly unit: DiffractogramUnit;
  readonly radial_range: [number, number] | null;
  readonly azimuth_range: [number, number] | null;
  readonly x: number[];
  readonly y: number[];
  readonly count: number[];
}

interface Fixture {
  readonly shape: [number, number];
  readonly pixel: number;
  readonly wavelength: number;
  readonly npt: number;
  readonly masked_columns: [number, number];
  readonly geometries: Record<
    Case["geometry"],
    { dist: number; poni1: number; poni2: number; rot1: number; rot2: number; rot3: number }
  >;
  readonly cases: readonly Case[];
}

const folder = join(import.meta.dirname, "../../fixtures/diffractogram");
const fixture: Fixture = JSON.parse(readFileSync(join(folder, "diffractogram.json"), "utf8"));
const { shape, pixel, wavelength, npt } = fixture;

function integrator(name: Case["geometry"]): AzimuthalIntegrator {
  return new AzimuthalIntegrator({
    ...fixture.geometries[name],
    wavelength,
    detector: detector({ pixel1: pixel, pixel2: pixel, shape }),
  });
}

function image(name: Case["geometry"]): Image {
  return { data: readFixture(join(folder, `${name}.npy`)).data, shape };
}

function mask(): Image {
  const data = new Uint8Array(shape[0] * shape[1]);
  const [first, end] = fixture.masked_columns;
  for (let row = 0; row < shape[0]; row++)
    data.fill(1, row * shape[1] + first, row * shape[1] + end);
  return { data, shape };
}

describe.each(["manual", "tilted"] as const)("with the %s geometry", (name) => {
  const cases = fixture.cases.filter(({ geometry }) => geometry === name);
  const tool = new DiffractogramTool({
    ai: integrator(name),
    points: npt,
    mask: mask(),
    method: { engine: "js", split: "no" },
  });

  it.each(cases)("$unit over $range is what LaVue has pyFAI do", async (expected) => {
    const { range, unit, x, y, count, radial_range, azimuth_range } = expected;
    await tool.set({ ranges: [range], unit });
    await tool.put(image(name));
    await tool.next();
    const [pattern] = tool.patterns;
    const [low, high] = pattern!.radialRange ?? [];
    if (radial_range === null) expect(pattern!.radialRange).toBeUndefined();
    else {
      expect(low).toBeCloseTo(radial_range[0], 6);
      expect(high! / radial_range[1]).toBeCloseTo(1, 8);
    }
    expect(pattern!.azimuthRange ?? null).toEqual(azimuth_range);
    pattern!.radial.forEach((value, i) => {
      expect(Math.abs(value - x[i]!)).toBeLessThan(2e-6 * x.at(-1)!);
      // Its truncation to whole numbers brings pixels from below the lower limit into the first bin.
      if (count[i]! < 0.5 || (i === 0 && radial_range !== null)) return;
      expect(Math.abs(pattern!.intensity[i]! / y[i]! - 1)).toBeLessThan(2e-3);
    });
  });
});

describe("limits that pyFAI does not have", () => {
  const ai = integrator("manual");
  const limits = (range: DiffractogramRange, unit: DiffractogramUnit, of = ai) =>
    radialLimits(sectorOf(range), unit, of, shape);

  it("ends at the farthest pixel where a ray along the detector never meets it", () => {
    const farthest = Math.max(...ai.centerArray("r_mm", shape).data);
    expect(limits([null, null, 5, null], "r_mm").radialRange![1]).toBe(farthest);
    expect(limits([0, 40, 5, 90], "r_pixel").radialRange![1]).toBe(farthest);
    expect(limits([0, 40, 5, null], "2th_deg").radialRange).toEqual([5, 90]);
  });

  it("averages over the end that is seen where the other passes the detector by", () => {
    const steep = new AzimuthalIntegrator({
      ...fixture.geometries.manual,
      rot1: -0.8,
      wavelength,
      detector: detector({ pixel1: pixel, pixel2: pixel, shape }),
    });
    const seen = limits([0, 1e-9, 5, 60], "r_mm", steep).radialRange![1];
    const both = limits([0, 180, 5, 60], "r_mm", steep).radialRange![1];
    const other = limits([180, 180 + 1e-9, 5, 60], "r_mm", steep).radialRange![1];
    expect([seen, other]).toContainEqual(expect.closeTo(both, 6));
  });

  it("says that a sector misses a detector", () => {
    const away = new AzimuthalIntegrator({
      ...fixture.geometries.manual,
      rot1: 1.2,
      wavelength,
      detector: detector({ pixel1: pixel, pixel2: pixel, shape }),
    });
    const side = [0, 180].find((chi) => {
      try {
        limits([chi, chi + 1, 80, 85], "r_mm", away);
        return false;
      } catch (error) {
        expect(error).toBeInstanceOf(OptionError);
        expect((error as Error).message).toMatch(/passes this detector by/);
        return true;
      }
    });
    expect(side).toBeDefined();
  });

  it("needs a wavelength for q", () => {
    const { wavelength: _, ...rest } = { ...ai, wavelength: undefined };
    const blind = new AzimuthalIntegrator({ ...rest, detector: ai.detector });
    expect(() => limits([null, null, 5, 10], "q_A^-1", blind)).toThrow(/q_A\^-1 needs it/);
  });
});
