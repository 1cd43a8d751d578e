// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import type { TraitTable } from "../trait-spec.js";
import { type PageClass, Widget } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";

/** HTML with math style widget. */
export class HTMLMathStyle extends Widget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "HTMLMathStyleModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", "StyleView"];
  static override readonly traits: TraitTable = {
    background: { type: "string", nullable: true },
    description_width: { type: "string", default: "" },
    font_size: { type: "string", nullable: true },
    text_color: { type: "color", nullable: true },
  };
  /** Background specifications. */
  declare background: string | null;
  /** Width of the description to the side of the control. */
  declare descriptionWidth: string;
  /** `descriptionWidth`, as ipywidgets spells it. */
  declare description_width: string;
  /** Text font size. */
  declare fontSize: string | null;
  /** `fontSize`, as ipywidgets spells it. */
  declare font_size: string | null;
  /** Text color. */
  declare textColor: string | null;
  /** `textColor`, as ipywidgets spells it. */
  declare text_color: string | null;

  constructor(options?: WidgetOptions<HTMLMathStyle>) {
    super(options);
  }
}

/** HTML style widget. */
export class HTMLStyle extends Widget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "HTMLStyleModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", "StyleView"];
  static override readonly traits: TraitTable = {
    background: { type: "string", nullable: true },
    description_width: { type: "string", default: "" },
    font_size: { type: "string", nullable: true },
    text_color: { type: "color", nullable: true },
  };
  /** Background specifications. */
  declare background: string | null;
  /** Width of the description to the side of the control. */
  declare descriptionWidth: string;
  /** `descriptionWidth`, as ipywidgets spells it. */
  declare description_width: string;
  /** Text font size. */
  declare fontSize: string | null;
  /** `fontSize`, as ipywidgets spells it. */
  declare font_size: string | null;
  /** Text color. */
  declare textColor: string | null;
  /** `textColor`, as ipywidgets spells it. */
  declare text_color: string | null;

  constructor(options?: WidgetOptions<HTMLStyle>) {
    super(options);
  }
}

/** Label style widget. */
export class LabelStyle extends Widget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "LabelStyleModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", "StyleView"];
  static override readonly traits: TraitTable = {
    background: { type: "string", nullable: true },
    description_width: { type: "string", default: "" },
    font_family: { type: "string", nullable: true },
    font_size: { type: "string", nullable: true },
    font_style: { type: "string", nullable: true },
    font_variant: { type: "string", nullable: true },
    font_weight: { type: "string", nullable: true },
    text_color: { type: "color", nullable: true },
    text_decoration: { type: "string", nullable: true },
  };
  /** Background specifications. */
  declare background: string | null;
  /** Width of the description to the side of the control. */
  declare descriptionWidth: string;
  /** `descriptionWidth`, as ipywidgets spells it. */
  declare description_width: string;
  /** Label text font family. */
  declare fontFamily: string | null;
  /** `fontFamily`, as ipywidgets spells it. */
  declare font_family: string | null;
  /** Text font size. */
  declare fontSize: string | null;
  /** `fontSize`, as ipywidgets spells it. */
  declare font_size: string | null;
  /** Label text font style. */
  declare fontStyle: string | null;
  /** `fontStyle`, as ipywidgets spells it. */
  declare font_style: string | null;
  /** Label text font variant. */
  declare fontVariant: string | null;
  /** `fontVariant`, as ipywidgets spells it. */
  declare font_variant: string | null;
  /** Label text font weight. */
  declare fontWeight: string | null;
  /** `fontWeight`, as ipywidgets spells it. */
  declare font_weight: string | null;
  /** Text color. */
  declare textColor: string | null;
  /** `textColor`, as ipywidgets spells it. */
  declare text_color: string | null;
  /** Label text decoration. */
  declare textDecoration: string | null;
  /** `textDecoration`, as ipywidgets spells it. */
  declare text_decoration: string | null;

  constructor(options?: WidgetOptions<LabelStyle>) {
    super(options);
  }
}

/** Text input style widget. */
export class TextStyle extends Widget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "TextStyleModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", "StyleView"];
  static override readonly traits: TraitTable = {
    background: { type: "string", nullable: true },
    description_width: { type: "string", default: "" },
    font_size: { type: "string", nullable: true },
    text_color: { type: "color", nullable: true },
  };
  /** Background specifications. */
  declare background: string | null;
  /** Width of the description to the side of the control. */
  declare descriptionWidth: string;
  /** `descriptionWidth`, as ipywidgets spells it. */
  declare description_width: string;
  /** Text font size. */
  declare fontSize: string | null;
  /** `fontSize`, as ipywidgets spells it. */
  declare font_size: string | null;
  /** Text color. */
  declare textColor: string | null;
  /** `textColor`, as ipywidgets spells it. */
  declare text_color: string | null;

  constructor(options?: WidgetOptions<TextStyle>) {
    super(options);
  }
}
