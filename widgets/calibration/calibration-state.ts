import type { FixName } from "../../src/calibrate/options.js";
import type { CalibrationSummary, PickedTriple } from "../../src/calibration-messages.js";
import type { GeometryState } from "../parameters/geometry-parameters.js";
import type { ViewState } from "../view-state.js";

/** Everything that a user changes in a calibration, and takes back. */
export interface CalibrationState extends GeometryState {
  readonly wavelength: number;
  /** Null: no correction. */
  readonly polarizationFactor: number | null;
  readonly fix: readonly FixName[];
  readonly points: readonly PickedTriple[];
}

const GEOMETRY = ["dist", "poni1", "poni2", "rot1", "rot2", "rot3"] as const;

/** The traits that are a state. */
export const STATE_TRAITS: readonly string[] = [
  ...GEOMETRY,
  ...["wavelength", "polarization_factor", "fix", "points"],
];

/** The state that the traits hold. */
export function readState(view: ViewState): CalibrationState {
  const geometry = Object.fromEntries(GEOMETRY.map((name) => [name, view.get<number>(name)]));
  return {
    geometry: geometry as never,
    wavelength: view.get("wavelength"),
    polarizationFactor: view.get("polarization_factor"),
    fix: view.get("fix"),
    points: view.get("points"),
  };
}

/** Puts a state into the traits, which tells the kernel. */
export function writeState(view: ViewState, state: CalibrationState): void {
  const { geometry, polarizationFactor, ...others } = state;
  view.set({ ...geometry, ...others, polarization_factor: polarizationFactor });
}

/** Whether two states are the same in every number. */
export function sameState(a: CalibrationState, b: CalibrationState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a state is still what was refined. */
export function isRefined(
  { geometry, wavelength }: CalibrationState,
  { values }: CalibrationSummary,
): boolean {
  const { dist, poni1, poni2, rot1, rot2 } = geometry;
  return [dist, poni1, poni2, rot1, rot2, wavelength].every((value, i) => value === values[i]);
}
