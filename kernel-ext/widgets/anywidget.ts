import { OptionError } from "../../src/errors.js";
import { DOMWidget, domTraits } from "./dom-widget.js";
import type { TraitTable } from "./trait-spec.js";
import type { PageClass } from "./widget.js";

/** What a widget of one's own is made of. */
export interface AnyWidgetOptions<S extends object> {
  /** A JavaScript module whose default export is `{ render({ model, el }) { … } }`, as anywidget has it. */
  readonly esm: string;
  /** Style sheet. */
  readonly css?: string;
  /** The traits that the kernel and the page share, with their first values: JSON and typed arrays. */
  readonly state?: S;
}

/** A widget of one's own, whose page's side is a JavaScript module. Its state's fields are properties. */
export class AnyWidget extends DOMWidget {
  static override readonly model: PageClass = ["anywidget", "*", "AnyModel"];
  static override readonly view: PageClass = ["anywidget", "*", "AnyView"];
  static override readonly traits: TraitTable = {
    ...domTraits,
    _anywidget_id: { type: "string", default: "" },
    _css: { type: "string", default: "" },
    _esm: { type: "string", default: "" },
  };

  constructor({ esm, css = "", state = {} }: AnyWidgetOptions<object>) {
    const traits: Record<string, TraitTable[string]> = {};
    for (const name of Object.keys(state)) {
      if (name.startsWith("_") || name in AnyWidget.traits || name in AnyWidget.prototype) {
        const message = `a widget has something else of this name; call it ${name}Value, say`;
        throw new OptionError(`state.${name}`, name, message);
      }
      traits[name] = { type: "any" };
    }
    super({ _anywidget_id: "cakelab.AnyWidget", _esm: esm, _css: css, ...state }, { traits });
  }
}

/**
 * Makes a widget of one's own.
 *
 * Typed arrays travel as bytes; what the page sends for one comes back as the same kind of array.
 *
 * @throws OptionError for a field of the state that has the name of something every widget has.
 * @example
 * ```ts
 * const counter = anywidget({
 *   esm: `export default { render({ model, el }) {
 *     el.textContent = model.get("count");
 *     model.on("change:count", () => { el.textContent = model.get("count"); });
 *   } }`,
 *   state: { count: 0 },
 * });
 * counter.count += 1;
 * ```
 */
export function anywidget<S extends object = Record<string, never>>(
  options: AnyWidgetOptions<S>,
): AnyWidget & S {
  return new AnyWidget(options) as AnyWidget & S;
}
