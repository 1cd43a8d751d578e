import type { Frame } from "./card.js";
import { element, escapeText, short } from "./svg.js";

/** A place on the horizontal axis that is pointed out, such as where a ring should be. */
export interface Mark {
  readonly at: number;
  readonly label?: string;
}

const MARK_TEXT = 11;

/** Dotted lines with turned labels; one that would cover its neighbour's goes below it. */
export function drawMarks(
  marks: readonly Mark[],
  frame: Frame,
  place: (value: number) => number,
): string {
  const shown = marks
    .filter(({ at }) => place(at) >= 0 && place(at) <= 1)
    .toSorted((p, q) => p.at - q.at);
  let lines = "";
  let texts = "";
  let before = -Infinity;
  let depth = 0;
  for (const { at, label: text = "" } of shown) {
    const x = frame.x + place(at) * frame.width;
    lines += element("path", {
      d: `M${short(x)} ${short(frame.y)}v${short(frame.height)}`,
      stroke: "#6e7781",
      "stroke-dasharray": "2 3",
    });
    if (text === "") continue;
    const toRight = x + MARK_TEXT + 4 < frame.x + frame.width;
    const textX = toRight ? x + MARK_TEXT : x - 3;
    depth = textX - before < MARK_TEXT + 2 ? depth + 7 * text.length : 0;
    before = textX;
    texts += element(
      "text",
      {
        transform: `translate(${short(textX)} ${short(frame.y + 6 + depth)}) rotate(-90)`,
        "text-anchor": "end",
        "font-size": MARK_TEXT,
        // A white seam keeps it readable where a curve runs below.
        stroke: "#ffffff",
        "stroke-width": 3,
        "paint-order": "stroke",
      },
      escapeText(text),
    );
  }
  return lines + texts;
}
