// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { domTraits } from "../dom-widget.js";
import { OutputWidget } from "../output-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";

/** Widget used as a context manager to display output. */
export class Output extends OutputWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/output", "1.0.0", "OutputModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/output", "1.0.0", "OutputView"];
  static override readonly traits: TraitTable = {
    ...domTraits,
    msg_id: { type: "string", default: "" },
    outputs: { type: "json", default: [] },
  };

  constructor(options?: WidgetOptions<Output>) {
    super(options);
  }
}
