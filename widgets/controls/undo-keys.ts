/** What can be undone and done again. */
export interface Undoable {
  undo(): void;
  redo(): void;
}

/** Listens for the keys that undo and redo: Ctrl+Z and Ctrl+Shift+Z. */
export function listenToUndo(element: HTMLElement, target: () => Undoable | undefined): void {
  element.addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!isUndo || event.key.toLowerCase() !== "z") return;
    if (event.shiftKey) target()?.redo();
    else target()?.undo();
    event.preventDefault();
    event.stopPropagation();
  });
}
