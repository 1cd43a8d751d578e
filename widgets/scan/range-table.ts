import { button, numberField } from "../controls/controls.js";
import { BACKGROUND, channelsOf, MOST_RANGES } from "./channels.js";
import type { Range } from "./range-bands.js";

/** The ranges of a map in numbers, to be changed by typing. */
export interface RangeTable {
  readonly element: HTMLElement;
  show(ranges: readonly Range[], background: Range | null): void;
}

/** What the table changes. */
export interface RangeChanges {
  setRange(index: number, range: Range): void;
  addRange(): void;
  removeRange(index: number): void;
  /** `"add"`: where there is room for one. */
  setBackground(range: Range | "add" | null): void;
}

interface Row {
  readonly element: HTMLElement;
  show(range: Range): void;
}

/** Makes the table. */
export function rangeTable(changes: RangeChanges): RangeTable {
  const element = document.createElement("div");
  element.className = "cakelab-ranges";
  let rows: Row[] = [];
  let made = "";
  return {
    element,
    show: (ranges, background) => {
      const key = `${ranges.length} ${background !== null}`;
      if (key !== made) {
        made = key;
        const channels = channelsOf(ranges.length);
        rows = channels.map(({ name, color }, i) =>
          rowOf(name, color, {
            set: (range) => changes.setRange(i, range),
            ...(ranges.length > 1 ? { remove: () => changes.removeRange(i) } : {}),
          }),
        );
        if (background !== null) {
          rows.push(
            rowOf(BACKGROUND.name, BACKGROUND.color, {
              set: (range) => changes.setBackground(range),
              remove: () => changes.setBackground(null),
            }),
          );
        }
        const buttons = document.createElement("div");
        if (ranges.length < MOST_RANGES) {
          const title = "Adds a range: several are seen as red, green and blue";
          buttons.append(button("add a range", title, () => changes.addRange()));
        }
        if (background === null) {
          const title = "Adds a range whose mean intensity is subtracted";
          buttons.append(
            button("subtract a background", title, () => changes.setBackground("add")),
          );
        }
        element.replaceChildren(...rows.map((row) => row.element), buttons);
      }
      const shown = background === null ? ranges : [...ranges, background];
      for (const [i, range] of shown.entries()) rows[i]!.show(range);
    },
  };
}

function rowOf(
  name: string,
  color: string,
  { set, remove }: { set(range: Range): void; remove?: () => void },
): Row {
  const element = document.createElement("div");
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", name);
  const word = document.createElement("b");
  word.textContent = name;
  word.style.setProperty("--band", color);
  let now: Range = [0, 0];
  const low = numberField("from", (value) => set([value, Math.max(value, now[1])]));
  const high = numberField("to", (value) => set([Math.min(now[0], value), value]));
  element.append(word, low.element, high.element);
  if (remove !== undefined) element.append(button("remove", `Removes ${name}`, remove));
  return {
    element,
    show: (range) => {
      now = range;
      low.show(range[0]);
      high.show(range[1]);
    },
  };
}
