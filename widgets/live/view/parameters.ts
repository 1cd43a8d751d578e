import {
  type DetectorFrame,
  geometryParameters,
  wavelengthParameter,
} from "../../parameters/geometry-parameters.js";
import type { Parameter } from "../../parameters/parameter.js";
import type { LiveState } from "./live-state.js";

/** What parameters are measured against: the detector, and the ranges that are drawn now. */
export interface Surroundings extends DetectorFrame {
  /** Largest intensity of the image. */
  readonly brightest: number;
  readonly unit: string;
  readonly radial: readonly [low: number, high: number];
  readonly azimuth: readonly [low: number, high: number];
}

type LiveParameter = Parameter<LiveState, Surroundings>;

/** The range as it is drawn, one end changed; it keeps a width. */
function moved(
  [low, high]: readonly [number, number],
  end: 0 | 1,
  value: number,
): readonly [number, number] {
  const least = 1e-3 * (high - low);
  return end === 0 ? [Math.min(value, high - least), high] : [low, Math.max(value, low + least)];
}

const radialEnd = (name: string, end: 0 | 1, unit: string): LiveParameter => ({
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
export function parameters(unit: string, hasWavelength: boolean): LiveParameter[] {
  return [
    ...geometryParameters<LiveState, Surroundings>(),
    ...(hasWavelength ? [wavelengthParameter<LiveState, Surroundings>()] : []),
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
