// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { BoundedWidget, LogBoundedWidget, RangeWidget, rangeTraits } from "../bounded-widget.js";
import { descriptionTraits } from "../description-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";
import { SliderStyle } from "./styles.js";

/** Slider widget that represents an integer bounded from above and below. */
export class IntSlider extends BoundedWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "IntSliderModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "IntSliderView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    behavior: {
      type: "choice",
      values: ["drag-tap", "drag-snap", "tap", "drag", "snap"],
      default: "drag-tap",
    },
    continuous_update: { type: "boolean", default: true },
    disabled: { type: "boolean", default: false },
    max: { type: "integer", default: 100 },
    min: { type: "integer", default: 0 },
    orientation: { type: "choice", values: ["horizontal", "vertical"], default: "horizontal" },
    readout: { type: "boolean", default: true },
    readout_format: { type: "numberFormat", default: "d" },
    step: { type: "integer", default: 1 },
    style: { type: "widget", make: () => SliderStyle },
    value: { type: "integer", default: 0 },
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
  /** Display the current value of the slider next to it. */
  declare readout: boolean;
  /** Format for the readout. */
  declare readoutFormat: string;
  /** `readoutFormat`, as ipywidgets spells it. */
  declare readout_format: string;
  /** Minimum step to increment the value. */
  declare step: number;

  get style(): SliderStyle {
    return this.get("style") as SliderStyle;
  }
  set style(value: SliderStyle | WidgetOptions<SliderStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<IntSlider>) {
    super(options);
  }
}

/** Slider/trackbar of floating values with the specified range. */
export class FloatSlider extends BoundedWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FloatSliderModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FloatSliderView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    behavior: {
      type: "choice",
      values: ["drag-tap", "drag-snap", "tap", "drag", "snap"],
      default: "drag-tap",
    },
    continuous_update: { type: "boolean", default: true },
    disabled: { type: "boolean", default: false },
    max: { type: "number", default: 100 },
    min: { type: "number", default: 0 },
    orientation: { type: "choice", values: ["horizontal", "vertical"], default: "horizontal" },
    readout: { type: "boolean", default: true },
    readout_format: { type: "numberFormat", default: ".2f" },
    step: { type: "number", default: 0.1, nullable: true },
    style: { type: "widget", make: () => SliderStyle },
    value: { type: "number", default: 0 },
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
  /** Display the current value of the slider next to it. */
  declare readout: boolean;
  /** Format for the readout. */
  declare readoutFormat: string;
  /** `readoutFormat`, as ipywidgets spells it. */
  declare readout_format: string;
  /** Minimum step to increment the value. */
  declare step: number | null;

  get style(): SliderStyle {
    return this.get("style") as SliderStyle;
  }
  set style(value: SliderStyle | WidgetOptions<SliderStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<FloatSlider>) {
    super(options);
  }
}

/** Slider/trackbar of logarithmic floating values with the specified range. */
export class FloatLogSlider extends LogBoundedWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FloatLogSliderModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FloatLogSliderView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    base: { type: "number", default: 10 },
    behavior: {
      type: "choice",
      values: ["drag-tap", "drag-snap", "tap", "drag", "snap"],
      default: "drag-tap",
    },
    continuous_update: { type: "boolean", default: true },
    disabled: { type: "boolean", default: false },
    max: { type: "number", default: 4 },
    min: { type: "number", default: 0 },
    orientation: { type: "choice", values: ["horizontal", "vertical"], default: "horizontal" },
    readout: { type: "boolean", default: true },
    readout_format: { type: "numberFormat", default: ".3g" },
    step: { type: "number", default: 0.1, nullable: true },
    style: { type: "widget", make: () => SliderStyle },
    value: { type: "number", default: 1 },
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
  /** Display the current value of the slider next to it. */
  declare readout: boolean;
  /** Format for the readout. */
  declare readoutFormat: string;
  /** `readoutFormat`, as ipywidgets spells it. */
  declare readout_format: string;
  /** Minimum step in the exponent to increment the value. */
  declare step: number | null;

  get style(): SliderStyle {
    return this.get("style") as SliderStyle;
  }
  set style(value: SliderStyle | WidgetOptions<SliderStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<FloatLogSlider>) {
    super(options);
  }
}

