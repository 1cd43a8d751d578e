import { expect, it } from "vitest";
import { detector } from "../../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import { DiffractogramTool } from "../../../src/stream/diffractogram/diffractogram-tool.js";
import { integrator, level, newTool, rounded, SHAPE } from "./small-tool.js";

it("masks pixels that are not numbers, masked, or the detector's gaps in integers made floats", async () => {
  const image = level(5);
  const data = new Float32Array(image.data);
  data.fill(Number.NaN, 0, 500);
  data.fill(1000, 500, 800);
  const mask = { data: new Uint8Array(data.length), shape: SHAPE };
  mask.data.fill(1, 500, 800);
  const tool = newTool({ mask });
  await tool.put({ ...image, data });
  await tool.next();
  expect(tool.patterns[0]!.intensity.every((y) => Number.isNaN(y) || rounded(y) === 5)).toBe(true);

  const pilatus = new DiffractogramTool({
    ai: new AzimuthalIntegrator({
      ...{ dist: 0.1, poni1: 0.01, poni2: 0.01, wavelength: 1e-10 },
      detector: detector("Pilatus100k"),
    }),
    points: 50,
    maskAbove: 65534,
    correctSolidAngle: false,
    method: { engine: "js" },
  });
  const counts = new Uint16Array(195 * 487).fill(7);
  counts.fill(65534, 0, 3000);
  counts[5000] = 65535;
  await pilatus.put({ data: counts, shape: [195, 487] });
  await pilatus.next();
  for (const y of pilatus.patterns[0]!.intensity)
    expect(Number.isNaN(y) || Math.abs(y - 7) < 1e-9).toBe(true);
});

it("gives a wrap-around sector the pixels of both its parts", async () => {
  const tool = newTool({
    ranges: [
      [170, 190, 1, 12],
      [170, 180, 1, 12],
      [-180, -170, 1, 12],
      [-190, -170, 1, 12],
    ],
  });
  const image = level(0);
  for (let i = 0; i < image.data.length; i++) image.data[i] = 100 + i;
  await tool.put(image);
  await tool.next();
  const [both, upper, lower, same] = tool.patterns.map(({ intensity }) => intensity);
  both!.forEach((y, i) => {
    const parts = [upper![i]!, lower![i]!].filter((part) => !Number.isNaN(part));
    if (parts.length < 2) return;
    expect(y).toBeGreaterThanOrEqual(Math.min(...parts) - 1e-9);
    expect(y).toBeLessThanOrEqual(Math.max(...parts) + 1e-9);
  });
  expect(same!.map(rounded)).toEqual(both!.map(rounded));
});

it("finds and fits peaks, the highest first and no more than asked for", async () => {
  const tool = newTool({ points: 300, peakLimit: 2 });
  const tth = integrator().centerArray("2th_deg", SHAPE).data;
  const data = Float32Array.from(tth, (angle) => {
    const peak = (at: number, height: number): number =>
      height * Math.exp(-(((angle - at) / 0.8) ** 2));
    return 10 + peak(3, 50) + peak(6, 200) + peak(9, 100);
  });
  expect(tool.peaks).toEqual([]);
  await tool.put({ data, shape: SHAPE });
  await tool.next();
  const [peaks] = tool.peaks;
  expect(peaks!.length).toBe(2);
  expect(peaks!.map(({ position }) => Math.round(position * 10) / 10)).toEqual([6, 9]);
  const [{ value, width, sigma }] = peaks as [NonNullable<typeof peaks>[number]];
  expect(Math.abs(value - 210)).toBeLessThan(12);
  expect(Math.abs(width / (0.8 * 2 * Math.sqrt(Math.LN2)) - 1)).toBeLessThan(0.15);
  for (const error of Object.values(sigma)) expect(error).toBeGreaterThan(0);
  await tool.set({ peakLimit: 20 });
  expect(tool.peaks[0]!.length).toBe(3);
});
