import { describe, expect, it } from "vitest";
import { diffractogramAxis, onAxis } from "../../../widgets/diffractogram/diffractogram-axis.js";
import {
  columnsOf,
  finiteSpan,
  withoutEmptyEnds,
} from "../../../widgets/diffractogram/finite-span.js";
import { timeText } from "../../../widgets/diffractogram/time-text.js";
import { withError } from "../../../widgets/diffractogram/with-error.js";

describe("withError", () => {
  it.each([
    [3.495234, 0.00123, "3.4952 ± 0.0012"],
    [-3.4952, 0.2, "−3.50 ± 0.20"],
    [12345.6, 250, "12346 ± 250"],
    [4.5, null, "4.5"],
    [4.5, Number.NaN, "4.5"],
    [Number.NaN, 1, "–"],
  ])("writes %d ± %d as %s", (value, sigma, text) => {
    expect(withError(value, sigma)).toBe(text);
  });
});

describe("timeText", () => {
  it("is a time of the reader's day, to hundredths of a second", () => {
    const date = new Date(2026, 0, 9, 8, 7, 6, 254);
    expect(timeText(date.getTime() / 1000)).toBe("2026-01-09 08:07:06.25");
    expect(timeText(Number.NaN)).toBe("time unknown");
  });
});

describe("bins without a pixel at the ends", () => {
  it("are left out", () => {
    const y = Float64Array.of(NaN, 1, NaN, 2, NaN, NaN);
    expect(finiteSpan(y)).toEqual([1, 4]);
    const { x } = withoutEmptyEnds({ label: "a", x: [1, 2, 3, 4, 5, 6], y });
    expect([...Array.from(x)]).toEqual([2, 3, 4]);
    expect(finiteSpan([NaN, NaN])).toEqual([0, 2]);
    const table = Float32Array.of(1, 2, 3, 4, 5, 6);
    expect([...columnsOf(table, 3, [1, 3])]).toEqual([2, 3, 5, 6]);
    expect(columnsOf(table, 3, [0, 3])).toBe(table);
  });
});

describe("axes", () => {
  it("change for curves that were frozen in another unit", () => {
    const [degrees, q] = ["2th_deg", "q_A^-1"].map((unit) => diffractogramAxis(unit, 2e-11, 0.2));
    const moved = onAxis({ label: "a", x: [4, 5], y: [1, 2] }, degrees!, q!);
    expect(moved.x[0]).toBeCloseTo((4 * Math.PI * Math.sin(Math.PI / 90)) / 0.2, 9);
    expect([...Array.from(moved.y)]).toEqual([1, 2]);
  });

  it("know no angle of a pixel of LaVue's", () => {
    const pixels = diffractogramAxis("r_pixel", 2e-11, 0.2);
    expect([pixels.title, ...pixels.texts(12.5)]).toEqual(["r / pixel", "r 12.5 pixel"]);
    expect(onAxis({ label: "a", x: [4], y: [1] }, pixels, pixels).x).toHaveLength(0);
  });
});
