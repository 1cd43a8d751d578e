// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { ClockWidget, DayWidget } from "../date-widget.js";
import { DescriptionWidget, descriptionTraits } from "../description-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";
import { DescriptionStyle } from "./styles.js";

/** `ColorPicker` of ipywidgets. */
export class ColorPicker extends DescriptionWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ColorPickerModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ColorPickerView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    concise: { type: "boolean", default: false },
    disabled: { type: "boolean", default: false },
    style: { type: "widget", make: () => DescriptionStyle },
    value: { type: "color", default: "black" },
  };
  /** Display short version with just a color selector. */
  declare concise: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }
  /** The color value. */
  declare value: string;

  constructor(options?: WidgetOptions<ColorPicker>) {
    super(options);
  }
}

/** Display a widget for picking dates. */
export class DatePicker extends DayWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "DatePickerModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "DatePickerView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    disabled: { type: "boolean", default: false },
    max: { type: "date", nullable: true },
    min: { type: "date", nullable: true },
    step: {
      type: "union",
      of: [{ type: "integer" }, { type: "choice", values: ["any"] }],
      default: 1,
    },
    style: { type: "widget", make: () => DescriptionStyle },
    value: { type: "date", nullable: true },
  };
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** The date step to use for the picker, in days, or "any". */
  declare step: number | "any";

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<DatePicker>) {
    super(options);
  }
}

/** Display a widget for picking datetimes. */
export class DatetimePicker extends DayWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "DatetimeModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "DatetimeView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    disabled: { type: "boolean", default: false },
    max: { type: "datetime", nullable: true },
    min: { type: "datetime", nullable: true },
    style: { type: "widget", make: () => DescriptionStyle },
    value: { type: "datetime", nullable: true },
  };
  /** Enable or disable user changes. */
  declare disabled: boolean;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<DatetimePicker>) {
    super(options);
  }
}

/** Display a widget for picking naive datetimes (i.e. timezone unaware). */
export class NaiveDatetimePicker extends DayWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "NaiveDatetimeModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "DatetimeView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    disabled: { type: "boolean", default: false },
    max: { type: "naiveDatetime", nullable: true },
    min: { type: "naiveDatetime", nullable: true },
    style: { type: "widget", make: () => DescriptionStyle },
    value: { type: "naiveDatetime", nullable: true },
  };
  /** Enable or disable user changes. */
  declare disabled: boolean;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<NaiveDatetimePicker>) {
    super(options);
  }
}

/** Display a widget for picking times. */
export class TimePicker extends ClockWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "TimeModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "TimeView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    disabled: { type: "boolean", default: false },
    max: { type: "time", nullable: true },
    min: { type: "time", nullable: true },
    step: {
      type: "union",
      of: [{ type: "number" }, { type: "choice", values: ["any"] }],
      default: 60,
    },
    style: { type: "widget", make: () => DescriptionStyle },
    value: { type: "time", nullable: true },
  };
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** The time step to use for the picker, in seconds, or "any". */
  declare step: number | "any";

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<TimePicker>) {
    super(options);
  }
}
