import { expect, it } from "vitest";
import type { LiveState } from "../../../widgets/live/view/live-state.js";
import { parameters, type Surroundings } from "../../../widgets/live/view/parameters.js";

const state: LiveState = {
  geometry: { dist: 0.25, poni1: 0.1, poni2: 0.11, rot1: 0.1, rot2: -0.05, rot3: 0.3 },
  wavelength: 2e-11,
  nptRad: 1000,
  nptAzim: 36,
  radialRange: null,
  azimuthRange: null,
  polarizationFactor: null,
  maskAbove: null,
  maskRegions: [],
};
const around: Surroundings = {
  pixel1: 2e-4,
  pixel2: 2e-4,
  shape: [1024, 1024],
  brightest: 5000,
  unit: "°",
  radial: [0.5, 30],
  azimuth: [-180, 180],
};

const GIVEN: Readonly<Record<string, number>> = {
  distance: 300,
  "centre x": 500.5,
  "centre y": 20,
  tilt: 12,
  "tilt direction": 33,
  wavelength: 0.3,
  cakes: 12,
  "first azimuth": 170,
  "azimuth range": 90,
  "radial range from": 4,
  "radial range to": 12,
  polarization: 0.95,
  "mask above": 3000,
};

it.each(parameters("°", true).map((one) => [one.name, one] as const))(
  "%s is what it was set to, and changes nothing else",
  (name, parameter) => {
    const value = GIVEN[name]!;
    const next = parameter.set(state, value, around);
    expect(parameter.get(next, around)).toBeCloseTo(value, 9);
    expect(next.geometry.rot3).toBe(state.geometry.rot3);
    for (const other of parameters("°", true)) {
      const follows = name === "first azimuth" && other.name === "azimuth range";
      if (other === parameter || other.name === name || follows) continue;
      expect(other.get(next, around), other.name).toBeCloseTo(other.get(state, around), 9);
    }
    const [low, high] = parameter.range(next, around);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
  },
);
