import type {
  DiffractogramMessageToKernel,
  SectorRange,
} from "../../src/diffractogram-messages.js";
import { radialUnit } from "../../src/geometry/units.js";
import { DIFFRACTOGRAM_UNITS } from "../../src/stream/diffractogram/unit.js";
import { button, choice, numberField, toggle, toolbar } from "../controls/controls.js";
import type { Pixel } from "../image/image-geometry.js";
import type { ViewState } from "../view-state.js";
import { rangesTable } from "./ranges-table.js";

/** What is integrated, and how; folded away until it is asked for. */
export interface SettingsPart {
  readonly element: HTMLDetailsElement;
  /** Tells where the beam is. */
  showCenter(center: Pixel | undefined): void;
}

/** Makes the settings of a view. */
export function settingsPart(
  state: ViewState,
  ask: (message: DiffractogramMessageToKernel) => void,
): SettingsPart {
  const element = document.createElement("details");
  element.className = "cakelab-diffractogram-settings";
  const summary = document.createElement("summary");
  summary.textContent = "Settings";
  const unit = choice<string>("unit", DIFFRACTOGRAM_UNITS.map(unitOption), (name) =>
    state.set({ unit: name }),
  );
  const points = numberField("points", (value) =>
    state.set({ npt: Math.max(1, Math.round(value)) }),
  );
  const solidAngle = toggle("solid angle", (checked) =>
    state.set({ correct_solid_angle: checked }),
  );
  let center: Pixel | undefined;
  const row = numberField("beam at row", (value) => {
    if (center !== undefined) ask({ do: "center", row: value, column: center[1] });
  });
  const column = numberField("column", (value) => {
    if (center !== undefined) ask({ do: "center", row: center[0], column: value });
  });
  const undo = button("undo move", "Puts the beam back to where it was", () =>
    ask({ do: "undo center" }),
  );
  const beam = document.createElement("span");
  beam.className = "cakelab-group";
  beam.title = "A double click on the image moves the beam there";
  beam.append(row.element, column.element, undo);
  const ranges = rangesTable((next) => state.set({ ranges: next }));
  element.append(
    summary,
    toolbar("Integration", unit.element, points.element, solidAngle.element, beam),
    ranges.element,
  );
  const show = (): void => {
    unit.show(state.get("unit"));
    points.show(state.get("npt"));
    solidAngle.show(state.get("correct_solid_angle"));
    undo.hidden = state.get<number>("moves") === 0;
    ranges.show(state.get<SectorRange[]>("ranges"), state.get<string[]>("colors"));
  };
  state.onChange(["unit", "npt", "correct_solid_angle", "moves", "ranges", "colors"], show);
  show();
  return {
    element,
    showCenter: (at) => {
      center = at;
      beam.hidden = at === undefined;
      if (at === undefined) return;
      row.show(Number(at[0].toFixed(3)));
      column.show(Number(at[1].toFixed(3)));
    },
  };
}

function unitOption(name: string): readonly [string, string] {
  if (name === "r_pixel") return [name, "r / pixel"];
  const { symbol, text } = radialUnit(name);
  return [name, `${symbol} / ${text}`];
}
