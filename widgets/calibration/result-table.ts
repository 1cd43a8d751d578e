import type { CalibrationSummary } from "../../src/calibration-messages.js";

/** Parameters with their standard errors, the rings one by one, and what a user should know. */
export function resultTable(summary: CalibrationSummary, isShown: boolean): HTMLElement[] {
  const { warnings, parameters, rings, correlations, text } = summary;
  const facts = line(
    "p",
    isShown ? text : `${text} – of the last fit: sliders have been moved since`,
  );
  return [
    ...warnings.map((warning) => line("p", warning, "cakelab-calibration-warning")),
    facts,
    table("parameters and their standard errors", ["", "value", "standard error"], parameters),
    line(
      "p",
      correlations.length === 0
        ? "No strong correlations between parameters."
        : `Correlations: ${correlations.join("; ")}.`,
    ),
    fold(
      `${rings.length} rings, one by one`,
      table(
        "rings",
        ["ring", "2θ / °", "pieces", "misfit / px", "RMS / px", "strain / 10⁻⁶"],
        rings.map(({ ring, twoTheta, segments, misfit, sigma, rms, strain }) => [
          `${ring + 1}`,
          ((twoTheta * 180) / Math.PI).toFixed(4),
          `${segments}`,
          `${signed(misfit, 4)} ± ${sigma.toFixed(4)}`,
          rms.toFixed(4),
          signed(strain, 1),
        ]),
      ),
    ),
  ];
}

function signed(value: number, digits: number): string {
  return value.toFixed(digits).replace("-", "−");
}

function line(tag: "p" | "td" | "th", text: string, className = ""): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function table(
  name: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLElement {
  const made = document.createElement("table");
  made.setAttribute("aria-label", name);
  const row = (cells: readonly string[], tag: "td" | "th"): void => {
    made.insertRow().append(...cells.map((cell) => line(tag, cell)));
  };
  row(head, "th");
  for (const cells of rows) row(cells, "td");
  return made;
}

function fold(title: string, content: HTMLElement): HTMLElement {
  const made = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = title;
  const place = document.createElement("div");
  place.className = "cakelab-calibration-rings";
  place.append(content);
  made.append(summary, place);
  return made;
}
