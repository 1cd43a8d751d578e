import { describe, expect, it } from "vitest";
import type { Image } from "../../src/array.js";
import { cake } from "../../src/cake/cake.js";
import { detector } from "../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { sum } from "../support/numbers.js";

const SHAPE: [number, number] = [240, 260];
const PIXEL = 0.0005;
const DEGREE = Math.PI / 180;
const COMPASS = [0, 90, 180, 270];

interface Position {
  orientation?: 1 | 2 | 3 | 4;
  rot1?: number;
  rot2?: number;
  rot3?: number;
}

function integrator({ orientation = 3, ...rotations }: Position = {}): AzimuthalIntegrator {
  return new AzimuthalIntegrator({
    dist: 0.3,
    poni1: 0.0601,
    poni2: 0.0652,
    ...rotations,
    detector: detector({ pixel1: PIXEL, shape: SHAPE, orientation }),
  });
}

/** Where the beam hits the image, as [row, column]. */
function beamPixel(ai: AzimuthalIntegrator): [number, number] {
  const { data } = ai.centerArray("r_m");
  const nearest = data.reduce((best, r, pixel) => (r < data[best]! ? pixel : best), 0);
  return [Math.floor(nearest / SHAPE[1]), nearest % SHAPE[1]];
}

/** A dark image with one bright spot `away` pixels from the beam, clockwise from straight up. */
function spot([row, column]: [number, number], direction: number, away = 60): Image<Float32Array> {
  const data = new Float32Array(SHAPE[0] * SHAPE[1]);
  const y = Math.round(row - away * Math.cos(direction * DEGREE));
  const x = Math.round(column + away * Math.sin(direction * DEGREE));
  data[y * SHAPE[1] + x] = 1000;
  return { data, shape: SHAPE };
}

/** The column, from 1, that holds most of the counts. */
function brightest(columns: Float64Array[]): number {
  const totals = columns.map(sum);
  return totals.indexOf(Math.max(...totals)) + 1;
}

describe("spots at North, East, South and West, in columns of integrate2d", () => {
  it.each([
    { name: "the caking notebook: rot3 = +5°", rot3: 5, flip: false, columns: [9, 18, 27, 36] },
    {
      name: "the tutorial: rot3 = +5°, columns flipped",
      rot3: 5,
      flip: true,
      columns: [28, 19, 10, 1],
    },
    { name: "the rotated sample's: rot3 = −5°", rot3: -5, flip: false, columns: [10, 19, 28, 1] },
  ])("$name", async ({ rot3, flip, columns }) => {
    const ai = integrator({ rot3: rot3 * DEGREE });
    const beam = beamPixel(ai);
    const found = [];
    for (const direction of COMPASS) {
      const { sumSignal } = await ai.integrate2d(spot(beam, direction), 50, 36, {
        unit: "2th_deg",
      });
      const cakes = Array.from({ length: 36 }, (_, i) => sumSignal.slice(i * 50, (i + 1) * 50));
      if (flip) cakes.reverse();
      found.push(brightest(cakes));
    }
    expect(found).toEqual(columns);
  });
});

describe("spots in cakes that have a direction", () => {
  const positions: [string, Position][] = [
    ["square to the beam", {}],
    ["turned around the beam", { rot3: 2.1 }],
    ["tilted", { rot1: 0.05, rot2: -0.08, rot3: -0.7 }],
    ...([1, 2, 4] as const).map((orientation): [string, Position] => [
      `orientation ${orientation}`,
      { orientation, rot1: -0.04, rot2: 0.03, rot3: 0.4 },
    ]),
  ];

  it.each(positions)("%s: a spot lies in the cake that is centred on it", async (_, position) => {
    const ai = integrator(position);
    const before = { ...ai };
    const beam = beamPixel(ai);
    for (const direction of [0, 40, 90, 130, 180, 250, 270, 310]) {
      for (const order of ["clockwise", "anticlockwise"] as const) {
        const cakes = await cake(spot(beam, direction), ai, {
          firstCakeAngle: direction,
          order,
          npt: 40,
        });
        expect(cakes.centers[0]).toBe(direction);
        const totals = cakes.intensity.map((values) => sum(values.map((v) => (v > 0 ? v : 0))));
        expect(totals.indexOf(Math.max(...totals)), `${direction}° ${order}`).toBe(0);
      }
    }
    expect({ ...ai }).toEqual(before);
  });

  it.each(positions)("%s: the other cakes follow in order", async (_, position) => {
    const ai = integrator(position);
    const beam = beamPixel(ai);
    for (const order of ["clockwise", "anticlockwise"] as const) {
      const turn = order === "clockwise" ? 1 : -1;
      for (const direction of [270, 300, 0, 90, 150, 180]) {
        const cakes = await cake(spot(beam, direction), ai, { cakes: 12, npt: 40, order });
        const steps = (((direction - 270) * turn) / 30 + 24) % 12;
        const totals = cakes.intensity.map((values) => sum(values.map((v) => (v > 0 ? v : 0))));
        expect(totals.indexOf(Math.max(...totals)), `${direction}° ${order}`).toBe(steps);
        expect(cakes.centers[steps]).toBeCloseTo(direction, 9);
      }
    }
  });

  it("numbers them as the notebooks do: N, E, S, W with the angle xrdfit needs", async () => {
    const ai = integrator();
    const beam = beamPixel(ai);
    const columnsOf = async (
      firstCakeAngle: number,
      order: "clockwise" | "anticlockwise",
    ): Promise<number[]> => {
      const found = [];
      for (const direction of COMPASS) {
        const { intensity } = await cake(spot(beam, direction), ai, {
          firstCakeAngle,
          order,
          npt: 40,
          radialRange: [1, 12],
        });
        found.push(brightest(intensity.map((values) => values.map((v) => (v > 0 ? v : 0)))));
      }
      return found;
    };
    expect(await columnsOf(280, "clockwise")).toEqual([9, 18, 27, 36]);
    expect(await columnsOf(270, "anticlockwise")).toEqual([28, 19, 10, 1]);
    expect(await columnsOf(270, "clockwise")).toEqual([10, 19, 28, 1]);
  });
});
