import { type Fit2d, fit2dToPoni, poniToFit2d } from "../../../src/geometry/fit2d.js";
import type { LiveState } from "./live-state.js";

/** What parameters are measured against: the detector, and the ranges that are drawn now. */
export interface Surroundings {
  readonly pixel1: number;
  readonly pixel2: number;
  readonly shape: readonly [rows: number, columns: number];
  /** Largest intensity of the image. */
  readonly brightest: number;
  readonly unit: string;
  readonly radial: readonly [low: number, high: number];
  readonly azimuth: readonly [low: number, high: number];
}

/** A number of the state, as it is shown to the user. */
export interface Parameter {
  readonly name: string;
  readonly unit: string;
  get(state: LiveState, around: Surroundings): number;
  set(state: LiveState, value: number, around: Surroundings): LiveState;
  /** Ends and step of its slider. */
  range(state: LiveState, around: Surroundings): readonly [low: number, high: number, step: number];
}

/** A tilt below this, in degrees, has no direction. */
const NO_TILT = 1e-9;

/** A state's geometry as Fit2D has it, which is nearest to what is seen: lengths in mm and pixels. */
export function fit2dOf(state: LiveState, around: Surroundings): Required<Fit2d> {
  return poniToFit2d(state.geometry, around);
}

/** Changes some of that; rot3, which turns the picture around the beam, stays. */
export function withFit2d(
  state: LiveState,
  around: Surroundings,
  changes: Partial<Fit2d>,
): LiveState {
  const { rot3 } = state.geometry;
  const geometry = { ...fit2dToPoni({ ...fit2dOf(state, around), ...changes }, around), rot3 };
  return { ...state, geometry };
}

function fit2dParameter(
  name: string,
  unit: string,
  key: keyof Fit2d,
  range: Parameter["range"],
): Parameter {
  return {
    ...{ name, unit, range },
    get: (state, around) => fit2dOf(state, around)[key],
    set: (state, value, around) => withFit2d(state, around, { [key]: value }),
  };
}

const side = (count: number): readonly [number, number, number] => [
  -0.5 * count,
  1.5 * count,
  0.05,
];

/** The range as it is drawn, one end changed; it keeps a width. */
function moved(
  [low, high]: readonly [number, number],
  end: 0 | 1,
  value: number,
): readonly [number, number] {
  const least = 1e-3 * (high - low);
  return end === 0 ? [Math.min(value, high - least), high] : [low, Math.max(value, low + least)];
}

const radialEnd = (name: string, end: 0 | 1, unit: string): Parameter => ({
  name,
  unit,
  get: (state, around) => (state.radialRange ?? around.radial)[end],
  set: (state, value, around) => ({
    ...state,
    radialRange: moved(state.radialRange ?? around.radial, end, value),
  }),
  range: (state, around) => {
    const [low, high] = around.radial;
    const width = high - low;
    const bottom = state.radialRange === null ? low : Math.max(0, low - width);
    return [bottom, high + (state.radialRange === null ? 0 : width), width / 1000];
  },
});

/** The parameters that have a slider and a field. */
export function parameters(unit: string, hasWavelength: boolean): Parameter[] {
  return [
    fit2dParameter("distance", "mm", "directDist", (state, around) => {
      const now = fit2dOf(state, around).directDist;
      return [0.5 * now, 1.5 * now, now / 5000];
    }),
    fit2dParameter("centre x", "px", "centerX", (_state, { shape }) => side(shape[1])),
    fit2dParameter("centre y", "px", "centerY", (_state, { shape }) => side(shape[0])),
    fit2dParameter("tilt", "°", "tilt", () => [0, 60, 0.02]),
    {
      ...fit2dParameter("tilt direction", "°", "tiltPlanRotation", () => [-180, 180, 0.2]),
      set: (state, value, around) => {
        // Without a tilt it would be lost.
        const tilt = Math.max(NO_TILT * 100, fit2dOf(state, around).tilt);
        return withFit2d(state, around, { tilt, tiltPlanRotation: value });
      },
    },
    ...(hasWavelength ? [WAVELENGTH] : []),
    {
      name: "cakes",
      unit: "",
      get: ({ nptAzim }) => nptAzim,
      set: (state, value) => ({ ...state, nptAzim: Math.max(1, Math.round(value)) }),
      range: () => [1, 360, 1],
    },
    {
      name: "first azimuth",
      unit: "°",
      get: (state, around) => (state.azimuthRange ?? around.azimuth)[0],
      set: (state, value, around) => {
        const [low, high] = state.azimuthRange ?? around.azimuth;
        return { ...state, azimuthRange: [value, value + (high - low)] };
      },
      range: () => [-180, 180, 0.5],
    },
    {
      name: "azimuth range",
      unit: "°",
      get: (state, around) => {
        const [low, high] = state.azimuthRange ?? around.azimuth;
        return high - low;
      },
      set: (state, value, around) => {
        const [low] = state.azimuthRange ?? around.azimuth;
        return { ...state, azimuthRange: [low, low + Math.min(360, Math.max(0.1, value))] };
      },
      range: () => [1, 360, 1],
    },
    radialEnd("radial range from", 0, unit),
    radialEnd("radial range to", 1, unit),
    {
      name: "polarization",
      unit: "",
      get: ({ polarizationFactor }) => polarizationFactor ?? 0,
      set: (state, value) => ({
        ...state,
        polarizationFactor: Math.min(1, Math.max(-1, value)),
      }),
      range: () => [-1, 1, 0.01],
    },
    {
      name: "mask above",
      unit: "counts",
      get: ({ maskAbove }, { brightest }) => maskAbove ?? brightest,
      set: (state, value, { brightest }) => ({
        ...state,
        maskAbove: value >= brightest ? null : value,
      }),
      range: (_state, { brightest }) => [0, brightest, brightest / 1000],
    },
  ];
}

const WAVELENGTH: Parameter = {
  name: "wavelength",
  unit: "Å",
  get: ({ wavelength }) => (wavelength ?? Number.NaN) * 1e10,
  set: (state, value) => ({ ...state, wavelength: Math.max(1e-4, value) * 1e-10 }),
  range: ({ wavelength }) => {
    const now = (wavelength ?? 1e-10) * 1e10;
    return [0.5 * now, 1.5 * now, now / 5000];
  },
};
