import { keepKeys } from "./controls.js";

/** What the keys of a plot do. */
export interface CursorKeys {
  /** Moves the cursor by steps: to the right, and downwards. */
  move(right: number, down: number): void;
  /** Removes the cursor. */
  leave(): void;
  /** Takes what is under the cursor. */
  pick?(): void;
  /** Shows a part that is `factor` times as large. */
  zoom(factor: number): void;
  /** Shows all again. */
  reset(): void;
}

const ARROWS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
/** Steps of an arrow with the shift key. */
const LARGE = 10;

/**
 * Makes a plot one that takes the keyboard: arrows move its cursor, Enter takes what is there, Escape
 * removes it, + and − zoom, 0 shows all.
 *
 * @param name of what is plotted, for screen readers.
 */
export function listenToKeys(place: HTMLElement, name: string, keys: CursorKeys): void {
  place.tabIndex = 0;
  place.setAttribute("role", "application");
  place.setAttribute("aria-label", `${name}: arrows move the cursor, + and − zoom, 0 shows all`);
  keepKeys(place);
  place.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (target.matches("input, select, button, summary, [role=slider]")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow !== undefined) {
      const step = event.shiftKey ? LARGE : 1;
      keys.move(step * arrow[0], step * arrow[1]);
    } else if (event.key === "0") keys.reset();
    else if (event.key === "Escape") keys.leave();
    else if (event.key === "Enter" && keys.pick !== undefined) keys.pick();
    else if (event.key === "+") keys.zoom(0.5);
    else if (event.key === "-") keys.zoom(2);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
