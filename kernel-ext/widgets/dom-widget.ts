import { Layout } from "./controls/layout.js";
import type { TraitTable } from "./trait-spec.js";
import { Widget } from "./widget.js";
import type { WidgetOptions } from "./widget-types.js";

/** The traits of every widget that has a place on the page. */
export const domTraits: TraitTable = {
  _dom_classes: { type: "list", of: { type: "string" }, default: [] },
  layout: { type: "widget", make: () => Layout },
  tabbable: { type: "boolean", nullable: true },
  tooltip: { type: "string", nullable: true },
};

/** A widget that has a place on the page. */
export abstract class DOMWidget extends Widget {
  /** CSS classes of the widget's element. */
  declare domClasses: readonly string[];
  /** Whether the Tab key reaches it; null: as the browser has it. */
  declare tabbable: boolean | null;
  /** Shown when the mouse rests on it. */
  declare tooltip: string | null;

  /** Its size and place. */
  get layout(): Layout {
    return this.get("layout") as Layout;
  }
  set layout(value: Layout | WidgetOptions<Layout>) {
    this.set({ layout: value });
  }

  /** Gives the widget's element a CSS class. */
  addClass(name: string): this {
    if (!this.domClasses.includes(name)) this.domClasses = [...this.domClasses, name];
    return this;
  }

  /** Takes a CSS class from the widget's element. */
  removeClass(name: string): this {
    this.domClasses = this.domClasses.filter((other) => other !== name);
    return this;
  }

  /** Puts the keyboard's focus on the widget. */
  focus(): void {
    this.send({ do: "focus" });
  }

  /** Takes the keyboard's focus from the widget. */
  blur(): void {
    this.send({ do: "blur" });
  }
}
