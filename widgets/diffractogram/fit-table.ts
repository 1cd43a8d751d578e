import { radialUnit } from "../../src/geometry/units.js";

/** The newest fits of a peak, a row for each range. */
export interface FitTable {
  readonly element: HTMLTableElement;
  show(
    rows: readonly { readonly color: string; readonly cells: readonly string[] }[],
    unit: string,
  ): void;
}

/** Makes the table; its cells are written over in place, so that it does not jump. */
export function fitTable(): FitTable {
  const element = document.createElement("table");
  element.setAttribute("aria-label", "fits");
  const head = element.createTHead().insertRow();
  const body = element.createTBody();
  return {
    element,
    show: (rows, unit) => {
      const text = unit === "r_pixel" ? "pixel" : radialUnit(unit).text;
      const names = ["range", `position / ${text}`, `FWHM / ${text}`, "area", "strain / 10⁻⁶"];
      fill(head, "th", names);
      while (body.rows.length > rows.length) body.deleteRow(-1);
      for (const [i, { color, cells }] of rows.entries()) {
        const row = body.rows[i] ?? body.insertRow();
        fill(row, "td", [String(i + 1), ...cells]);
        row.cells[0]!.style.setProperty("--band", color);
      }
    },
  };
}

function fill(row: HTMLTableRowElement, tag: "td" | "th", texts: readonly string[]): void {
  while (row.cells.length < texts.length) row.append(document.createElement(tag));
  for (const [i, text] of texts.entries()) row.cells[i]!.textContent = text;
}
