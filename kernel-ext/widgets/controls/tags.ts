// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { descriptionTraits } from "../description-widget.js";
import { TagsWidget } from "../tags-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";
import { DescriptionStyle } from "./styles.js";

/** List of string tags. */
export class TagsInput extends TagsWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "TagsInputModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "TagsInputView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    allow_duplicates: { type: "boolean", default: true },
    allowed_tags: { type: "list", of: { type: "json" }, default: [] },
    placeholder: { type: "string", default: "​" },
    style: { type: "widget", make: () => DescriptionStyle },
    tag_style: {
      type: "choice",
      values: ["primary", "success", "info", "warning", "danger", ""],
      default: "",
    },
    value: { type: "list", of: { type: "string" }, default: [] },
  };
  declare allowDuplicates: boolean;
  /** `allowDuplicates`, as ipywidgets spells it. */
  declare allow_duplicates: boolean;
  declare allowedTags: readonly unknown[];
  /** `allowedTags`, as ipywidgets spells it. */
  declare allowed_tags: readonly unknown[];
  declare placeholder: string;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }
  /** Use a predefined styling for the tags. */
  declare tagStyle: "primary" | "success" | "info" | "warning" | "danger" | "";
  /** `tagStyle`, as ipywidgets spells it. */
  declare tag_style: "primary" | "success" | "info" | "warning" | "danger" | "";
  /** List of string tags. */
  declare value: readonly string[];

  constructor(options?: WidgetOptions<TagsInput>) {
    super(options);
  }
}

/** List of color tags. */
export class ColorsInput extends TagsWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ColorsInputModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "ColorsInputView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    allow_duplicates: { type: "boolean", default: true },
    allowed_tags: { type: "list", of: { type: "json" }, default: [] },
    placeholder: { type: "string", default: "​" },
    style: { type: "widget", make: () => DescriptionStyle },
    value: { type: "list", of: { type: "color" }, default: [] },
  };
  declare allowDuplicates: boolean;
  /** `allowDuplicates`, as ipywidgets spells it. */
  declare allow_duplicates: boolean;
  declare allowedTags: readonly unknown[];
  /** `allowedTags`, as ipywidgets spells it. */
  declare allowed_tags: readonly unknown[];
  declare placeholder: string;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }
  /** List of string tags. */
  declare value: readonly string[];

  constructor(options?: WidgetOptions<ColorsInput>) {
    super(options);
  }
}

/** List of float tags. */
export class FloatsInput extends TagsWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FloatsInputModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "FloatsInputView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    allow_duplicates: { type: "boolean", default: true },
    allowed_tags: { type: "list", of: { type: "json" }, default: [] },
    format: { type: "numberFormat", default: ".1f" },
    max: { type: "number", nullable: true },
    min: { type: "number", nullable: true },
    placeholder: { type: "string", default: "​" },
    style: { type: "widget", make: () => DescriptionStyle },
    tag_style: {
      type: "choice",
      values: ["primary", "success", "info", "warning", "danger", ""],
      default: "",
    },
    value: { type: "list", of: { type: "number" }, default: [] },
  };
  declare allowDuplicates: boolean;
  /** `allowDuplicates`, as ipywidgets spells it. */
  declare allow_duplicates: boolean;
  declare allowedTags: readonly unknown[];
  /** `allowedTags`, as ipywidgets spells it. */
  declare allowed_tags: readonly unknown[];
  declare format: string;
  declare max: number | null;
  declare min: number | null;
  declare placeholder: string;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }
  /** Use a predefined styling for the tags. */
  declare tagStyle: "primary" | "success" | "info" | "warning" | "danger" | "";
  /** `tagStyle`, as ipywidgets spells it. */
  declare tag_style: "primary" | "success" | "info" | "warning" | "danger" | "";
  /** List of float tags. */
  declare value: readonly number[];

  constructor(options?: WidgetOptions<FloatsInput>) {
    super(options);
  }
}

/** List of int tags. */
export class IntsInput extends TagsWidget {
  static override readonly model: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "IntsInputModel",
  ];
  static override readonly view: PageClass = [
    "@jupyter-widgets/controls",
    "2.0.0",
    "IntsInputView",
  ];
  static override readonly traits: TraitTable = {
    ...descriptionTraits,
    allow_duplicates: { type: "boolean", default: true },
    allowed_tags: { type: "list", of: { type: "json" }, default: [] },
    format: { type: "numberFormat", default: "d" },
    max: { type: "integer", nullable: true },
    min: { type: "integer", nullable: true },
    placeholder: { type: "string", default: "​" },
    style: { type: "widget", make: () => DescriptionStyle },
    tag_style: {
      type: "choice",
      values: ["primary", "success", "info", "warning", "danger", ""],
      default: "",
    },
    value: { type: "list", of: { type: "integer" }, default: [] },
  };
  declare allowDuplicates: boolean;
  /** `allowDuplicates`, as ipywidgets spells it. */
  declare allow_duplicates: boolean;
  declare allowedTags: readonly unknown[];
  /** `allowedTags`, as ipywidgets spells it. */
  declare allowed_tags: readonly unknown[];
  declare format: string;
  declare max: number | null;
  declare min: number | null;
  declare placeholder: string;

  /** Styling customizations. */
  get style(): DescriptionStyle {
    return this.get("style") as DescriptionStyle;
  }
  set style(value: DescriptionStyle | WidgetOptions<DescriptionStyle>) {
    this.set({ style: value });
  }
  /** Use a predefined styling for the tags. */
  declare tagStyle: "primary" | "success" | "info" | "warning" | "danger" | "";
  /** `tagStyle`, as ipywidgets spells it. */
  declare tag_style: "primary" | "success" | "info" | "warning" | "danger" | "";
  /** List of int tags. */
  declare value: readonly number[];

  constructor(options?: WidgetOptions<IntsInput>) {
    super(options);
  }
}
