import type { ListedPeak } from "../../src/diffractogram-messages.js";
import { plainNumber } from "./plain-number.js";
import { withError } from "./with-error.js";

/** The peaks of all diffractograms, folded away until they are asked for. */
export interface PeakList {
  readonly element: HTMLDetailsElement;
  show(peaks: readonly (readonly ListedPeak[])[], unit: string, styles: readonly string[]): void;
}

/** Makes the list. */
export function peakList(): PeakList {
  const element = document.createElement("details");
  const summary = document.createElement("summary");
  const table = document.createElement("table");
  table.setAttribute("aria-label", "peaks");
  const place = document.createElement("div");
  place.className = "cakelab-diffractogram-list";
  place.append(table);
  element.append(summary, place);
  summary.textContent = "Peaks found";
  let latest: Parameters<PeakList["show"]> | undefined;
  const fill = (): void => {
    // What nobody sees is not written, frame after frame.
    if (latest === undefined || !element.open) return;
    const [peaks, unit, colors] = latest;
    const rows = peaks.flatMap((list, range) => list.map((peak) => [range, peak] as const));
    const head = ["range", `position / ${unit}`, "value", `FWHM / ${unit}`];
    table.replaceChildren();
    table
      .createTHead()
      .insertRow()
      .append(...head.map((text) => cell("th", text)));
    const body = table.createTBody();
    for (const [range, { position, value, width, sigma }] of rows) {
      const name = cell("td", String(range + 1));
      name.style.setProperty("--band", colors[range] ?? "transparent");
      body
        .insertRow()
        .append(
          name,
          cell("td", withError(position, sigma)),
          cell("td", plainNumber(value, 5)),
          cell("td", width === null ? "–" : plainNumber(width, 3)),
        );
    }
  };
  element.addEventListener("toggle", fill);
  return {
    element,
    show: (...next) => {
      latest = next;
      fill();
    },
  };
}

function cell(tag: "td" | "th", text: string): HTMLTableCellElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