/** Slider/trackbar that represents a pair of ints bounded by minimum and maximum value. */
export class IntRangeSlider extends RangeWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "IntRangeSliderModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "IntRangeSliderView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    ...rangeTraits,
    behavior: {
      type: "choice",
      values: ["drag-tap", "drag-snap", "tap", "drag", "snap"],
      default: "drag-tap",
    },
    continuous_update: { type: "boolean", default: true },
    disabled: { type: "boolean", default: false },
    max: { type: "integer", default: 100 },
    min: { type: "integer", default: 0 },
    orientation: { type: "choice", values: ["horizontal", "vertical"], default: "horizontal" },
    readout: { type: "boolean", default: true },
    readout_format: { type: "numberFormat", default: "d" },
    step: { type: "integer", default: 1 },
    style: { type: "widget", make: () => SliderStyle },
    value: { type: "tuple", of: [{ type: "integer" }, { type: "integer" }], default: [25, 75] },
  };
  /** Slider dragging behavior. */
  declare behavior: "drag-tap" | "drag-snap" | "tap" | "drag" | "snap";
  /** Update the value of the widget as the user is sliding the slider. */
  declare continuousUpdate: boolean;
  /** `continuousUpdate`, as ipywidgets spells it. */
  declare continuous_update: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Vertical or horizontal. */
  declare orientation: "horizontal" | "vertical";
  /** Display the current value of the slider next to it. */
  declare readout: boolean;
  /** Format for the readout. */
  declare readoutFormat: string;
  /** `readoutFormat`, as ipywidgets spells it. */
  declare readout_format: string;
  /** Minimum step that the value can take. */
  declare step: number;

  /** Slider style customizations. */
  get style(): SliderStyle {
    return this.get("style") as SliderStyle;
  }
  set style(value: SliderStyle | WidgetOptions<SliderStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<IntRangeSlider>) {
    super(options);
  }
}

/** Slider/trackbar that represents a pair of floats bounded by minimum and maximum value. */
export class FloatRangeSlider extends RangeWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FloatRangeSliderModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FloatRangeSliderView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    ...rangeTraits,
    behavior: {
      type: "choice",
      values: ["drag-tap", "drag-snap", "tap", "drag", "snap"],
      default: "drag-tap",
    },
    continuous_update: { type: "boolean", default: true },
    disabled: { type: "boolean", default: false },
    max: { type: "number", default: 100 },
    min: { type: "number", default: 0 },
    orientation: { type: "choice", values: ["horizontal", "vertical"], default: "horizontal" },
    readout: { type: "boolean", default: true },
    readout_format: { type: "numberFormat", default: ".2f" },
    step: { type: "number", default: 0.1, nullable: true },
    style: { type: "widget", make: () => SliderStyle },
    value: { type: "tuple", of: [{ type: "number" }, { type: "number" }], default: [25, 75] },
  };
  /** Slider dragging behavior. */
  declare behavior: "drag-tap" | "drag-snap" | "tap" | "drag" | "snap";
  /** Update the value of the widget as the user is sliding the slider. */
  declare continuousUpdate: boolean;
  /** `continuousUpdate`, as ipywidgets spells it. */
  declare continuous_update: boolean;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Vertical or horizontal. */
  declare orientation: "horizontal" | "vertical";
  /** Display the current value of the slider next to it. */
  declare readout: boolean;
  /** Format for the readout. */
  declare readoutFormat: string;
  /** `readoutFormat`, as ipywidgets spells it. */
  declare readout_format: string;
  /** Minimum step to increment the value. */
  declare step: number | null;

  get style(): SliderStyle {
    return this.get("style") as SliderStyle;
  }
  set style(value: SliderStyle | WidgetOptions<SliderStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<FloatRangeSlider>) {
    super(options);
  }
}
