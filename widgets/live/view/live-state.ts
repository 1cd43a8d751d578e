import type { Geometry } from "../../../src/geometry/geometry.js";
import type { Region } from "../../../src/widget-messages.js";
import type { ViewState } from "../../view-state.js";
import type { LiveSettings } from "../live-settings.js";

/** Everything that a user changes in a live cake. */
export interface LiveState {
  readonly geometry: Geometry;
  /** Metres; null where it is not known. */
  readonly wavelength: number | null;
  readonly nptRad: number;
  readonly nptAzim: number;
  /** Null: what the data cover. */
  readonly radialRange: readonly [low: number, high: number] | null;
  readonly azimuthRange: readonly [low: number, high: number] | null;
  /** Null: no correction. */
  readonly polarizationFactor: number | null;
  readonly maskAbove: number | null;
  readonly maskRegions: readonly Region[];
}

const GEOMETRY = ["dist", "poni1", "poni2", "rot1", "rot2", "rot3"] as const;

/** Names of the other traits on the wire. */
const OTHERS = {
  wavelength: "wavelength",
  nptRad: "npt_rad",
  nptAzim: "npt_azim",
  radialRange: "radial_range",
  azimuthRange: "azimuth_range",
  polarizationFactor: "polarization_factor",
  maskAbove: "mask_above",
  maskRegions: "mask_regions",
} as const;

/** The traits that are a state. */
export const STATE_TRAITS: readonly string[] = [...GEOMETRY, ...Object.values(OTHERS)];

/** The state that the traits hold. */
export function readState(view: ViewState): LiveState {
  const geometry = Object.fromEntries(GEOMETRY.map((name) => [name, view.get<number>(name)]));
  const others = Object.entries(OTHERS).map(([key, name]) => [key, view.get(name)]);
  return { geometry, ...Object.fromEntries(others) } as LiveState;
}

/** Puts a state into the traits, which tells the kernel. */
export function writeState(view: ViewState, state: LiveState): void {
  const others = Object.entries(OTHERS).map(([key, name]) => [name, state[key as keyof LiveState]]);
  view.set({ ...state.geometry, ...Object.fromEntries(others) });
}

/** Whether two states are the same in every number. */
export function sameState(a: LiveState, b: LiveState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What the engine is told of a state; `fixed`: traits that the page does not change. */
export function settingsOf(
  state: LiveState,
  fixed: { readonly unit: string; readonly correctSolidAngle: boolean; readonly method: object },
): LiveSettings {
  const { geometry, wavelength, nptRad, nptAzim, radialRange, azimuthRange } = state;
  return {
    ...{ geometry, nptRad, nptAzim },
    wavelength: wavelength ?? undefined,
    options: {
      ...fixed,
      polarizationFactor: state.polarizationFactor,
      ...(radialRange === null ? {} : { radialRange }),
      ...(azimuthRange === null ? {} : { azimuthRange }),
    },
  };
}
