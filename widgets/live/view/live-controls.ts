import { button, keepKeys, toolbar } from "../../controls/controls.js";
import { parameterRows } from "../../parameters/parameter-rows.js";
import type { LiveSession } from "./live-session.js";
import { parameters } from "./parameters.js";

/** What is below and above the pictures. */
export interface LiveControls {
  readonly toolbar: HTMLElement;
  readonly parameters: HTMLElement;
  /** Shows the state as it is. */
  show(): void;
}

/** Makes sliders and buttons for a session; Ctrl+Z and Ctrl+Shift+Z undo and redo in all of them. */
export function liveControls(
  session: LiveSession,
  about: {
    readonly unit: string;
    readonly hasWavelength: boolean;
    readonly colors: readonly HTMLElement[];
    readonly savePoni: () => void;
  },
): LiveControls {
  const rows = parameterRows(
    parameters(about.unit, about.hasWavelength),
    () => session,
    (state, done) => session.change(state, done),
  );
  const undo = button("undo", "Takes the last change back (Ctrl+Z)", () => session.undo());
  const redo = button("redo", "Does it again (Ctrl+Shift+Z)", () => session.redo());
  const whole = button("whole range", "Shows all that the image covers", () => {
    session.change({ ...session.state, radialRange: null, azimuthRange: null }, true);
  });
  const unpolarized = button("no polarization", "Leaves the polarization correction out", () => {
    session.change({ ...session.state, polarizationFactor: null }, true);
  });
  const unmasked = button("no mask by hand", "Unmasks what was masked here", () => {
    session.change({ ...session.state, maskAbove: null, maskRegions: [] }, true);
  });
  const save = button("save .poni", "Saves the geometry as a PONI file", about.savePoni);
  const buttons = [undo, redo, whole, unpolarized, unmasked, save];
  for (const one of buttons) keepKeys(one);
  const group = document.createElement("span");
  group.className = "cakelab-group";
  group.append(...buttons);
  return {
    toolbar: toolbar("Live cake", ...about.colors, group),
    parameters: rows.element,
    show: () => {
      const { state, around } = session;
      rows.show(state, around);
      undo.disabled = !session.canUndo;
      redo.disabled = !session.canRedo;
      unpolarized.disabled = state.polarizationFactor === null;
      unmasked.disabled = state.maskAbove === null && state.maskRegions.length === 0;
      whole.disabled = state.radialRange === null && state.azimuthRange === null;
    },
  };
}
