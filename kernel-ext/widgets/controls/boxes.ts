// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { type BoxContent, BoxWidget, PagedWidget, TabbedWidget } from "../box-widget.js";
import { domTraits } from "../dom-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";

/** Displays multiple widgets in a group. */
export class Box extends BoxWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "BoxModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "BoxView"];
  static override readonly traits: TraitTable = {
    ...domTraits,
    box_style: {
      type: "choice",
      values: ["success", "info", "warning", "danger", ""],
      default: "",
    },
    children: { type: "list", of: { type: "widget" }, default: [] },
  };
  /** Use a predefined styling for the box. */
  declare boxStyle: "success" | "info" | "warning" | "danger" | "";
  /** `boxStyle`, as ipywidgets spells it. */
  declare box_style: "success" | "info" | "warning" | "danger" | "";

  constructor(content?: BoxContent<Box>, options?: WidgetOptions<Box>) {
    super(content, options);
  }
}

/** Displays multiple widgets horizontally using the flexible box model. */
export class HBox extends BoxWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "HBoxModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "HBoxView"];
  static override readonly traits: TraitTable = {
    ...domTraits,
    box_style: {
      type: "choice",
      values: ["success", "info", "warning", "danger", ""],
      default: "",
    },
    children: { type: "list", of: { type: "widget" }, default: [] },
  };
  /** Use a predefined styling for the box. */
  declare boxStyle: "success" | "info" | "warning" | "danger" | "";
  /** `boxStyle`, as ipywidgets spells it. */
  declare box_style: "success" | "info" | "warning" | "danger" | "";

  constructor(content?: BoxContent<HBox>, options?: WidgetOptions<HBox>) {
    super(content, options);
  }
}

/** Displays multiple widgets vertically using the flexible box model. */
export class VBox extends BoxWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "VBoxModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "VBoxView"];
  static override readonly traits: TraitTable = {
    ...domTraits,
    box_style: {
      type: "choice",
      values: ["success", "info", "warning", "danger", ""],
      default: "",
    },
    children: { type: "list", of: { type: "widget" }, default: [] },
  };
  /** Use a predefined styling for the box. */
  declare boxStyle: "success" | "info" | "warning" | "danger" | "";
  /** `boxStyle`, as ipywidgets spells it. */
  declare box_style: "success" | "info" | "warning" | "danger" | "";

  constructor(content?: BoxContent<VBox>, options?: WidgetOptions<VBox>) {
    super(content, options);
  }
}

/** Displays multiple widgets in rows and columns using the grid box model. */
export class GridBox extends BoxWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "GridBoxModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "GridBoxView"];
  static override readonly traits: TraitTable = {
    ...domTraits,
    box_style: {
      type: "choice",
      values: ["success", "info", "warning", "danger", ""],
      default: "",
    },
    children: { type: "list", of: { type: "widget" }, default: [] },
  };
  /** Use a predefined styling for the box. */
  declare boxStyle: "success" | "info" | "warning" | "danger" | "";
  /** `boxStyle`, as ipywidgets spells it. */
  declare box_style: "success" | "info" | "warning" | "danger" | "";

  constructor(content?: BoxContent<GridBox>, options?: WidgetOptions<GridBox>) {
    super(content, options);
  }
}

/** Displays children each on a separate accordion page. */
export class Accordion extends PagedWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "AccordionModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "AccordionView",
  ];
  static override readonly traits: TraitTable = {
    ...domTraits,
    box_style: {
      type: "choice",
      values: ["success", "info", "warning", "danger", ""],
      default: "",
    },
    children: { type: "list", of: { type: "widget" }, default: [] },
    selected_index: { type: "integer", nullable: true },
    titles: { type: "list", of: { type: "string" }, default: [] },
  };
  /** Use a predefined styling for the box. */
  declare boxStyle: "success" | "info" | "warning" | "danger" | "";
  /** `boxStyle`, as ipywidgets spells it. */
  declare box_style: "success" | "info" | "warning" | "danger" | "";

  constructor(content?: BoxContent<Accordion>, options?: WidgetOptions<Accordion>) {
    super(content, options);
  }
}

/** Displays children each on a separate accordion tab. */
export class Tab extends TabbedWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "TabModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "TabView"];
  static override readonly traits: TraitTable = {
    ...domTraits,
    box_style: {
      type: "choice",
      values: ["success", "info", "warning", "danger", ""],
      default: "",
    },
    children: { type: "list", of: { type: "widget" }, default: [] },
    selected_index: { type: "integer", nullable: true },
    titles: { type: "list", of: { type: "string" }, default: [] },
  };
  /** Use a predefined styling for the box. */
  declare boxStyle: "success" | "info" | "warning" | "danger" | "";
  /** `boxStyle`, as ipywidgets spells it. */
  declare box_style: "success" | "info" | "warning" | "danger" | "";

  constructor(content?: BoxContent<Tab>, options?: WidgetOptions<Tab>) {
    super(content, options);
  }
}

/** Displays only the selected child. */
export class Stack extends PagedWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "StackModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "StackView"];
  static override readonly traits: TraitTable = {
    ...domTraits,
    box_style: {
      type: "choice",
      values: ["success", "info", "warning", "danger", ""],
      default: "",
    },
    children: { type: "list", of: { type: "widget" }, default: [] },
    selected_index: { type: "integer", nullable: true },
    titles: { type: "list", of: { type: "string" }, default: [] },
  };
  /** Use a predefined styling for the box. */
  declare boxStyle: "success" | "info" | "warning" | "danger" | "";
  /** `boxStyle`, as ipywidgets spells it. */
  declare box_style: "success" | "info" | "warning" | "danger" | "";

  constructor(content?: BoxContent<Stack>, options?: WidgetOptions<Stack>) {
    super(content, options);
  }
}
