import { DescriptionWidget } from "./description-widget.js";
import { Observers } from "./observers.js";

/** A line of text that the user types. */
export abstract class TextInputWidget extends DescriptionWidget {
  declare value: string;
  readonly #submitted = new Observers<TextInputWidget>();

  /** Calls a function, with the widget, whenever the user presses Enter. */
  onSubmit(callback: (text: this) => unknown): void {
    this.#submitted.add(callback as never);
  }

  /** Ends what `onSubmit` began. */
  offSubmit(callback: (text: this) => unknown): void {
    this.#submitted.remove(callback as never);
  }

  protected override handleMessage(content: Record<string, unknown>): unknown {
    return content.event === "submit" ? this.#submitted.callSafely("", this) : undefined;
  }
}
