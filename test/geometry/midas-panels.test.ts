import { describe, expect, it } from "vitest";
import { FileFormatError, OptionError } from "../../src/errors.js";
import { midasPanels, parsePanelShifts } from "../../src/geometry/midas-panels.js";
import { midasTransform, transformed } from "../../src/geometry/midas-transform.js";

const layout = {
  NPanelsY: 2,
  NPanelsZ: 3,
  PanelSizeY: 4,
  PanelSizeZ: 2,
  PanelGapsY: [1],
  PanelGapsZ: [2, 0],
};

describe("midasPanels", () => {
  it("counts panels Z by Z, then Y by Y, with gaps between them", () => {
    const { indexAt, centers, shifts } = midasPanels(layout);
    const rows = Array.from({ length: 9 }, (_, row) =>
      Array.from({ length: 10 }, (_, column) => indexAt(column, row)),
    );
    const line = (a: number, b: number): number[] => [a, a, a, a, -1, b, b, b, b, -1];
    const gap = Array.from({ length: 10 }, () => -1);
    expect(rows).toEqual([
      ...[line(0, 3), line(0, 3), gap, gap],
      ...[line(1, 4), line(1, 4), line(2, 5), line(2, 5), gap],
    ]);
    expect(centers[4]).toEqual([6.5, 4.5]);
    expect(shifts[4]).toEqual({ dY: 0, dZ: 0, dTheta: 0, dLsd: 0, dP2: 0 });
  });

  it("refuses gaps that are missing, and panels of no size", () => {
    expect(() => midasPanels({ ...layout, PanelGapsZ: [1] })).toThrow(
      /PanelGapsZ: 3 panels have 2 gaps, and there are 1/,
    );
    expect(() => midasPanels({ ...layout, PanelSizeY: 0 })).toThrow(OptionError);
  });
});

describe("parsePanelShifts", () => {
  it("reads lines of three to six numbers", () => {
    const text = "# ID dY dZ\n0 0.5 -1 # first\n\n2 1e-1 2 3 4 5\r\n";
    expect([...parsePanelShifts(text, "s.txt", 6)]).toEqual([
      [0, { dY: 0.5, dZ: -1, dTheta: 0, dLsd: 0, dP2: 0 }],
      [2, { dY: 0.1, dZ: 2, dTheta: 3, dLsd: 4, dP2: 5 }],
    ]);
  });

  it.each([
    ["0 1", /s\.txt: line 1 is no "ID dY dZ/],
    ["\n0 1 b", /line 2 is no/],
    ["0 1 NaN", /line 1 is no/],
    ["6 1 2", /line 1 is of panel 6, and there are 0 to 5/],
    ["0.5 1 2", /line 1 is of panel 0\.5/],
  ])("refuses %j", (text, message) => {
    expect(() => parsePanelShifts(text, "s.txt", 6)).toThrow(FileFormatError);
    expect(() => parsePanelShifts(text, "s.txt", 6)).toThrow(message);
  });
});

describe("midasTransform", () => {
  const image = (...rows: number[][]): Float64Array => Float64Array.from(rows.flat());
  const made = (ways: number[]): number[] => {
    const shape = [3, 3] as const;
    const data = image([1, 2, 3], [4, 5, 6], [7, 8, 9]);
    return [...transformed(data, shape, midasTransform(ways, shape))];
  };

  it.each([
    [[], [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [[0], [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [[1], [3, 2, 1, 6, 5, 4, 9, 8, 7]],
    [[2], [7, 8, 9, 4, 5, 6, 1, 2, 3]],
    [[3], [1, 4, 7, 2, 5, 8, 3, 6, 9]],
    [
      [1, 2],
      [9, 8, 7, 6, 5, 4, 3, 2, 1],
    ],
    // The order matters.
    [
      [3, 1],
      [7, 4, 1, 8, 5, 2, 9, 6, 3],
    ],
    [
      [1, 3],
      [3, 6, 9, 2, 5, 8, 1, 4, 7],
    ],
  ])("%j", (ways, expected) => {
    expect(made(ways)).toEqual(expected);
  });
});
