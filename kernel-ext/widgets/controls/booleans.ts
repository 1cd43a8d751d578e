// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { DescriptionWidget, descriptionTraits } from "../description-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";
import { CheckboxStyle, DescriptionStyle, ToggleButtonStyle } from "./styles.js";

/** Displays a boolean `value` in the form of a checkbox. */
export class Checkbox extends DescriptionWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "CheckboxModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "CheckboxView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    disabled: { type: "boolean", default: false },
    indent: { type: "boolean", default: true },
    style: { type: "widget", make: () => CheckboxStyle },
    value: { type: "boolean", default: false },
  };
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Indent the control to align with other controls with a description. */
  declare indent: boolean;

  /** Styling customizations. */
  get style(): CheckboxStyle {
    return this.get("style") as CheckboxStyle;
  }
  set style(value: CheckboxStyle | WidgetOptions<CheckboxStyle>) {
    this.set({ style: value });
  }
  /** Bool value. */
  declare value: boolean;

  constructor(options?: WidgetOptions<Checkbox>) {
    super(options);
  }
}

/** Displays a boolean `value` in the form of a toggle button. */
export class ToggleButton extends DescriptionWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ToggleButtonModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ToggleButtonView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    button_style: {
      type: "choice",
      values: ["primary", "success", "info", "warning", "danger", ""],
      default: "",
    },
    disabled: { type: "boolean", default: false },
    icon: { type: "string", default: "" },
    style: { type: "widget", make: () => ToggleButtonStyle },
    value: { type: "boolean", default: false },
  };
  /** Use a predefined styling for the button. */
  declare buttonStyle: "primary" | "success" | "info" | "warning" | "danger" | "";
  /** `buttonStyle`, as ipywidgets spells it. */
  declare button_style: "primary" | "success" | "info" | "warning" | "danger" | "";
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Font-awesome icon. */
  declare icon: string;

  /** Styling customizations. */
  get style(): ToggleButtonStyle {
    return this.get("style") as ToggleButtonStyle;
  }
  set style(value: ToggleButtonStyle | WidgetOptions<ToggleButtonStyle>) {
    this.set({ style: value });
  }
  /** Bool value. */
  declare value: boolean;

  constructor(options?: WidgetOptions<ToggleButton>) {
    super(options);
  }
}

/** Displays a boolean `value` in the form of a green check (True / valid) or a red cross (False / invalid). */
export class Valid extends DescriptionWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "ValidModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "ValidView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    disabled: { type: "boolean", default: false },
    readout: { type: "string", default: "Invalid" },
    style: { type: "widget", make: () => DescriptionStyle },
    value: { type: "boolean", default: false },
  };
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Message displayed when the value is False. */
  declare readout: string;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }
  /** Bool value. */
  declare value: boolean;

  constructor(options?: WidgetOptions<Valid>) {
    super(options);
  }
}
