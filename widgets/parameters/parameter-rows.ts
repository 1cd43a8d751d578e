import { keepKeys } from "../controls/controls.js";
import type { Parameter } from "./parameter.js";

/** Sliders with fields, one row for each parameter. */
export interface ParameterRows<State, Around> {
  readonly element: HTMLElement;
  show(state: State, around: Around): void;
}

/**
 * Makes them. A slider keeps its ends while it is moved, or they would run away from it.
 *
 * @param change is called with a state while a slider moves, and with `done` when it rests.
 */
export function parameterRows<State, Around>(
  parameters: readonly Parameter<State, Around>[],
  now: () => { readonly state: State; readonly around: Around },
  change: (state: State, done: boolean) => void,
): ParameterRows<State, Around> {
  const element = document.createElement("div");
  element.className = "cakelab-parameters";
  const rows = parameters.map((parameter) => {
    const { name, unit } = parameter;
    const words = document.createElement("span");
    words.textContent = name;
    const slider = document.createElement("input");
    slider.type = "range";
    slider.setAttribute("aria-label", name);
    const field = document.createElement("input");
    field.type = "text";
    field.inputMode = "decimal";
    field.size = 9;
    field.setAttribute("aria-label", unit === "" ? `${name}, number` : `${name} in ${unit}`);
    const after = document.createElement("span");
    after.textContent = unit;
    let isHeld = false;
    const set = (value: number, done: boolean): void => {
      const { state, around } = now();
      change(parameter.set(state, value, around), done);
    };
    slider.addEventListener("input", () => {
      isHeld = true;
      set(Number(slider.value), false);
    });
    slider.addEventListener("change", () => {
      isHeld = false;
      set(Number(slider.value), true);
    });
    const given = (): void => {
      const value = Number(field.value.replace("−", "-").replace(",", "."));
      const isGood = field.value.trim() !== "" && Number.isFinite(value);
      field.setAttribute("aria-invalid", String(!isGood));
      if (isGood) set(value, true);
    };
    field.addEventListener("change", given);
    field.addEventListener("keydown", ({ key }) => {
      // A field that keeps the focus has not changed, for the browser.
      if (key === "Enter") given();
    });
    for (const input of [slider, field]) keepKeys(input);
    const row = document.createElement("div");
    row.className = "cakelab-parameter";
    row.append(words, slider, field, after);
    const { held } = parameter;
    const hold = document.createElement("input");
    if (held !== undefined) row.append(holder(name, hold));
    hold.addEventListener("change", () => change(held!.set(now().state, hold.checked), true));
    element.append(row);
    let shown: number | undefined;
    return (state: State, around: Around): void => {
      if (held !== undefined) hold.checked = held.get(state);
      const value = parameter.get(state, around);
      // Of a geometry that is dragged most numbers stay.
      if (value === shown && isHeld) return;
      shown = value;
      if (!isHeld) {
        const [low, high, step] = parameter.range(state, around);
        slider.min = String(Math.min(low, value));
        slider.max = String(Math.max(high, value));
        slider.step = step >= 1 ? String(step) : "any";
        // Arrow keys go by the step; the mouse may stop anywhere.
        slider.dataset.step = String(step);
        slider.value = String(value);
      }
      slider.setAttribute("aria-valuetext", `${Number(value.toPrecision(7))} ${unit}`);
      if (document.activeElement !== field) field.value = String(Number(value.toPrecision(7)));
    };
  });
  element.addEventListener("keydown", (event) => stepByKey(event));
  return {
    element,
    show: (state, around) => {
      for (const row of rows) row(state, around);
    },
  };
}

/** A box to tick where a fit holds the parameter. */
function holder(name: string, box: HTMLInputElement): HTMLElement {
  box.type = "checkbox";
  box.setAttribute("aria-label", `${name} fixed`);
  const label = document.createElement("label");
  label.className = "cakelab-parameter-held";
  label.title = "Whether a fit holds it at this value";
  label.append(box, "fixed");
  return label;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

/** Browsers make a hundredth of a slider's range a step, which is too coarse for a geometry. */
function stepByKey(event: KeyboardEvent): void {
  const slider = event.target as HTMLInputElement;
  const steps = STEPS[event.key];
  if (slider.type !== "range" || steps === undefined || event.ctrlKey || event.metaKey) return;
  const step = Number(slider.dataset.step) * steps * (event.shiftKey ? 10 : 1);
  slider.value = String(Number(slider.value) + step);
  slider.dispatchEvent(new Event("change", { bubbles: true }));
  event.preventDefault();
  event.stopPropagation();
}
