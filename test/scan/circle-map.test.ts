import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  AzimuthalIntegrator,
  circleMap,
  detector,
  type Image,
  readImage,
  writeScanMap,
} from "../../src/index.js";
import { image, shape, smallScan } from "./small-scan.js";

const [rows, columns] = shape;

/** The sum over pixels that a test picks by row and column. */
function sumOf(frame: Image, picks: (row: number, column: number) => boolean): number {
  let sum = 0;
  for (const [i, value] of frame.data.entries()) {
    if (picks(Math.floor(i / columns), i % columns)) sum += value;
  }
  return sum;
}

const ai = new AzimuthalIntegrator({
  dist: 0.1,
  poni1: 6e-4,
  poni2: 9e-4,
  rot1: 0.05,
  wavelength: 1e-10,
  detector: detector({ pixel1: 1e-4, shape: [rows, columns] }),
});

describe("circleMap", () => {
  it("sums the pixels whose centres lie on a ring, both edges in it", async () => {
    const { folder, frames } = await smallScan(6);
    const ring = { center: [8, 5], radius: 4, width: 2 } as const;
    const map = await circleMap(folder, { fast: 3, slow: 2, ...ring });
    const isOn = (row: number, column: number): boolean => {
      const r = Math.hypot(column - 8, row - 5);
      return r >= 3 && r <= 5;
    };
    expect(isOn(5, 11) && isOn(5, 13) && isOn(5, 3) && !isOn(5, 10)).toBe(true);
    expect([...map.sum.data]).toEqual(frames.map((frame) => sumOf(frame, isOn)));
    expect(map.pixels).toBe(sumOf({ data: new Uint8Array(rows * columns).fill(1), shape }, isOn));
    expect([...map.mean.data]).toEqual([...map.sum.data].map((sum) => sum / map.pixels));
    expect(map.region).toEqual({ row: 0, column: 3, rows: 11, columns: 11 });
    expect(map).toMatchObject({ shape: [2, 3], isComplete: true });
  });

  it("takes a centre between pixels and beyond the image, and from the bottom", async () => {
    const { folder, frames } = await smallScan(1);
    const ring = { radius: 10.5, width: 3 } as const;
    const scan = { fast: 1, slow: 1 } as const;
    const beside = await circleMap(folder, { ...scan, ...ring, center: [-2.5, 3.25] });
    const near = (y: number) => (row: number, column: number) =>
      Math.abs(Math.hypot(column + 2.5, row - y) - 10.5) <= 1.5;
    expect(beside.sum.data[0]).toBe(sumOf(frames[0]!, near(3.25)));
    const lower = { ...scan, ...ring, center: [-2.5, 3.25], origin: "lower" } as const;
    const below = await circleMap(folder, lower);
    expect(below.sum.data[0]).toBe(sumOf(frames[0]!, near(rows - 1 - 3.25)));
  });

  it("takes a sector, across ±180° too", async () => {
    const { folder, frames } = await smallScan(1);
    const ring = { fast: 1, slow: 1, center: [8, 5], radius: 3, width: 4 } as const;
    const map = await circleMap(folder, { ...ring, azimuthRange: [135, 225] });
    const isWest = (row: number, column: number): boolean => {
      const [dx, dy] = [column - 8, row - 5];
      const r = Math.hypot(dx, dy);
      return r >= 1 && r <= 5 && dx < 0 && Math.abs(dy) <= -dx;
    };
    expect(map.sum.data[0]).toBe(sumOf(frames[0]!, isWest));
    const east = await circleMap(folder, { ...ring, azimuthRange: [-45, 45] });
    expect(east.pixels).toBe(map.pixels);
  });

  it("takes a ring of q or 2θ, and a sector of it, by the calibration", async () => {
    const { folder, frames } = await smallScan(2);
    for (const unit of ["2th_deg", "q_nm^-1"]) {
      const radial = ai.centerArray(unit, [rows, columns]).data;
      const chi = ai.chiArray([rows, columns]).data;
      const radius = radial[3 * columns + 14]!;
      const width = 0.2 * radius;
      const ring = { fast: 2, slow: 1, ai, unit, radius, width } as const;
      const map = await circleMap(folder, { ...ring, azimuthRange: [-90, 0] });
      const isOn = (row: number, column: number): boolean => {
        const i = row * columns + column;
        return (
          Math.abs(radial[i]! - radius) <= width / 2 && chi[i]! <= 0 && chi[i]! >= -Math.PI / 2
        );
      };
      expect(map.pixels).toBeGreaterThan(4);
      expect([...map.sum.data]).toEqual(frames.map((frame) => sumOf(frame, isOn)));
    }
  });

  it("leaves out masked pixels, and corrects the others", async () => {
    const { folder, frames } = await smallScan(1);
    const mask: Image = {
      data: Uint8Array.from({ length: rows * columns }, (_, i) => i % 3),
      shape,
    };
    const dark: Image = { data: new Float32Array(rows * columns).fill(2), shape };
    const flat: Image = { data: image(5).data.map((value) => value / 500), shape };
    const ring = { fast: 1, slow: 1, center: [8, 5], radius: 3, width: 4 } as const;
    const map = await circleMap(folder, { ...ring, mask, dark, flat });
    let [sum, count] = [0, 0];
    sumOf(frames[0]!, (row, column) => {
      const i = row * columns + column;
      const r = Math.hypot(column - 8, row - 5);
      if (i % 3 !== 0 || r < 1 || r > 5) return false;
      sum += (frames[0]!.data[i]! - 2) / flat.data[i]!;
      count++;
      return true;
    });
    expect(Math.abs(map.sum.data[0]! - sum)).toBeLessThan(1e-9 * sum);
    expect(Math.abs(map.mean.data[0]! - sum / count)).toBeLessThan(1e-9 * sum);
  });

  it("is the same in threads, and is written", async () => {
    const { folder } = await smallScan(8);
    const ring = { fast: 4, slow: 2, center: [8, 5], radius: 4, width: 2 } as const;
    const map = await circleMap(folder, { ...ring, workers: 0 });
    expect(await circleMap(folder, { ...ring, workers: 2 })).toEqual(map);
    for (const end of [".edf", ".tif", ".nxs"]) {
      const path = join(folder, "out", `ring${end}`);
      expect(await writeScanMap(path, map)).toEqual([path]);
      const read = await readImage(path);
      expect(read.shape).toEqual([2, 4]);
      expect(Float32Array.from(read.data)).toEqual(Float32Array.from(map.sum.data));
    }
  });

  it("says what is missing", async () => {
    const { folder } = await smallScan(1);
    const scan = { fast: 1, slow: 1, radius: 3, width: 1 } as const;
    await expect(circleMap(folder, scan)).rejects.toThrow(/needs its centre/);
    await expect(circleMap(folder, { ...scan, unit: "2th_deg" })).rejects.toThrow(/calibration/);
    await expect(circleMap(folder, { ...scan, center: [5, 5], radius: 400 })).rejects.toThrow(
      /no pixel of the 12 × 18/,
    );
    await expect(
      circleMap(folder, { ...scan, center: [5, 5], azimuthRange: [10, 400] }),
    ).rejects.toThrow(/at most 360 wide/);
  });
});
