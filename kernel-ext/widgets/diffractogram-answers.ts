import type { DiffractogramMessageToKernel } from "../../src/diffractogram-messages.js";
import type { Diffractogram } from "./diffractogram.js";

/** What a view does for a button of its page, or a click there; `undefined` for other messages. */
export function workFor(
  view: Diffractogram,
  message: DiffractogramMessageToKernel,
): (() => void | Promise<void>) | undefined {
  switch (message.do) {
    case "show":
      return () => view.show();
    case "stop":
      return () => view.stop();
    case "next":
      return () => view.next();
    case "reset":
      return () => view.reset();
    case "freeze":
      return () => view.freeze();
    case "clear":
      return () => view.clear();
    case "center":
      return () => view.moveCenter(message.row, message.column);
    case "undo center":
      return () => view.undoCenter();
    case "track":
      return () => view.track(message.position);
    default:
      return undefined;
  }
}
