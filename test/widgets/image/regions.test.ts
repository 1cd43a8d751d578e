import { describe, expect, it } from "vitest";
import type { Region } from "../../../src/widget-messages.js";
import { contains, regionsOf, shapesOf } from "../../../widgets/image/regions.js";

const REGIONS: Region[] = [
  {
    name: "a",
    shape: "rectangle",
    points: [
      [1, 2],
      [5, 8],
    ],
  },
  {
    name: "b",
    shape: "ellipse",
    points: [
      [0, 0],
      [10, 20],
    ],
  },
  {
    name: "c",
    shape: "polygon",
    points: [
      [0, 0],
      [0, 10.5],
      [8, -1.25e-3],
    ],
  },
];

describe("regions", () => {
  it("come back from plotly's shapes as they were", () => {
    expect(regionsOf(shapesOf(REGIONS))).toEqual(REGIONS);
  });

  it("that were drawn are named by their number", () => {
    const drawn = { type: "rect", x0: 1, y0: 2, x1: 3, y1: 4 };
    expect(regionsOf([...shapesOf(REGIONS), drawn])[3]).toEqual({
      name: "region 4",
      shape: "rectangle",
      points: [
        [2, 1],
        [4, 3],
      ],
    });
  });

  it("hold the pixels whose centres lie in them", () => {
    const count = (region: Region): number => {
      let found = 0;
      for (let row = -2; row < 25; row++) {
        for (let column = -2; column < 25; column++) {
          if (contains(region, row, column)) found++;
        }
      }
      return found;
    };
    expect(count(REGIONS[0]!)).toBe(5 * 7);
    expect(Math.abs(count(REGIONS[1]!) - Math.PI * 5 * 10)).toBeLessThan(12);
    expect(Math.abs(count(REGIONS[2]!) - 0.5 * 8 * 10.5)).toBeLessThan(10);
  });
});
