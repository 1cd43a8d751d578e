import { DOMWidget, domTraits } from "./dom-widget.js";
import type { TraitTable } from "./trait-spec.js";

/** The traits of every widget with a label. */
export const descriptionTraits: TraitTable = {
  ...domTraits,
  description: { type: "string", default: "" },
  description_allow_html: { type: "boolean", default: false },
};

/** A widget with a label. */
export abstract class DescriptionWidget extends DOMWidget {
  /** The label. */
  declare description: string;
  /** Whether the label is HTML. */
  declare descriptionAllowHtml: boolean;
  /** `descriptionAllowHtml`, as ipywidgets spells it. */
  declare description_allow_html: boolean;
}
