import type { CalibrationMessageToKernel } from "../../src/calibration-messages.js";
import { button, checkbox, choice, keepKeys, numberField, toolbar } from "../controls/controls.js";
import type { ViewState } from "../view-state.js";
import type { CalibrationSession } from "./calibration-session.js";
import { pointList } from "./point-list.js";

/** Buttons and fields of a calibration. */
export interface CalibrationControls {
  readonly run: HTMLElement;
  readonly points: HTMLElement;
  readonly files: HTMLElement;
  /** Whether rings are drawn over the image. */
  readonly shown: { rings: boolean };
  readonly overlay: HTMLElement;
  /** Whether clicks on the image pick points, and whether the ring's number then counts up. */
  readonly picking: { picks: boolean; next: boolean };
  /** Shows the traits and the state as they are. */
  show(): void;
}

/** Makes them; `ask` sends the kernel what a button is for. */
export function calibrationControls(
  view: ViewState,
  session: CalibrationSession,
  ask: (message: CalibrationMessageToKernel) => void,
  onChoice: () => void,
): CalibrationControls {
  const names = view.get<string[]>("calibrants");
  const calibrant = choice(
    "calibrant",
    names.map((name) => [name, name]),
    (name) => view.set({ calibrant: name }),
  );
  const rings = numberField("rings used", (value) => {
    const count = Math.round(value);
    view.set({ max_rings: count > 0 ? count : null });
  });
  rings.element.title = "From the innermost; 0: all that can be told apart";
  const run = button("calibrate", "Finds the geometry by itself; what is fixed is kept", () =>
    ask({ do: "run" }),
  );
  const refine = button("refine", "Improves the geometry that the sliders show", () =>
    ask({ do: "refine" }),
  );
  const undo = button("undo", "Takes the last change back (Ctrl+Z)", () => session.undo());
  const redo = button("redo", "Does it again (Ctrl+Shift+Z)", () => session.redo());
  const picking = { picks: true, next: true };
  const picks = checkbox("click picks a ring", true, (checked) => {
    picking.picks = checked;
    onChoice();
  });
  const ring = numberField("ring", (value) =>
    view.set({ ring: Math.max(1, Math.round(value)) - 1 }),
  );
  ring.element.title = "Number of the ring that the next click is for; 1 is the innermost";
  const next = checkbox("then the next one", true, (checked) => {
    picking.next = checked;
  });
  const setPoints = (points: ReturnType<typeof pointsOf>): void =>
    session.change({ ...session.state, points }, true);
  const pointsOf = () => session.state.points;
  const last = button("remove last", "Removes the points of the last click", () => {
    const ring = pointsOf().at(-1)?.[2];
    const points = pointsOf();
    setPoints(points.slice(0, points.findLastIndex((point) => point[2] !== ring) + 1));
    if (ring !== undefined) view.set({ ring });
  });
  const all = button("remove all", "Removes all points", () => {
    setPoints([]);
    view.set({ ring: 0 });
  });
  const list = pointList((ring) => {
    setPoints(pointsOf().filter((point) => point[2] !== ring));
    view.set({ ring });
  });
  const outliers = button(
    "remove outliers",
    "Removes points that are far from their rings when the others lie on theirs",
    () => ask({ do: "removeOutliers" }),
  );
  const fit = button("fit points", "Moves the geometry so that the points lie on their rings", () =>
    ask({ do: "fitPoints" }),
  );
  const shown = { rings: true };
  const overlay = checkbox("rings", true, (checked) => {
    shown.rings = checked;
    onChoice();
  });
  for (const one of [run, refine, undo, redo, last, all, outliers, fit]) keepKeys(one);
  return {
    run: toolbar("Calibration", calibrant.element, rings.element, run, refine, undo, redo),
    points: toolbar("Points", picks, ring.element, next, fit, last, all, outliers, list.element),
    files: toolbar("Files", ...fileControls(view, ask)),
    picking,
    shown,
    overlay,
    show: () => {
      calibrant.show(view.get("calibrant"));
      rings.show(view.get<number | null>("max_rings") ?? 0);
      ring.show(view.get<number>("ring") + 1);
      const isBusy = view.get<string>("progress") !== "";
      const { points } = session.state;
      run.disabled = refine.disabled = isBusy;
      fit.disabled = outliers.disabled = isBusy || points.length === 0;
      list.show(points);
      last.disabled = all.disabled = points.length === 0;
      undo.disabled = !session.canUndo;
      redo.disabled = !session.canRedo;
    },
  };
}

function fileControls(
  view: ViewState,
  ask: (message: CalibrationMessageToKernel) => void,
): HTMLElement[] {
  const field = (label: string, value: string): HTMLInputElement => {
    const made = document.createElement("input");
    made.type = "text";
    made.value = value;
    made.setAttribute("aria-label", label);
    keepKeys(made);
    return made;
  };
  const file = field("file of the geometry", view.get("file"));
  const report = field("file of the report", view.get("report_file"));
  const save = button("save .poni", "Writes the geometry for pyFAI, Dioptas and CakeLab", () =>
    ask({ do: "save", path: file.value }),
  );
  const load = button("load .poni", "Shows the geometry of a PONI file, to refine it", () =>
    ask({ do: "load", path: file.value }),
  );
  const write = button("write report", "Writes the result as an HTML page with figures", () =>
    ask({ do: "report", path: report.value }),
  );
  return [file, save, load, report, write];
}
