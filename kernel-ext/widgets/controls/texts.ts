// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { DescriptionWidget, descriptionTraits } from "../description-widget.js";
import { TextInputWidget } from "../text-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";
import { HTMLMathStyle, HTMLStyle, LabelStyle, TextStyle } from "./text-styles.js";

/** Single line textbox widget. */
export class Text extends TextInputWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "TextModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "TextView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    continuous_update: { type: "boolean", default: true },
    disabled: { type: "boolean", default: false },
    placeholder: { type: "string", default: "​" },
    style: { type: "widget", make: () => TextStyle },
    value: { type: "string", default: "" },
  };
  /** Update the value as the user types. If False, update on submission, e.g., pressing Enter or navigating away. */
  declare continuousUpdate: boolean;
  /** `continuousUpdate`, as ipywidgets spells it. */
  declare continuous_update: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Placeholder text to display when nothing has been typed. */
  declare placeholder: string;

  get style(): TextStyle {
    return this.get("style") as TextStyle;
  }
  set style(value: TextStyle | WidgetOptions<TextStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<Text>) {
    super(options);
  }
}

/** Multiline text area widget. */
export class Textarea extends DescriptionWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "TextareaModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "TextareaView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    continuous_update: { type: "boolean", default: true },
    disabled: { type: "boolean", default: false },
    placeholder: { type: "string", default: "​" },
    rows: { type: "integer", nullable: true },
    style: { type: "widget", make: () => TextStyle },
    value: { type: "string", default: "" },
  };
  /** Update the value as the user types. If False, update on submission, e.g., pressing Enter or navigating away. */
  declare continuousUpdate: boolean;
  /** `continuousUpdate`, as ipywidgets spells it. */
  declare continuous_update: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Placeholder text to display when nothing has been typed. */
  declare placeholder: string;
  /** The number of rows to display. */
  declare rows: number | null;

  get style(): TextStyle {
    return this.get("style") as TextStyle;
  }
  set style(value: TextStyle | WidgetOptions<TextStyle>) {
    this.set({ style: value });
  }
  /** String value. */
  declare value: string;

  constructor(options?: WidgetOptions<Textarea>) {
    super(options);
  }
}

/** Single line textbox widget. */
export class Password extends TextInputWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "PasswordModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "PasswordView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    continuous_update: { type: "boolean", default: true },
    disabled: { type: "boolean", default: false },
    placeholder: { type: "string", default: "​" },
    style: { type: "widget", make: () => TextStyle },
    value: { type: "string", default: "" },
  };
  /** Update the value as the user types. If False, update on submission, e.g., pressing Enter or navigating away. */
  declare continuousUpdate: boolean;
  /** `continuousUpdate`, as ipywidgets spells it. */
  declare continuous_update: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Placeholder text to display when nothing has been typed. */
  declare placeholder: string;

  get style(): TextStyle {
    return this.get("style") as TextStyle;
  }
  set style(value: TextStyle | WidgetOptions<TextStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<Password>) {
    super(options);
  }
}

/** Single line textbox widget with a dropdown and autocompletion. */
export class Combobox extends TextInputWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ComboboxModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "ComboboxView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    continuous_update: { type: "boolean", default: true },
    disabled: { type: "boolean", default: false },
    ensure_option: { type: "boolean", default: false },
    options: { type: "list", of: { type: "string" }, default: [] },
    placeholder: { type: "string", default: "​" },
    style: { type: "widget", make: () => TextStyle },
    value: { type: "string", default: "" },
  };
  /** Update the value as the user types. If False, update on submission, e.g., pressing Enter or navigating away. */
  declare continuousUpdate: boolean;
  /** `continuousUpdate`, as ipywidgets spells it. */
  declare continuous_update: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** If set, ensure value is in options. Implies continuous_update=False. */
  declare ensureOption: boolean;
  /** `ensureOption`, as ipywidgets spells it. */
  declare ensure_option: boolean;
  /** Dropdown options for the combobox. */
  declare options: readonly string[];
  /** Placeholder text to display when nothing has been typed. */
  declare placeholder: string;

  get style(): TextStyle {
    return this.get("style") as TextStyle;
  }
  set style(value: TextStyle | WidgetOptions<TextStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<Combobox>) {
    super(options);
  }
}

/** Renders the string `value` as HTML. */
export class HTML extends DescriptionWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "HTMLModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "HTMLView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    placeholder: { type: "string", default: "​" },
    style: { type: "widget", make: () => HTMLStyle },
    value: { type: "string", default: "" },
  };
  /** Placeholder text to display when nothing has been typed. */
  declare placeholder: string;

  get style(): HTMLStyle {
    return this.get("style") as HTMLStyle;
  }
  set style(value: HTMLStyle | WidgetOptions<HTMLStyle>) {
    this.set({ style: value });
  }
  /** String value. */
  declare value: string;

  constructor(options?: WidgetOptions<HTML>) {
    super(options);
  }
}

/** Renders the string `value` as HTML, and render mathematics. */
export class HTMLMath extends DescriptionWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "HTMLMathModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "HTMLMathView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    placeholder: { type: "string", default: "​" },
    style: { type: "widget", make: () => HTMLMathStyle },
    value: { type: "string", default: "" },
  };
  /** Placeholder text to display when nothing has been typed. */
  declare placeholder: string;

  get style(): HTMLMathStyle {
    return this.get("style") as HTMLMathStyle;
  }
  set style(value: HTMLMathStyle | WidgetOptions<HTMLMathStyle>) {
    this.set({ style: value });
  }
  /** String value. */
  declare value: string;

  constructor(options?: WidgetOptions<HTMLMath>) {
    super(options);
  }
}

/** Label widget. */
export class Label extends DescriptionWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "LabelModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "LabelView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    placeholder: { type: "string", default: "​" },
    style: { type: "widget", make: () => LabelStyle },
    value: { type: "string", default: "" },
  };
  /** Placeholder text to display when nothing has been typed. */
  declare placeholder: string;

  get style(): LabelStyle {
    return this.get("style") as LabelStyle;
  }
  set style(value: LabelStyle | WidgetOptions<LabelStyle>) {
    this.set({ style: value });
  }
  /** String value. */
  declare value: string;

  constructor(options?: WidgetOptions<Label>) {
    super(options);
  }
}
