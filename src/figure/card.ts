import { element, escapeText } from "./svg.js";

/** Dark text on a card of its own: as readable on a dark page as on a light one (contrast 15:1). */
export const INK = "#1f2328";
const CARD = "#ffffff";
const EDGE = "#d0d7de";
const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** The place of a plot's own area within a figure. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A whole figure as an SVG document with a title, and a description for those who cannot see it. */
export function card(
  width: number,
  height: number,
  title: string | undefined,
  description: string,
  content: string,
): string {
  const background = element("rect", {
    x: 0.5,
    y: 0.5,
    width: width - 1,
    height: height - 1,
    rx: 6,
    fill: CARD,
    stroke: EDGE,
  });
  const heading =
    title === undefined ? "" : label(title, { x: 16, y: 25, "font-size": 15, "font-weight": 600 });
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": description,
      "font-family": FONTS,
      "font-size": 12,
      fill: INK,
    },
    `${element("title", {}, escapeText(title ?? description))}${element("desc", {}, escapeText(description))}${background}${heading}${content}`,
  );
}

/** A line of text. */
export function label(text: string, attributes: Record<string, string | number>): string {
  return element("text", attributes, escapeText(text));
}
