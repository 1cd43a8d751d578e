import fc from "fast-check";
import { expect, it } from "vitest";
import { OptionError } from "../../../src/errors.js";
import { PatternBuffer } from "../../../src/stream/diffractogram/pattern-buffer.js";

const axis = (bins: number, first = 0): Float64Array =>
  Float64Array.from({ length: bins }, (_, i) => first + i);

function contents(buffer: PatternBuffer): { rows: number[][]; times: number[] } {
  const places = Array.from({ length: buffer.length }, (_, i) => i);
  return {
    rows: places.map((i) => [...buffer.row(i)]),
    times: places.map((i) => buffer.timestamp(i)),
  };
}

it("holds what a list of the last patterns holds, whatever comes", () => {
  const step = fc.oneof(
    { weight: 20, arbitrary: fc.constant("row" as const) },
    { weight: 1, arbitrary: fc.constant("reset" as const) },
    { weight: 1, arbitrary: fc.constantFrom("2 bins" as const, "5 bins" as const) },
    { weight: 1, arbitrary: fc.constant("other axis" as const) },
  );
  const property = fc.property(
    fc.integer({ min: 1, max: 150 }),
    fc.array(step, { maxLength: 400 }),
    (capacity, steps) => {
      const buffer = new PatternBuffer(capacity);
      let model: { rows: number[][]; times: number[] } = { rows: [], times: [] };
      let [bins, first] = [3, 0];
      let appended = 0;
      steps.forEach((what, time) => {
        if (what === "reset") {
          buffer.reset();
          model = { rows: [], times: [] };
          appended = 0;
          return;
        }
        const before = [bins, first].join();
        if (what === "2 bins") bins = 2;
        if (what === "5 bins") bins = 5;
        if (what === "other axis") first++;
        if ([bins, first].join() !== before) {
          model = { rows: [], times: [] };
          appended = 0;
        }
        const row = Array.from({ length: bins }, (_, i) => time * 10 + i);
        buffer.append(axis(bins, first), row, time + 0.5);
        appended++;
        model.rows = [...model.rows, row].slice(-capacity);
        model.times = [...model.times, time + 0.5].slice(-capacity);
        expect(buffer.bins).toBe(bins);
        expect([...buffer.radial]).toEqual([...axis(bins, first)]);
      });
      expect(contents(buffer)).toEqual(model);
      expect(buffer.appended).toBe(appended);
      const { data, shape } = buffer.toImage();
      expect([...data]).toEqual(model.rows.flat());
      expect(shape).toEqual([model.rows.length, model.rows.length === 0 ? buffer.bins : bins]);
    },
  );
  fc.assert(property, { seed: 41, numRuns: 200 });
});

it("tells by its generation that it began anew", () => {
  const buffer = new PatternBuffer(4);
  buffer.append(axis(3), [1, 2, 3], 0);
  const { generation } = buffer;
  buffer.append(axis(3), [1, 2, 3], 1);
  expect(buffer.generation).toBe(generation);
  buffer.append(axis(2), [1, 2], 2);
  expect(buffer.generation).toBe(generation + 1);
  buffer.reset();
  buffer.reset();
  expect(buffer.generation).toBe(generation + 2);
  expect(buffer.bins).toBe(0);
});

it("takes memory as it fills, and none once it is full", () => {
  const buffer = new PatternBuffer(2 ** 24);
  buffer.append(axis(3), [1, 2, 3], 0);
  expect(buffer.row(0).buffer.byteLength).toBeLessThan(10_000);
  const full = new PatternBuffer(100);
  for (let i = 0; i < 100; i++) full.append(axis(3), [i, i, i], i);
  const memory = full.row(0).buffer;
  for (let i = 100; i < 1000; i++) full.append(axis(3), [i, i, i], i);
  expect(full.row(0).buffer).toBe(memory);
  expect([...full.row(0)]).toEqual([900, 900, 900]);
});

it.each([0, -1, 1.5, Number.NaN, Infinity, 2 ** 40])("refuses %d rows", (capacity) => {
  expect(() => new PatternBuffer(capacity)).toThrow(OptionError);
});

it("refuses rows that are not there", () => {
  const buffer = new PatternBuffer(4);
  buffer.append(axis(3), [1, 2, 3], 0);
  for (const row of [1, -1, 0.5]) expect(() => buffer.row(row)).toThrow(/none of the 1 rows/);
});
