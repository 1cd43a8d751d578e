import { type Fit2d, fit2dToPoni, type PixelSize, poniToFit2d } from "../../src/geometry/fit2d.js";
import type { Geometry } from "../../src/geometry/geometry.js";
import type { Parameter } from "./parameter.js";

/** A state that has a geometry; wavelength in metres, null where it is not known. */
export interface GeometryState {
  readonly geometry: Geometry;
  readonly wavelength: number | null;
}

/** What a geometry is measured against. */
export interface DetectorFrame extends PixelSize {
  readonly shape: readonly [rows: number, columns: number];
}

/** A tilt below this, in degrees, has no direction. */
const NO_TILT = 1e-9;

/** A state's geometry as Fit2D has it, which is nearest to what is seen: lengths in mm and pixels. */
export function fit2dOf(state: GeometryState, around: PixelSize): Required<Fit2d> {
  return poniToFit2d(state.geometry, around);
}

/** Changes some of that; rot3, which turns the picture around the beam, stays. */
export function withFit2d<State extends GeometryState>(
  state: State,
  around: PixelSize,
  changes: Partial<Fit2d>,
): State {
  const { rot3 } = state.geometry;
  const geometry = { ...fit2dToPoni({ ...fit2dOf(state, around), ...changes }, around), rot3 };
  return { ...state, geometry };
}

/** Distance, centre and tilt, which are moved by sliders. */
export function geometryParameters<
  State extends GeometryState,
  Around extends DetectorFrame,
>(): Parameter<State, Around>[] {
  const parameter = (
    name: string,
    unit: string,
    key: keyof Fit2d,
    range: Parameter<State, Around>["range"],
  ): Parameter<State, Around> => ({
    ...{ name, unit, range },
    get: (state, around) => fit2dOf(state, around)[key],
    set: (state, value, around) => withFit2d(state, around, { [key]: value }),
  });
  return [
    parameter("distance", "mm", "directDist", (state, around) => {
      const now = fit2dOf(state, around).directDist;
      return [0.5 * now, 1.5 * now, now / 5000];
    }),
    parameter("centre x", "px", "centerX", (_state, { shape }) => side(shape[1])),
    parameter("centre y", "px", "centerY", (_state, { shape }) => side(shape[0])),
    parameter("tilt", "°", "tilt", () => [0, 60, 0.02]),
    {
      ...parameter("tilt direction", "°", "tiltPlanRotation", () => [-180, 180, 0.2]),
      set: (state, value, around) => {
        // Without a tilt it would be lost.
        const tilt = Math.max(NO_TILT * 100, fit2dOf(state, around).tilt);
        return withFit2d(state, around, { tilt, tiltPlanRotation: value });
      },
    },
  ];
}

/** The wavelength, in ångströms. */
export function wavelengthParameter<State extends GeometryState, Around>(): Parameter<
  State,
  Around
> {
  return {
    name: "wavelength",
    unit: "Å",
    get: ({ wavelength }) => (wavelength ?? Number.NaN) * 1e10,
    set: (state, value) => ({ ...state, wavelength: Math.max(1e-4, value) * 1e-10 }),
    range: ({ wavelength }) => {
      const now = (wavelength ?? 1e-10) * 1e10;
      return [0.5 * now, 1.5 * now, now / 5000];
    },
  };
}

function side(count: number): [number, number, number] {
  return [-0.5 * count, 1.5 * count, 0.05];
}
