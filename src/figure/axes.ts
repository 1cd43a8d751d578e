import { type Frame, INK, label } from "./card.js";
import { element, escapeText, short } from "./svg.js";

/** A tick: its place along the axis, 0 to 1, and what is written there. */
export interface Tick {
  readonly place: number;
  readonly text: string;
}

/** An axis: what it shows, and its ticks. */
export interface Axis {
  readonly title: string;
  readonly ticks: readonly Tick[];
}

const TICK = 5;

/** The axes below and to the left of a plot; on the vertical one place 0 is at the bottom. */
export function axes({ x, y, width, height }: Frame, horizontal: Axis, vertical: Axis): string {
  const bottom = y + height;
  let marks = "";
  let texts = "";
  for (const { place, text } of horizontal.ticks) {
    const at = x + place * width;
    marks += `M${short(at)} ${short(bottom)}v${TICK}`;
    texts += label(text, { x: at, y: bottom + 18, "text-anchor": "middle" });
  }
  for (const { place, text } of vertical.ticks) {
    const at = bottom - place * height;
    marks += `M${short(x)} ${short(at)}h${-TICK}`;
    texts += label(text, { x: x - 8, y: at + 4, "text-anchor": "end" });
  }
  const frame = element("rect", { x, y, width, height, fill: "none", stroke: INK });
  const titles =
    label(horizontal.title, { x: x + width / 2, y: bottom + 36, "text-anchor": "middle" }) +
    turnedText(vertical.title, x - 44, y + height / 2);
  return `${frame}${element("path", { d: marks || "M0 0", stroke: INK, fill: "none" })}${texts}${titles}`;
}

/** Text along a vertical axis, read from below. */
export function turnedText(text: string, x: number, y: number): string {
  return element(
    "text",
    { transform: `translate(${short(x)} ${short(y)}) rotate(-90)`, "text-anchor": "middle" },
    escapeText(text),
  );
}
