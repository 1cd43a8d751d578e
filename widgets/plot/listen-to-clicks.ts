/** A press that moves less than this, in pixels, is a click. */
const CLICK = 4;

/**
 * Hears clicks on an element, also where the pointer is released over what has been put above it since,
 * as plotly does; until the returned function is called.
 */
export function listenToClicks(
  element: HTMLElement,
  onClick: (clientX: number, clientY: number) => void,
): () => void {
  let pressed: PointerEvent | undefined;
  element.addEventListener("pointerdown", (event) => {
    pressed = event;
  });
  const release = ({ clientX, clientY }: PointerEvent): void => {
    const start = pressed;
    pressed = undefined;
    if (start === undefined || start.button !== 0) return;
    if (Math.hypot(clientX - start.clientX, clientY - start.clientY) > CLICK) return;
    onClick(clientX, clientY);
  };
  window.addEventListener("pointerup", release, true);
  return () => window.removeEventListener("pointerup", release, true);
}
