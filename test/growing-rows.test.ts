import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GrowingRows, NO_ROWS } from "../src/growing-rows.js";

const table = (most?: number) => new GrowingRows((length) => new Float64Array(length), most);

describe("GrowingRows", () => {
  it("keeps the newest rows", () => {
    const rows = table(3);
    rows.begin(2);
    for (let i = 0; i < 5; i++) rows.add([i, 10 * i]);
    expect([...rows.data]).toEqual([2, 20, 3, 30, 4, 40]);
    expect([rows.first, rows.length, rows.there.count]).toEqual([2, 3, 5]);
    rows.begin(1);
    expect([rows.first, rows.length, rows.columns]).toEqual([0, 0, 1]);
  });

  it("gives a copy what it has not", () => {
    const rows = table();
    rows.begin(1);
    rows.add([1]);
    const { there } = rows;
    rows.add([2]);
    expect([...rows.since(there).data]).toEqual([2]);
    expect([...rows.since(NO_ROWS).data]).toEqual([1, 2]);
    expect([...rows.since(rows.there).data]).toEqual([]);
    rows.begin(1);
    rows.add([7]);
    expect([...rows.since(there).data]).toEqual([7]);
  });

  it("refuses rows that leave a gap", () => {
    const [rows, copy] = [table(), table()];
    rows.begin(1);
    rows.add([1]);
    const { there } = rows;
    rows.add([2]);
    const { header, data } = rows.since(there);
    expect(copy.take(header, data)).toBe(false);
    expect(copy.length).toBe(0);
  });

  it("is followed by copies that ask now and then, whatever comes", () => {
    const step = fc.oneof(
      { weight: 8, arbitrary: fc.constant("add" as const) },
      { weight: 1, arbitrary: fc.constant("begin" as const) },
      { weight: 3, arbitrary: fc.constantFrom("ask 0" as const, "ask 1" as const) },
    );
    const property = fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const rows = table(5);
      rows.begin(2);
      const copies = [table(), table()];
      let value = 0;
      for (const one of steps) {
        if (one === "add") rows.add(new Float64Array(rows.columns).fill(value++));
        else if (one === "begin") rows.begin(1 + (value % 3));
        else {
          const asks = copies[Number(one.at(-1))]!;
          const { header, data } = rows.since(asks.there);
          expect(asks.take(header, data)).toBe(true);
          expect([...asks.data]).toEqual([...rows.data]);
          expect(asks.there).toEqual(rows.there);
          // What is sent reaches all copies; one that cannot use it stays as it was.
          const other = copies[1 - Number(one.at(-1))]!;
          if (other.take(header, data)) expect([...other.data]).toEqual([...rows.data]);
        }
      }
    });
    fc.assert(property, { seed: 11, numRuns: 300 });
  });
});
