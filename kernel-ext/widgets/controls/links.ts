// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { LinkWidget } from "../link-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";

/** Link Widget. */
export class Link extends LinkWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "LinkModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", null];
  static override readonly traits: TraitTable = {
    source: { type: "end" },
    target: { type: "end" },
  };

  constructor(options?: WidgetOptions<Link>) {
    super(options);
  }
}

/** A directional link. */
export class DirectionalLink extends LinkWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "DirectionalLinkModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", null];
  static override readonly traits: TraitTable = {
    source: { type: "end" },
    target: { type: "end" },
  };

  constructor(options?: WidgetOptions<DirectionalLink>) {
    super(options);
  }
}
