// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { descriptionTraits } from "../description-widget.js";
import {
  MultipleSelectionWidget,
  SelectionRangeWidget,
  SelectionWidget,
  selectionTraits,
} from "../selection-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";
import { DescriptionStyle, SliderStyle, ToggleButtonsStyle } from "./styles.js";

/** Allows you to select a single item from a dropdown. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the options are
export class Dropdown<T = any> extends SelectionWidget<T> {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "DropdownModel",
  ];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "DropdownView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    ...selectionTraits,
    _options_labels: { type: "list", of: { type: "string" }, default: [], readOnly: true },
    disabled: { type: "boolean", default: false },
    index: { type: "integer", nullable: true },
    style: { type: "widget", make: () => DescriptionStyle },
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

  constructor(options?: WidgetOptions<Dropdown<T>>) {
    super(options);
  }
}

/** Group of radio buttons that represent an enumeration. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the options are
export class RadioButtons<T = any> extends SelectionWidget<T> {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "RadioButtonsModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "RadioButtonsView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    ...selectionTraits,
    _options_labels: { type: "list", of: { type: "string" }, default: [], readOnly: true },
    disabled: { type: "boolean", default: false },
    index: { type: "integer", nullable: true },
    orientation: { type: "choice", values: ["horizontal", "vertical"], default: "vertical" },
    style: { type: "widget", make: () => DescriptionStyle },
  };
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Vertical or horizontal. */
  declare orientation: "horizontal" | "vertical";

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<RadioButtons<T>>) {
    super(options);
  }
}

/** Listbox that only allows one item to be selected at any given time. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the options are
export class Select<T = any> extends SelectionWidget<T> {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "SelectModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "SelectView"];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    ...selectionTraits,
    _options_labels: { type: "list", of: { type: "string" }, default: [], readOnly: true },
    disabled: { type: "boolean", default: false },
    index: { type: "integer", nullable: true },
    rows: { type: "integer", default: 5 },
    style: { type: "widget", make: () => DescriptionStyle },
  };
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** The number of rows to display. */
  declare rows: number;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<Select<T>>) {
    super(options);
  }
}

/** Slider to select a single item from a list or dictionary. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the options are
export class SelectionSlider<T = any> extends SelectionWidget<T> {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "SelectionSliderModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "SelectionSliderView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    ...selectionTraits,
    _options_labels: { type: "list", of: { type: "string" }, default: [], readOnly: true },
    behavior: {
      type: "choice",
      values: ["drag-tap", "drag-snap", "tap", "drag", "snap"],
      default: "drag-tap",
    },
    continuous_update: { type: "boolean", default: true },
    disabled: { type: "boolean", default: false },
    index: { type: "integer", default: 0 },
    orientation: { type: "choice", values: ["horizontal", "vertical"], default: "horizontal" },
    readout: { type: "boolean", default: true },
    style: { type: "widget", make: () => SliderStyle },
  };
  /** Slider dragging behavior. */
  declare behavior: "drag-tap" | "drag-snap" | "tap" | "drag" | "snap";
  /** Update the value of the widget as the user is holding the slider. */
  declare continuousUpdate: boolean;
  /** `continuousUpdate`, as ipywidgets spells it. */
  declare continuous_update: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Vertical or horizontal. */
  declare orientation: "horizontal" | "vertical";
  /** Display the current selected label next to the slider. */
  declare readout: boolean;

  get style(): SliderStyle {
    return this.get("style") as SliderStyle;
  }
  set style(value: SliderStyle | WidgetOptions<SliderStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<SelectionSlider<T>>) {
    super(options);
  }
}

/** Group of toggle buttons that represent an enumeration. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the options are
export class ToggleButtons<T = any> extends SelectionWidget<T> {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ToggleButtonsModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ToggleButtonsView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    ...selectionTraits,
    _options_labels: { type: "list", of: { type: "string" }, default: [], readOnly: true },
    button_style: {
      type: "choice",
      values: ["primary", "success", "info", "warning", "danger", ""],
      default: "",
      nullable: true,
    },
    disabled: { type: "boolean", default: false },
    icons: { type: "list", of: { type: "string" }, default: [] },
    index: { type: "integer", nullable: true },
    style: { type: "widget", make: () => ToggleButtonsStyle },
    tooltips: { type: "list", of: { type: "string" }, default: [] },
  };
  /** Use a predefined styling for the buttons. */
  declare buttonStyle: "primary" | "success" | "info" | "warning" | "danger" | "" | null;
  /** `buttonStyle`, as ipywidgets spells it. */
  declare button_style: "primary" | "success" | "info" | "warning" | "danger" | "" | null;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Icons names for each button (FontAwesome names without the fa- prefix). */
  declare icons: readonly string[];

  get style(): ToggleButtonsStyle {
    return this.get("style") as ToggleButtonsStyle;
  }
  set style(value: ToggleButtonsStyle | WidgetOptions<ToggleButtonsStyle>) {
    this.set({ style: value });
  }
  /** Tooltips for each button. */
  declare tooltips: readonly string[];

  constructor(options?: WidgetOptions<ToggleButtons<T>>) {
    super(options);
  }
}

/** Listbox that allows many items to be selected at any given time. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the options are
export class SelectMultiple<T = any> extends MultipleSelectionWidget<T> {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "SelectMultipleModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "SelectMultipleView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    ...selectionTraits,
    _options_labels: { type: "list", of: { type: "string" }, default: [], readOnly: true },
    disabled: { type: "boolean", default: false },
    index: { type: "list", of: { type: "integer" }, default: [] },
    rows: { type: "integer", default: 5 },
    style: { type: "widget", make: () => DescriptionStyle },
  };
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** The number of rows to display. */
  declare rows: number;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<SelectMultiple<T>>) {
    super(options);
  }
}

/** Slider to select multiple contiguous items from a list. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the options are
export class SelectionRangeSlider<T = any> extends SelectionRangeWidget<T> {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "SelectionRangeSliderModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "SelectionRangeSliderView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    ...selectionTraits,
    _options_labels: { type: "list", of: { type: "string" }, default: [], readOnly: true },
    behavior: {
      type: "choice",
      values: ["drag-tap", "drag-snap", "tap", "drag", "snap"],
      default: "drag-tap",
    },
    continuous_update: { type: "boolean", default: true },
    disabled: { type: "boolean", default: false },
    index: { type: "list", of: { type: "json" }, default: [0, 0] },
    orientation: { type: "choice", values: ["horizontal", "vertical"], default: "horizontal" },
    readout: { type: "boolean", default: true },
    style: { type: "widget", make: () => SliderStyle },
  };
  /** Slider dragging behavior. */
  declare behavior: "drag-tap" | "drag-snap" | "tap" | "drag" | "snap";
  /** Update the value of the widget as the user is holding the slider. */
  declare continuousUpdate: boolean;
  /** `continuousUpdate`, as ipywidgets spells it. */
  declare continuous_update: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Vertical or horizontal. */
  declare orientation: "horizontal" | "vertical";
  /** Display the current selected label next to the slider. */
  declare readout: boolean;

  get style(): SliderStyle {
    return this.get("style") as SliderStyle;
  }
  set style(value: SliderStyle | WidgetOptions<SliderStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<SelectionRangeSlider<T>>) {
    super(options);
  }
}
