import { describe, expect, it } from "vitest";
import { rowAxis } from "../../../widgets/cake/cake-rows.js";

describe("rows that are cakes", () => {
  const centers = Array.from({ length: 36 }, (_, i) => (270 + 10 * i) % 360);
  const rows = rowAxis({ kind: "cakes", centers });

  it("are numbered from 1, downwards", () => {
    expect(rows.rowsUp).toBe(false);
    expect(rows.rowAt(1.4)).toBe(0);
    expect(rows.rowAt(rows.middleOf(35))).toBe(35);
    expect(rows.nameOf(9)).toBe("cake 10 (0.0°)");
  });

  it("have the letters of the compass, and numbers where there is room", () => {
    const all = rows.axis.ticks!(0.5, 36.5);
    for (const text of ["1 W", "10 N", "19 E", "28 S"]) {
      expect(all.map((tick) => tick.text)).toContain(text);
    }
    expect(all.length).toBeLessThan(22);
    expect(rows.axis.ticks!(8, 12).map(({ text }) => text)).toEqual(["8", "9", "10 N", "11", "12"]);
  });

  it("are found by the direction of another view's cursor", () => {
    expect(rows.rowOf({ twoTheta: 0.1, direction: -3 })).toBe(9);
    expect(rows.rowOf({ twoTheta: 0.1, direction: 266 })).toBe(0);
    expect(rows.rowOf({ twoTheta: 0.1, chi: 5 })).toBeUndefined();
    expect(rows.cursorOf(18)).toEqual({ direction: 90 });
  });

  it("that do not go all around have no row for other directions", () => {
    const some = rowAxis({ kind: "cakes", centers: [0, 90] });
    expect(some.rowOf({ twoTheta: 0.1, direction: 200 })).toBeUndefined();
  });
});

describe("rows that are azimuths", () => {
  const rows = rowAxis({ kind: "azimuth", azimuthal: [-135, -45, 45, 135] });

  it("go upwards from edge to edge", () => {
    expect(rows.rowsUp).toBe(true);
    expect([rows.axis.first, rows.axis.last]).toEqual([-180, 180]);
    expect(rows.axis.ticks!(-180, 180).map(({ at }) => at)).toEqual([
      -180, -135, -90, -45, 0, 45, 90, 135, 180,
    ]);
  });

  it("are found by χ, also across ±180°", () => {
    expect(rows.rowOf({ twoTheta: 0.1, chi: 44 })).toBe(2);
    expect(rows.rowOf({ twoTheta: 0.1, chi: 190 })).toBe(0);
    expect(rows.rowOf({ twoTheta: 0.1, direction: 3 })).toBeUndefined();
    expect(rows.cursorOf(1)).toEqual({ chi: -45 });
  });
});
