import { describe, expect, it } from "vitest";
import { sectorOutline, type ToPixel, wholeSector } from "../../src/figure/sector-outline.js";

const DEGREE = Math.PI / 180;
/** A detector across the beam, whose pixels are degrees. */
const plain: ToPixel = (twoTheta, chi) => [
  (twoTheta / DEGREE) * Math.sin(chi * DEGREE),
  (twoTheta / DEGREE) * Math.cos(chi * DEGREE),
];

function points(outline: Float64Array): [radius: number, chi: number][] {
  return Array.from({ length: outline.length / 2 }, (_, i) => {
    const [row, column] = [outline[2 * i]!, outline[2 * i + 1]!];
    return [Math.hypot(row, column), Math.atan2(row, column) / DEGREE];
  });
}

describe("sectorOutline", () => {
  it("goes along two arcs and two sides, and ends where it begins", () => {
    const outline = sectorOutline({ azimuth: [20, 50], radial: [3, 8] }, plain);
    const all = points(outline);
    for (const [radius, chi] of all) {
      expect(radius).toBeGreaterThan(2.999);
      expect(radius).toBeLessThan(8.001);
      expect(chi).toBeGreaterThan(19.999);
      expect(chi).toBeLessThan(50.001);
      const isOnEdge =
        Math.min(Math.abs(radius - 3), Math.abs(radius - 8)) < 1e-9 ||
        Math.min(Math.abs(chi - 20), Math.abs(chi - 50)) < 1e-9;
      expect(isOnEdge).toBe(true);
    }
    expect(all.at(-1)![0]).toBeCloseTo(all[0]![0], 9);
    expect(all.at(-1)![1]).toBeCloseTo(all[0]![1], 9);
  });

  it("is two rings all around, one from the beam on", () => {
    const rings = points(sectorOutline({ azimuth: undefined, radial: [3, 8] }, plain));
    expect(rings.filter(([radius]) => Number.isNaN(radius))).toHaveLength(2);
    const one = points(sectorOutline({ azimuth: [0, 360], radial: [0, 8] }, plain));
    expect(one.filter(([radius]) => Number.isNaN(radius))).toHaveLength(1);
    expect(one.filter(([radius]) => Math.abs(radius - 8) < 1e-9).length).toBeGreaterThan(300);
  });

  it("is interrupted where rays pass the detector by", () => {
    const half: ToPixel = (twoTheta, chi) => (chi > 30 ? undefined : plain(twoTheta, chi));
    const outline = sectorOutline({ azimuth: [20, 50], radial: [3, 8] }, half);
    const known = points(outline).filter(([radius]) => !Number.isNaN(radius));
    expect(known.length).toBeGreaterThan(10);
    expect(known.length).toBeLessThan(outline.length / 2);
  });
});

describe("wholeSector", () => {
  it("reaches as far as the detector where it is open, and no farther", () => {
    expect(wholeSector({}, 30)).toEqual({ azimuth: undefined, radial: [0, 30] });
    const open = { azimuth: [0, 90], twoTheta: [3, 90] } as const;
    expect(wholeSector(open, 30)).toEqual({ azimuth: [0, 90], radial: [3, 30] });
    expect(wholeSector({ twoTheta: [40, 50] }, 30).radial).toEqual([40, 40]);
  });
});
