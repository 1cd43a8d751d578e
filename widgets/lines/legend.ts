import type { LineStyle } from "../../src/figure/line-colors.js";
import { button } from "../controls/controls.js";

/** The names of lines, each with a sample; a press hides or shows its line. */
export interface Legend {
  readonly element: HTMLElement;
  show(labels: readonly string[], styles: readonly LineStyle[], hidden: ReadonlySet<number>): void;
}

/** Makes a legend; `onHidden` is called with the lines that the user wants hidden. */
export function legend(onHidden: (hidden: readonly number[]) => void): Legend {
  const element = document.createElement("div");
  element.className = "cakelab-legend";
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "lines");
  let hiddenNow: ReadonlySet<number> = new Set();
  let shown = "";
  return {
    element,
    show: (labels, styles, hidden) => {
      hiddenNow = hidden;
      element.hidden = labels.length < 2;
      const key = JSON.stringify([labels, styles]);
      if (key !== shown) {
        shown = key;
        const all = button("all", "Shows all lines", () => onHidden([]));
        const none = button("none", "Hides all lines", () => onHidden([...labels.keys()]));
        const entries = labels.map((label, i) =>
          entry(label, styles[i]!, () => {
            const next = new Set(hiddenNow);
            if (!next.delete(i)) next.add(i);
            onHidden([...next].sort((a, b) => a - b));
          }),
        );
        element.replaceChildren(all, none, ...entries);
      }
      for (const [i, child] of [...element.children].slice(2).entries()) {
        child.setAttribute("aria-pressed", String(!hidden.has(i)));
      }
    },
  };
}

const SVG = "http://www.w3.org/2000/svg";

function entry(label: string, { color, dash }: LineStyle, onPress: () => void): HTMLButtonElement {
  const made = button(label, `Hides or shows ${label}`, onPress);
  const sample = document.createElementNS(SVG, "svg");
  sample.setAttribute("width", "24");
  sample.setAttribute("height", "8");
  sample.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", "M0 4h24");
  line.setAttribute("stroke", color);
  line.setAttribute("stroke-width", "2.5");
  if (dash !== undefined) line.setAttribute("stroke-dasharray", dash);
  sample.append(line);
  made.prepend(sample);
  return made;
}
