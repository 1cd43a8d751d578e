import type { Widget } from "./widget.js";

/** A class of widgets that a trait refers to. */
export type WidgetClass = new (options: never) => Widget;

interface Common {
  /** A value of a widget that was made without one. */
  readonly default?: unknown;
  /** Whether the value may be null. */
  readonly nullable?: boolean;
  /** Set by the page or by the widget itself only. */
  readonly readOnly?: boolean;
  /** `false`: what the page sets is not sent to other pages. Default `true`. */
  readonly echo?: boolean;
  /** Known to the kernel only. */
  readonly local?: boolean;
}

/** What a trait may hold, and how it travels. */
export type TraitSpec = Common &
  (
    | {
        readonly type:
          | "string"
          | "boolean"
          | "integer"
          | "number"
          | "color"
          | "numberFormat"
          | "bytes"
          | "date"
          | "datetime"
          | "naiveDatetime"
          | "time"
          | "files"
          | "end"
          | "json"
          | "any";
      }
    | { readonly type: "choice"; readonly values: readonly string[] }
    | { readonly type: "list"; readonly of: TraitSpec }
    | { readonly type: "tuple" | "union"; readonly of: readonly TraitSpec[] }
    | {
        readonly type: "widget";
        /** Where it is given, made from an object of its options, and by itself when it is first asked for. */
        readonly make?: () => WidgetClass;
      }
  );

/** The traits of a class of widgets by their names on the wire. */
export type TraitTable = Readonly<Record<string, TraitSpec>>;

/** The name of a trait in TypeScript: `readout_format` is `readoutFormat`, `_dom_classes` is `domClasses`. */
export function propertyName(wireName: string): string {
  return wireName.replace(/^_/, "").replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}
