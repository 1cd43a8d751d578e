import { DOMWidget } from "./dom-widget.js";
import { Observers } from "./observers.js";

/** A widget that is clicked. */
export abstract class ClickWidget extends DOMWidget {
  readonly #clicked = new Observers<ClickWidget>();

  /** Calls a function for each click, with the button. */
  onClick(callback: (button: this) => unknown): void {
    this.#clicked.add(callback as never);
  }

  /** Ends what `onClick` began. */
  offClick(callback: (button: this) => unknown): void {
    this.#clicked.remove(callback as never);
  }

  /** Does what a click does. */
  click(): void {
    this.#clicked.call("", this);
  }

  protected override handleMessage(content: Record<string, unknown>): unknown {
    return content.event === "click" ? this.#clicked.callSafely("", this) : undefined;
  }
}
