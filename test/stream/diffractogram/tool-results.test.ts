import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { reflectionName, reflections } from "../../../src/calibrant/reflections.js";
import { load } from "../../../src/integrate/load.js";
import { simulatePowder } from "../../../src/simulate/powder.js";
import type { DiffractogramPattern } from "../../../src/stream/diffractogram/diffractogram-pattern.js";
import { DiffractogramTool } from "../../../src/stream/diffractogram/diffractogram-tool.js";
import { toolResultsSchema } from "../../../src/stream/diffractogram/results-schema.js";
import { type ToolResults, toolResults } from "../../../src/stream/diffractogram/tool-results.js";

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(toolResultsSchema);
const folder = join(import.meta.dirname, "../../fixtures/diffractogram");

const pattern: DiffractogramPattern = {
  radial: Float64Array.of(1, 2, 4),
  intensity: Float64Array.of(5, Number.NaN, 7),
  unit: "r_mm",
  radialRange: [0.5, 4.5],
};
const peaks = [
  { position: 4, value: 7, width: 1, sigma: { position: 0.1, value: 1, width: 0.2 } },
  { position: 1, value: 5, width: 1, sigma: { position: 0.1, value: 1, width: 0.2 } },
];
const results = toolResults({
  imageName: "a.tif",
  timestamp: 1234.5,
  calibration: "detector.poni",
  unit: "r_mm",
  patterns: [pattern, { ...pattern, azimuthRange: [170, 190] }],
  peaks: [peaks, []],
});

it("has LaVue's keys, and no others", () => {
  expect(results).toEqual({
    tool: "diffractogram",
    imagename: "a.tif",
    timestamp: 1234.5,
    nrdiffs: 2,
    calibration: "detector.poni",
    unit: "r_mm",
    radial_range_1: [0.5, 4.5],
    azimuth_range_1: null,
    diff_1: [
      [1, 2, 4],
      [5, 0, 7],
    ],
    peaks_1: [
      [4, 1],
      [7, 5],
    ],
    peaks_1_error: 2,
    radial_range_2: [0.5, 4.5],
    azimuth_range_2: [170, 190],
    diff_2: [
      [1, 2, 4],
      [5, 0, 7],
    ],
    peaks_2: [[], []],
    peaks_2_error: 2,
  });
  expect(validate(results)).toBe(true);
  expect(validate(JSON.parse(JSON.stringify(results)))).toBe(true);
});

it("has none of a diffractogram where there is none", () => {
  const none = {
    imageName: "",
    timestamp: 0,
    calibration: undefined,
    unit: "r_mm",
  } as const;
  const empty = toolResults({ ...none, patterns: [], peaks: [] });
  expect(Object.keys(empty).sort()).toEqual(
    ["calibration", "imagename", "nrdiffs", "timestamp", "tool", "unit"].sort(),
  );
  expect(validate(empty)).toBe(true);
});

it.each([
  ["tool", "roi"],
  ["imagename", null],
  ["timestamp", "now"],
  ["nrdiffs", 1.5],
  ["nrdiffs", -1],
  ["calibration", null],
  ["unit", "r [mm]"],
  ["diff_1", [[1, 2]]],
  ["diff_1", [[1], [null]]],
  ["diff_1", [[1], [2], [3]]],
  ["diff_0", [[1], [2]]],
  ["diff_x", [[1], [2]]],
  ["radial_range_1", [1]],
  ["radial_range_1", [1, 2, 3]],
  ["azimuth_range_1", ["a", "b"]],
  ["azimuth_range_1", 3],
  ["peaks_1", [1, 2]],
  ["peaks_1_error", -1],
  ["peaks_1_error", [1]],
  ["peaks_1_fit", []],
])("is refused by its schema with %s %j", (key, value) => {
  expect(validate({ ...results, [key]: value })).toBe(false);
});

it.each(["tool", "imagename", "timestamp", "nrdiffs", "calibration", "unit"])(
  "is refused by its schema without %s",
  (key) => {
    const { [key as "tool"]: _, ...rest } = results;
    expect(validate(rest)).toBe(false);
  },
);

