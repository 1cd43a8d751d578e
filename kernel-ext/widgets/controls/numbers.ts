// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { BoundedWidget } from "../bounded-widget.js";
import { DescriptionWidget, descriptionTraits } from "../description-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";
import { DescriptionStyle, ProgressStyle } from "./styles.js";

/** Textbox widget that represents an integer. */
export class IntText extends DescriptionWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "IntTextModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "IntTextView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    continuous_update: { type: "boolean", default: false },
    disabled: { type: "boolean", default: false },
    step: { type: "integer", default: 1 },
    style: { type: "widget", make: () => DescriptionStyle },
    value: { type: "integer", default: 0 },
  };
  /** Update the value as the user types. If False, update on submission, e.g., pressing Enter or navigating away. */
  declare continuousUpdate: boolean;
  /** `continuousUpdate`, as ipywidgets spells it. */
  declare continuous_update: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Minimum step to increment the value. */
  declare step: number;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }
  /** Int value. */
  declare value: number;

  constructor(options?: WidgetOptions<IntText>) {
    super(options);
  }
}

/** Displays a float value within a textbox. For a textbox in which the value must be within a specific range, use BoundedFloatText. */
export class FloatText extends DescriptionWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FloatTextModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FloatTextView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    continuous_update: { type: "boolean", default: false },
    disabled: { type: "boolean", default: false },
    step: { type: "number", nullable: true },
    style: { type: "widget", make: () => DescriptionStyle },
    value: { type: "number", default: 0 },
  };
  /** Update the value as the user types. If False, update on submission, e.g., pressing Enter or navigating away. */
  declare continuousUpdate: boolean;
  /** `continuousUpdate`, as ipywidgets spells it. */
  declare continuous_update: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Minimum step to increment the value. */
  declare step: number | null;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }
  /** Float value. */
  declare value: number;

  constructor(options?: WidgetOptions<FloatText>) {
    super(options);
  }
}

/** Textbox widget that represents an integer bounded from above and below. */
export class BoundedIntText extends BoundedWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "BoundedIntTextModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "IntTextView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    continuous_update: { type: "boolean", default: false },
    disabled: { type: "boolean", default: false },
    max: { type: "integer", default: 100 },
    min: { type: "integer", default: 0 },
    step: { type: "integer", default: 1 },
    style: { type: "widget", make: () => DescriptionStyle },
    value: { type: "integer", default: 0 },
  };
  /** Update the value as the user types. If False, update on submission, e.g., pressing Enter or navigating away. */
  declare continuousUpdate: boolean;
  /** `continuousUpdate`, as ipywidgets spells it. */
  declare continuous_update: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Minimum step to increment the value. */
  declare step: number;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<BoundedIntText>) {
    super(options);
  }
}

/** Displays a float value within a textbox. Value must be within the range specified. */
export class BoundedFloatText extends BoundedWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "BoundedFloatTextModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FloatTextView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    continuous_update: { type: "boolean", default: false },
    disabled: { type: "boolean", default: false },
    max: { type: "number", default: 100 },
    min: { type: "number", default: 0 },
    step: { type: "number", nullable: true },
    style: { type: "widget", make: () => DescriptionStyle },
    value: { type: "number", default: 0 },
  };
  /** Update the value as the user types. If False, update on submission, e.g., pressing Enter or navigating away. */
  declare continuousUpdate: boolean;
  /** `continuousUpdate`, as ipywidgets spells it. */
  declare continuous_update: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Minimum step to increment the value. */
  declare step: number | null;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<BoundedFloatText>) {
    super(options);
  }
}

/** Progress bar that represents an integer bounded from above and below. */
export class IntProgress extends BoundedWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "IntProgressModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "ProgressView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    bar_style: {
      type: "choice",
      values: ["success", "info", "warning", "danger", ""],
      default: "",
    },
    max: { type: "integer", default: 100 },
    min: { type: "integer", default: 0 },
    orientation: { type: "choice", values: ["horizontal", "vertical"], default: "horizontal" },
    style: { type: "widget", make: () => ProgressStyle },
    value: { type: "integer", default: 0 },
  };
  /** Use a predefined styling for the progress bar. */
  declare barStyle: "success" | "info" | "warning" | "danger" | "";
  /** `barStyle`, as ipywidgets spells it. */
  declare bar_style: "success" | "info" | "warning" | "danger" | "";
  /** Vertical or horizontal. */
  declare orientation: "horizontal" | "vertical";

  get style(): ProgressStyle {
    return this.get("style") as ProgressStyle;
  }
  set style(value: ProgressStyle | WidgetOptions<ProgressStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<IntProgress>) {
    super(options);
  }
}

/** Displays a progress bar. */
export class FloatProgress extends BoundedWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FloatProgressModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "ProgressView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    bar_style: {
      type: "choice",
      values: ["success", "info", "warning", "danger", ""],
      default: "",
      nullable: true,
    },
    max: { type: "number", default: 100 },
    min: { type: "number", default: 0 },
    orientation: { type: "choice", values: ["horizontal", "vertical"], default: "horizontal" },
    style: { type: "widget", make: () => ProgressStyle },
    value: { type: "number", default: 0 },
  };
  /** Use a predefined styling for the progress bar. */
  declare barStyle: "success" | "info" | "warning" | "danger" | "" | null;
  /** `barStyle`, as ipywidgets spells it. */
  declare bar_style: "success" | "info" | "warning" | "danger" | "" | null;
  /** Vertical or horizontal. */
  declare orientation: "horizontal" | "vertical";

  get style(): ProgressStyle {
    return this.get("style") as ProgressStyle;
  }
  set style(value: ProgressStyle | WidgetOptions<ProgressStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<FloatProgress>) {
    super(options);
  }
}

/** Play/repeat buttons to step through values automatically, and optionally loop. */
export class Play extends BoundedWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "PlayModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "PlayView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    disabled: { type: "boolean", default: false },
    interval: { type: "integer", default: 100 },
    max: { type: "integer", default: 100 },
    min: { type: "integer", default: 0 },
    playing: { type: "boolean", default: false },
    repeat: { type: "boolean", default: false },
    show_repeat: { type: "boolean", default: true },
    step: { type: "integer", default: 1 },
    style: { type: "widget", make: () => DescriptionStyle },
    value: { type: "integer", default: 0 },
  };
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** The time between two animation steps (ms). */
  declare interval: number;
  /** Whether the control is currently playing. */
  declare playing: boolean;
  /** Whether the control will repeat in a continuous loop. */
  declare repeat: boolean;
  /** Show the repeat toggle button in the widget. */
  declare showRepeat: boolean;
  /** `showRepeat`, as ipywidgets spells it. */
  declare show_repeat: boolean;
  /** Increment step. */
  declare step: number;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<Play>) {
    super(options);
  }
}
