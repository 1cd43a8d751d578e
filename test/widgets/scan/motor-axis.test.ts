import { describe, expect, it } from "vitest";
import { motorAxis } from "../../../widgets/scan/motor-axis.js";

describe("motorAxis", () => {
  it("goes from the first point's edge to the last one's, in the motor's unit", () => {
    const axis = motorAxis({ name: "sx", unit: "mm" }, [2, 2.5, 3]);
    expect(axis.axis).toEqual({ title: "sx / mm", first: 1.75, last: 3.25 });
    expect([1.8, 2.2, 2.3, 3.2, 3.3, 1.7].map(axis.pointAt)).toEqual([0, 0, 1, 2, 3, -1]);
    expect(axis.valueOf(2)).toBe(3);
    expect(axis.textOf(1)).toBe("sx 2.5 mm");
    expect([axis.isAscending, axis.isEven, axis.step]).toEqual([true, true, 0.5]);
  });

  it("may fall", () => {
    const axis = motorAxis({ name: "sx" }, [3, 2, 1]);
    expect(axis.axis).toMatchObject({ first: 3.5, last: 0.5 });
    expect([3.4, 1.2].map(axis.pointAt)).toEqual([0, 2]);
    expect(axis.isAscending).toBe(false);
  });

  it("counts points whose steps are not even, and writes where the motor was", () => {
    const axis = motorAxis({ name: "sy" }, [0, 1, 10, 100]);
    expect(axis.isEven).toBe(false);
    expect(axis.axis).toMatchObject({ first: -0.5, last: 3.5 });
    expect(axis.axis.ticks!(-0.5, 3.5).map(({ text }) => text)).toEqual(["0", "1", "10", "100"]);
    expect(axis.pointAt(2.4)).toBe(2);
    expect(axis.positionOf(2)).toBe(10);
  });

  it("takes steps of a motor that trembles for even ones", () => {
    expect(motorAxis({ name: "sx" }, [0, 1.1, 1.95, 3]).isEven).toBe(true);
    expect(motorAxis({ name: "sx" }, [4, 4, 4]).isEven).toBe(false);
    expect(motorAxis({ name: "sx" }, [4]).axis).toMatchObject({ first: 3.5, last: 4.5 });
  });
});
