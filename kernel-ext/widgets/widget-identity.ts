import type { Widget } from "./widget.js";

/** What a widget's class carries, so that `isWidget` knows the objects of another copy of it, too. */
export const widgetMark: unique symbol = Symbol.for("cakelab.widget");

/** Tells widgets from all else. */
export function isWidget(value: unknown): value is Widget {
  return typeof value === "object" && value !== null && widgetMark in value;
}

/** How a state refers to another widget. */
export const REFERENCE = "IPY_MODEL_";
