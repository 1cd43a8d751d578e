// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { DOMWidget, domTraits } from "../dom-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";

/** Represents a gamepad or joystick axis. */
export class ControllerAxis extends DOMWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ControllerAxisModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ControllerAxisView",
  ];
  static override readonly traits: TraitTable = {
    ...domTraits,
    value: { type: "number", default: 0, readOnly: true },
  };
  /** The value of the axis. */
  declare readonly value: number;

  constructor(options?: WidgetOptions<ControllerAxis>) {
    super(options);
  }
}

/** Represents a gamepad or joystick button. */
export class ControllerButton extends DOMWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ControllerButtonModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ControllerButtonView",
  ];
  static override readonly traits: TraitTable = {
    ...domTraits,
    pressed: { type: "boolean", default: false, readOnly: true },
    value: { type: "number", default: 0, readOnly: true },
  };
  /** Whether the button is pressed. */
  declare readonly pressed: boolean;
  /** The value of the button. */
  declare readonly value: number;

  constructor(options?: WidgetOptions<ControllerButton>) {
    super(options);
  }
}

/** Represents a game controller. */
export class Controller extends DOMWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ControllerModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ControllerView",
  ];
  static override readonly traits: TraitTable = {
    ...domTraits,
    axes: { type: "list", of: { type: "widget" }, default: [], readOnly: true },
    buttons: { type: "list", of: { type: "widget" }, default: [], readOnly: true },
    connected: { type: "boolean", default: false, readOnly: true },
    index: { type: "integer", default: 0 },
    mapping: { type: "string", default: "", readOnly: true },
    name: { type: "string", default: "", readOnly: true },
    timestamp: { type: "number", default: 0, readOnly: true },
  };
  /** The axes on the gamepad. */
  declare readonly axes: readonly ControllerAxis[];
  /** The buttons on the gamepad. */
  declare readonly buttons: readonly ControllerButton[];
  /** Whether the gamepad is connected. */
  declare readonly connected: boolean;
  /** The id number of the controller. */
  declare index: number;
  /** The name of the control mapping. */
  declare readonly mapping: string;
  /** The name of the controller. */
  declare readonly name: string;
  /** The last time the data from this gamepad was updated. */
  declare readonly timestamp: number;

  constructor(options?: WidgetOptions<Controller>) {
    super(options);
  }
}
