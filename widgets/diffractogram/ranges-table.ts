import type { SectorRange } from "../../src/diffractogram-messages.js";
import { sectorOf } from "../../src/stream/diffractogram/sector.js";
import { button, keepKeys } from "../controls/controls.js";
import { sectorColors } from "./range-colors.js";

const COLUMNS = ["azimuth from", "azimuth to", "2θ from", "2θ to"] as const;
/** How far a new range is turned from the last one, in degrees. */
const TURN = 90;

/** The ranges in numbers; an empty field is an open end. */
export interface RangesTable {
  readonly element: HTMLElement;
  show(ranges: readonly SectorRange[], colors: readonly string[]): void;
}

/** Makes the table; `onRanges` is called with all of them when one has changed. */
export function rangesTable(onRanges: (ranges: SectorRange[]) => void): RangesTable {
  const element = document.createElement("div");
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const name of ["", ...COLUMNS, ""]) {
    const cell = document.createElement("th");
    cell.textContent = name === "" ? "" : `${name} / °`;
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  let ranges: readonly SectorRange[] = [];
  const add = button("add a range", "Adds a diffractogram of another sector", () =>
    onRanges([...ranges, nextRange(ranges)]),
  );
  element.className = "cakelab-diffractogram-ranges";
  element.append(table, add);
  return {
    element,
    show: (next, given) => {
      ranges = next;
      const colors = sectorColors(next.length, given);
      // Fields that have the focus stay, while there are as many rows.
      if (body.rows.length !== next.length) {
        body.replaceChildren(
          ...next.map((_, i) =>
            rowOf(i, {
              set: (column, value) => {
                const changed = [...ranges[i]!] as (number | null)[];
                changed[column] = value;
                const range = changed as unknown as SectorRange;
                const reason = refusal(range);
                if (reason === undefined) onRanges(ranges.with(i, range));
                return reason;
              },
              remove: () => onRanges(ranges.toSpliced(i, 1)),
            }),
          ),
        );
      }
      for (const [i, row] of [...body.rows].entries()) {
        (row.cells[0] as HTMLElement).style.setProperty("--band", colors[i]!);
        row.querySelector("button")!.disabled = next.length === 1;
        for (const [column, input] of [...row.querySelectorAll("input")].entries()) {
          const value = next[i]![column]!;
          if (document.activeElement !== input) {
            input.value = value === null ? "" : String(Number(value.toPrecision(7)));
          }
        }
      }
    },
  };
}

function rowOf(
  index: number,
  changes: { set(column: number, value: number | null): string | undefined; remove(): void },
): HTMLTableRowElement {
  const row = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  name.textContent = String(index + 1);
  row.append(name);
  for (const [column, words] of COLUMNS.entries()) {
    const input = document.createElement("input");
    input.type = "text";
    input.inputMode = "decimal";
    input.placeholder = "open";
    input.setAttribute("aria-label", `range ${index + 1} ${words}`);
    const given = (): void => {
      const text = input.value.trim().replace("−", "-").replace(",", ".");
      const value = text === "" ? null : Number(text);
      const isNumber = value === null || Number.isFinite(value);
      const reason = isNumber ? changes.set(column, value) : "give a number of degrees";
      input.setAttribute("aria-invalid", String(reason !== undefined));
      input.title = reason ?? "";
    };
    input.addEventListener("change", given);
    // JupyterLab keeps the browser from doing so itself.
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") given();
    });
    keepKeys(input);
    row.insertCell().append(input);
  }
  row.insertCell().append(button("remove", `Removes range ${index + 1}`, changes.remove));
  return row;
}

/** Why a range cannot be; undefined where it can. */
function refusal(range: SectorRange): string | undefined {
  try {
    sectorOf(range, "this range");
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** As wide as the last one, beside it. */
function nextRange(ranges: readonly SectorRange[]): SectorRange {
  const last = ranges.at(-1);
  if (last === undefined) return [null, null, null, null];
  const [start, end, ...radial] = last;
  if (start === null || end === null) return [0, TURN, ...radial];
  const turned = end + TURN > 360 ? -360 : 0;
  return [start + TURN + turned, end + TURN + turned, ...radial];
}