describe("LaVue's examples on a powder with lines in all of their ranges", async () => {
  const ai = await load(join(folder, "eiger4m_al2o3.poni"));
  const { dist, poni1, poni2, rot1, rot2, rot3, wavelength, detector } = ai;
  const lattice = { a: 12 };
  const planes = reflections(lattice, 2.5);
  const intensities = Object.fromEntries(planes.map((plane) => [reflectionName(plane), 100]));
  const image = simulatePowder({
    ...{ dist, poni1, poni2, rot1, rot2, rot3, wavelength: wavelength!, detector },
    phases: [{ lattice, fwhm: 0.12, counts: 800, intensities }],
    seed: 3,
  });
  const lines = planes.map(
    ({ d }) => (2 * Math.asin((wavelength! * 1e10) / (2 * d)) * 180) / Math.PI,
  );

  async function resultsOf(name: string): Promise<ToolResults[]> {
    const configuration = JSON.parse(readFileSync(join(folder, name), "utf8"));
    const tool = new DiffractogramTool();
    const emitted: ToolResults[] = [];
    tool.onResults((result) => emitted.push(result));
    await tool.configure({
      ...configuration,
      calibration: join(folder, configuration.calibration),
    });
    await tool.put({ ...image, source: "powder.cbf", timestamp: 5 });
    if (configuration.show_diff) {
      expect(tool.buffers.map(({ length }) => length)).toEqual([1, 1]);
      expect(tool.settings).toMatchObject({ mainPlot: 1, bufferSize: 512, isBuffering: true });
    } else {
      expect(emitted).toEqual([]);
      await tool.next();
    }
    for (const result of emitted) expect(validate(result)).toBe(true);
    return emitted;
  }

  /** Each peak lies on a line within the range, and each strong line within it is a peak. */
  function expectLines(
    positions: readonly number[],
    expected: readonly number[],
    step: number,
  ): void {
    for (const position of positions) {
      expect(Math.min(...expected.map((line) => Math.abs(line - position)))).toBeLessThan(step);
    }
    expect(positions.length).toBeGreaterThan(0);
  }

  it("gives that of the controller in degrees", async () => {
    const [result, ...more] = await resultsOf("lavue-controller.json");
    expect(more).toEqual([]);
    expect(result).toMatchObject({
      ...{
        tool: "diffractogram",
        imagename: "powder.cbf",
        timestamp: 5,
        nrdiffs: 2,
        unit: "2th_deg",
      },
      ...{ radial_range_1: [0, 20], azimuth_range_1: [10, 20] },
      ...{ radial_range_2: [5, 15], azimuth_range_2: [0, 30] },
      calibration: join(folder, "eiger4m_al2o3.poni"),
    });
    expect(result!.diff_1!.map((part) => part.length)).toEqual([1000, 1000]);
    expect(result!.diff_1![0][0]).toBeCloseTo(0.01, 6);
    expect(result!.peaks_1_error).toBeCloseTo(0.02, 6);
    expectLines(result!.peaks_1![0], lines, 0.02);
    expect(result!.peaks_1![0].length).toBe(lines.filter((line) => line < 19.9).length);
    expectLines(result!.peaks_2![0], lines, 0.02);
    expect([...result!.peaks_2![1]].sort((a, b) => b - a)).toEqual(result!.peaks_2![1]);
  });

  it("gives that of the manual in millimetres", async () => {
    const [result] = await resultsOf("lavue-manual.json");
    expect(result).toMatchObject({
      unit: "r_mm",
      azimuth_range_1: [10, 20],
      azimuth_range_2: [-5, 5],
    });
    const radius = (degrees: number): number => dist * 1e3 * Math.tan((degrees * Math.PI) / 180);
    // A tilt of 0.2° changes r by some 0.1 %.
    [0, 10].forEach((angle, i) => {
      expect(Math.abs(result!.radial_range_1![i]! - radius(angle))).toBeLessThan(0.1);
    });
    [5, 15].forEach((angle, i) => {
      expect(Math.abs(result!.radial_range_2![i]! - radius(angle))).toBeLessThan(0.1);
    });
    expectLines(result!.peaks_1![0], lines.map(radius), 0.1);
    expectLines(result!.peaks_2![0], lines.map(radius), 0.1);
  });
});
