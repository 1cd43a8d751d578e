/** Axes, and the words around them, take this much of a plot's height, in pixels. */
const AROUND = 52;

/** Where a plot stands, with an area of this height within its axes, in pixels. */
export function plotPlace(height: number): HTMLElement {
  const place = document.createElement("div");
  place.style.height = `${height + AROUND}px`;
  return place;
}
