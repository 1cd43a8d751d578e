import type { PickedTriple } from "../../src/calibration-messages.js";
import { button, keepKeys } from "../controls/controls.js";
import { ringColor } from "./ring-colors.js";

/** How many points each ring has, in its colour; a press removes them. */
export interface PointList {
  readonly element: HTMLElement;
  show(points: readonly PickedTriple[]): void;
}

/** Makes the list; `remove` is called with a ring's number, from 0. */
export function pointList(remove: (ring: number) => void): PointList {
  const element = document.createElement("span");
  element.className = "cakelab-group cakelab-calibration-points";
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "picked points");
  let shown: readonly PickedTriple[] | undefined;
  return {
    element,
    show: (points) => {
      if (points === shown) return;
      shown = points;
      const counts = new Map<number, number>();
      for (const [, , ring] of points) counts.set(ring, (counts.get(ring) ?? 0) + 1);
      const rings = [...counts].sort(([a], [b]) => a - b);
      element.replaceChildren(
        ...rings.map(([ring, count]) => {
          const text = `ring ${ring + 1}: ${count} ×`;
          const made = button(text, `Removes the points of ring ${ring + 1}`, () => remove(ring));
          made.style.borderLeft = `6px solid ${ringColor(ring)}`;
          keepKeys(made);
          return made;
        }),
      );
    },
  };
}
