// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { ClickWidget } from "../button-widget.js";
import { DescriptionWidget, descriptionTraits } from "../description-widget.js";
import { domTraits } from "../dom-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { UploadedFile } from "../trait-wire.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";
import { ButtonStyle } from "./styles.js";

/** Button widget. */
export class Button extends ClickWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/controls", "2.0.0", "ButtonModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/controls", "2.0.0", "ButtonView"];
  static override readonly traits: TraitTable = {
    ...domTraits,
    button_style: {
      type: "choice",
      values: ["primary", "success", "info", "warning", "danger", ""],
      default: "",
    },
    description: { type: "string", default: "" },
    disabled: { type: "boolean", default: false },
    icon: { type: "string", default: "" },
    style: { type: "widget", make: () => ButtonStyle },
  };
  /** Use a predefined styling for the button. */
  declare buttonStyle: "primary" | "success" | "info" | "warning" | "danger" | "";
  /** `buttonStyle`, as ipywidgets spells it. */
  declare button_style: "primary" | "success" | "info" | "warning" | "danger" | "";
  /** Button label. */
  declare description: string;
  /** Enable or disable user changes. */
  declare disabled: boolean;
  /** Font-awesome icon names, without the 'fa-' prefix. */
  declare icon: string;

  get style(): ButtonStyle {
    return this.get("style") as ButtonStyle;
  }
  set style(value: ButtonStyle | WidgetOptions<ButtonStyle>) {
    this.set({ style: value });
  }

  constructor(options?: WidgetOptions<Button>) {
    super(options);
  }
}

/** File upload widget. */
export class FileUpload extends DescriptionWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FileUploadModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FileUploadView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    accept: { type: "string", default: "" },
    button_style: {
      type: "choice",
      values: ["primary", "success", "info", "warning", "danger", ""],
      default: "",
    },
    description: { type: "string", default: "Upload" },
    disabled: { type: "boolean", default: false },
    error: { type: "string", default: "" },
    icon: { type: "string", default: "upload" },
    multiple: { type: "boolean", default: false },
    style: { type: "widget", make: () => ButtonStyle },
    value: { type: "files", default: [], echo: false },
  };
  /** File types to accept, empty string for all. */
  declare accept: string;
  /** Use a predefined styling for the button. */
  declare buttonStyle: "primary" | "success" | "info" | "warning" | "danger" | "";
  /** `buttonStyle`, as ipywidgets spells it. */
  declare button_style: "primary" | "success" | "info" | "warning" | "danger" | "";
  /** Enable or disable button. */
  declare disabled: boolean;
  /** Error message. */
  declare error: string;
  /** Font-awesome icon name, without the 'fa-' prefix. */
  declare icon: string;
  /** If True, allow for multiple files upload. */
  declare multiple: boolean;

  get style(): ButtonStyle {
    return this.get("style") as ButtonStyle;
  }
  set style(value: ButtonStyle | WidgetOptions<ButtonStyle>) {
    this.set({ style: value });
  }
  /** The file upload value. */
  declare value: readonly UploadedFile[];

  constructor(options?: WidgetOptions<FileUpload>) {
    super(options);
  }
}
