import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { FileFormatError } from "../../src/errors.js";
import { Journal } from "../../src/scan/journal.js";
import { patternLayout } from "../../src/scan/pattern-layout.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { scanImage, scanIntegrator } from "./scan-images.js";

const method = { engine: "js" } as const;
const place = (index: number) => ({
  index,
  point: index,
  file: 0,
  frame: index,
  monitor: index + 0.5,
});

async function written() {
  const path = join(await temporaryFolder(), "map.h5.journal");
  const ai = scanIntegrator();
  const options = { unit: "2th_deg", errorModel: "poisson", method } as const;
  const result = await ai.integrate1d(scanImage(0), 8, options);
  const layout = patternLayout(result);
  const journal = Journal.create(path, { settings: { npt: 8 }, layout, started: "now" });
  const pattern = (index: number) => ({
    intensity: new Float32Array(8).fill(index),
    sigma: new Float32Array(8).fill(-index),
  });
  for (const index of [0, 1, 3]) journal.add(place(index), pattern(index));
  journal.addFailure({ ...place(2), point: 2 }, "frame 2: broken");
  journal.add(place(4), pattern(4));
  return { path, journal, layout };
}

it("what was written is there when it is opened again", async () => {
  const { path, journal, layout } = await written();
  journal.close();
  const again = Journal.open(path)!;
  expect(again.head.layout.radial).toEqual(layout.radial);
  expect(again.head).toEqual(journal.head);
  expect([...again.points()]).toEqual([0, 1, 3, 4]);
  expect(again.pattern(3)).toEqual({
    intensity: new Float32Array(8).fill(3),
    sigma: new Float32Array(8).fill(-3),
  });
  expect(again.pattern(2)).toBeUndefined();
  expect(again.failed).toMatchObject([{ index: 2, message: "frame 2: broken" }]);
  expect(again.last).toMatchObject({ index: 4, frame: 4, monitor: 4.5 });
  const part = new Float32Array(2);
  expect(again.readIntensity(4, 6, part)).toBe(true);
  expect(part).toEqual(Float32Array.of(4, 4));
  again.close();
});

it("of one that breaks off anywhere, or is damaged, the whole records are left", async () => {
  const { path, journal } = await written();
  journal.close();
  const bytes = readFileSync(path);
  const property = fc.property(fc.nat(bytes.length), fc.boolean(), (at, isCut) => {
    const damaged = isCut ? bytes.subarray(0, at) : Buffer.from(bytes);
    if (!isCut && at < bytes.length) damaged[at]! ^= 0x55;
    writeFileSync(path, damaged);
    let opened: Journal | undefined;
    try {
      opened = Journal.open(path);
    } catch (error) {
      // Only the first words tell what the file is.
      expect(error).toBeInstanceOf(FileFormatError);
      expect(at).toBeLessThan(40);
      return;
    }
    const points = opened === undefined ? [] : [...opened.points()];
    expect([0, 1, 3, 4].slice(0, points.length)).toEqual(points);
    for (const point of points) expect(opened!.pattern(point)!.intensity[0]).toBe(point);
    // It can be gone on with.
    opened?.add(place(9), { intensity: new Float32Array(8).fill(9), sigma: new Float32Array(8) });
    opened?.close();
    const again = Journal.open(path);
    expect(again === undefined ? [] : [...again.points()]).toEqual(
      opened === undefined ? [] : [...points, 9],
    );
    again?.close();
  });
  fc.assert(property, { seed: 11, numRuns: 150 });
});

it("keeps no more of a frame than where its pattern is", async () => {
  const { journal } = await written();
  const pattern = { intensity: new Float32Array(8), sigma: new Float32Array(8) };
  journal.add({ ...place(7), result: new Float64Array(1e6) } as never, pattern);
  expect(Object.keys(journal.recordOf(7)!).sort()).toEqual([
    "bytes",
    "file",
    "frame",
    "index",
    "kind",
    "monitor",
    "offset",
    "point",
  ]);
  journal.close();
});

it("another file in its place is left alone", async () => {
  const path = join(await temporaryFolder(), "map.h5.journal");
  writeFileSync(path, "my notes of the day");
  expect(() => Journal.open(path)).toThrow(/no journal of a scan/);
  expect(readFileSync(path, "utf8")).toBe("my notes of the day");
});
