// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import type { TraitTable } from "../trait-spec.js";
import { type PageClass, Widget } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";

/** Description style widget. */
export class DescriptionStyle extends Widget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "DescriptionStyleModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", "StyleView"];
  static override readonly traits: TraitTable = {
    description_width: { type: "string", default: "" },
  };
  /** Width of the description to the side of the control. */
  declare descriptionWidth: string;
  /** `descriptionWidth`, as ipywidgets spells it. */
  declare description_width: string;

  constructor(options?: WidgetOptions<DescriptionStyle>) {
    super(options);
  }
}

/** Button style widget. */
export class ButtonStyle extends Widget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ButtonStyleModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", "StyleView"];
  static override readonly traits: TraitTable = {
    button_color: { type: "color", nullable: true },
    font_family: { type: "string", nullable: true },
    font_size: { type: "string", nullable: true },
    font_style: { type: "string", nullable: true },
    font_variant: { type: "string", nullable: true },
    font_weight: { type: "string", nullable: true },
    text_color: { type: "string", nullable: true },
    text_decoration: { type: "string", nullable: true },
  };
  /** Color of the button. */
  declare buttonColor: string | null;
  /** `buttonColor`, as ipywidgets spells it. */
  declare button_color: string | null;
  /** Button text font family. */
  declare fontFamily: string | null;
  /** `fontFamily`, as ipywidgets spells it. */
  declare font_family: string | null;
  /** Button text font size. */
  declare fontSize: string | null;
  /** `fontSize`, as ipywidgets spells it. */
  declare font_size: string | null;
  /** Button text font style. */
  declare fontStyle: string | null;
  /** `fontStyle`, as ipywidgets spells it. */
  declare font_style: string | null;
  /** Button text font variant. */
  declare fontVariant: string | null;
  /** `fontVariant`, as ipywidgets spells it. */
  declare font_variant: string | null;
  /** Button text font weight. */
  declare fontWeight: string | null;
  /** `fontWeight`, as ipywidgets spells it. */
  declare font_weight: string | null;
  /** Button text color. */
  declare textColor: string | null;
  /** `textColor`, as ipywidgets spells it. */
  declare text_color: string | null;
  /** Button text decoration. */
  declare textDecoration: string | null;
  /** `textDecoration`, as ipywidgets spells it. */
  declare text_decoration: string | null;

  constructor(options?: WidgetOptions<ButtonStyle>) {
    super(options);
  }
}

/** Checkbox widget style. */
export class CheckboxStyle extends Widget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "CheckboxStyleModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", "StyleView"];
  static override readonly traits: TraitTable = {
    background: { type: "string", nullable: true },
    description_width: { type: "string", default: "" },
  };
  /** Background specifications. */
  declare background: string | null;
  /** Width of the description to the side of the control. */
  declare descriptionWidth: string;
  /** `descriptionWidth`, as ipywidgets spells it. */
  declare description_width: string;

  constructor(options?: WidgetOptions<CheckboxStyle>) {
    super(options);
  }
}

/** Button style widget. */
export class ProgressStyle extends Widget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ProgressStyleModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", "StyleView"];
  static override readonly traits: TraitTable = {
    bar_color: { type: "color", nullable: true },
    description_width: { type: "string", default: "" },
  };
  /** Color of the progress bar. */
  declare barColor: string | null;
  /** `barColor`, as ipywidgets spells it. */
  declare bar_color: string | null;
  /** Width of the description to the side of the control. */
  declare descriptionWidth: string;
  /** `descriptionWidth`, as ipywidgets spells it. */
  declare description_width: string;

  constructor(options?: WidgetOptions<ProgressStyle>) {
    super(options);
  }
}

/** Button style widget. */
export class SliderStyle extends Widget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "SliderStyleModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", "StyleView"];
  static override readonly traits: TraitTable = {
    description_width: { type: "string", default: "" },
    handle_color: { type: "color", nullable: true },
  };
  /** Width of the description to the side of the control. */
  declare descriptionWidth: string;
  /** `descriptionWidth`, as ipywidgets spells it. */
  declare description_width: string;
  /** Color of the slider handle. */
  declare handleColor: string | null;
  /** `handleColor`, as ipywidgets spells it. */
  declare handle_color: string | null;

  constructor(options?: WidgetOptions<SliderStyle>) {
    super(options);
  }
}

/** ToggleButton widget style. */
export class ToggleButtonStyle extends Widget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ToggleButtonStyleModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", "StyleView"];
  static override readonly traits: TraitTable = {
    description_width: { type: "string", default: "" },
    font_family: { type: "string", nullable: true },
    font_size: { type: "string", nullable: true },
    font_style: { type: "string", nullable: true },
    font_variant: { type: "string", nullable: true },
    font_weight: { type: "string", nullable: true },
    text_color: { type: "color", nullable: true },
    text_decoration: { type: "string", nullable: true },
  };
  /** Width of the description to the side of the control. */
  declare descriptionWidth: string;
  /** `descriptionWidth`, as ipywidgets spells it. */
  declare description_width: string;
  /** Toggle button text font family. */
  declare fontFamily: string | null;
  /** `fontFamily`, as ipywidgets spells it. */
  declare font_family: string | null;
  /** Toggle button text font size. */
  declare fontSize: string | null;
  /** `fontSize`, as ipywidgets spells it. */
  declare font_size: string | null;
  /** Toggle button text font style. */
  declare fontStyle: string | null;
  /** `fontStyle`, as ipywidgets spells it. */
  declare font_style: string | null;
  /** Toggle button text font variant. */
  declare fontVariant: string | null;
  /** `fontVariant`, as ipywidgets spells it. */
  declare font_variant: string | null;
  /** Toggle button text font weight. */
  declare fontWeight: string | null;
  /** `fontWeight`, as ipywidgets spells it. */
  declare font_weight: string | null;
  /** Toggle button text color. */
  declare textColor: string | null;
  /** `textColor`, as ipywidgets spells it. */
  declare text_color: string | null;
  /** Toggle button text decoration. */
  declare textDecoration: string | null;
  /** `textDecoration`, as ipywidgets spells it. */
  declare text_decoration: string | null;

  constructor(options?: WidgetOptions<ToggleButtonStyle>) {
    super(options);
  }
}

/** Button style widget. */
export class ToggleButtonsStyle extends Widget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ToggleButtonsStyleModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", "StyleView"];
  static override readonly traits: TraitTable = {
    button_width: { type: "string", default: "" },
    description_width: { type: "string", default: "" },
    font_weight: { type: "string", default: "" },
  };
  /** The width of each button. */
  declare buttonWidth: string;
  /** `buttonWidth`, as ipywidgets spells it. */
  declare button_width: string;
  /** Width of the description to the side of the control. */
  declare descriptionWidth: string;
  /** `descriptionWidth`, as ipywidgets spells it. */
  declare description_width: string;
  /** Text font weight of each button. */
  declare fontWeight: string;
  /** `fontWeight`, as ipywidgets spells it. */
  declare font_weight: string;

  constructor(options?: WidgetOptions<ToggleButtonsStyle>) {
    super(options);
  }
}
