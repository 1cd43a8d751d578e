// Made by generate.mjs from schema.json, of ipywidgets 8.1.9. Do not edit.
import { LayoutWidget, layoutTraits } from "../layout-widget.js";
import type { TraitTable } from "../trait-spec.js";
import type { PageClass } from "../widget.js";
import type { WidgetOptions } from "../widget-types.js";

/** Layout specification. */
export class Layout extends LayoutWidget {
  static override readonly model: PageClass = ["@jupyter-widgets/base", "2.0.0", "LayoutModel"];
  static override readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", "LayoutView"];
  static override readonly traits: TraitTable = {
    ...layoutTraits,
    align_content: {
      type: "choice",
      values: [
        "flex-start",
        "flex-end",
        "center",
        "space-between",
        "space-around",
        "space-evenly",
        "stretch",
        "inherit",
        "initial",
        "unset",
      ],
      nullable: true,
    },
    align_items: {
      type: "choice",
      values: [
        "flex-start",
        "flex-end",
        "center",
        "baseline",
        "stretch",
        "inherit",
        "initial",
        "unset",
      ],
      nullable: true,
    },
    align_self: {
      type: "choice",
      values: [
        "auto",
        "flex-start",
        "flex-end",
        "center",
        "baseline",
        "stretch",
        "inherit",
        "initial",
        "unset",
      ],
      nullable: true,
    },
    border_bottom: { type: "string", nullable: true },
    border_left: { type: "string", nullable: true },
    border_right: { type: "string", nullable: true },
    border_top: { type: "string", nullable: true },
    bottom: { type: "string", nullable: true },
    display: { type: "string", nullable: true },
    flex: { type: "string", nullable: true },
    flex_flow: { type: "string", nullable: true },
    grid_area: { type: "string", nullable: true },
    grid_auto_columns: { type: "string", nullable: true },
    grid_auto_flow: {
      type: "choice",
      values: ["column", "row", "row dense", "column dense", "inherit", "initial", "unset"],
      nullable: true,
    },
    grid_auto_rows: { type: "string", nullable: true },
    grid_column: { type: "string", nullable: true },
    grid_gap: { type: "string", nullable: true },
    grid_row: { type: "string", nullable: true },
    grid_template_areas: { type: "string", nullable: true },
    grid_template_columns: { type: "string", nullable: true },
    grid_template_rows: { type: "string", nullable: true },
    height: { type: "string", nullable: true },
    justify_content: {
      type: "choice",
      values: [
        "flex-start",
        "flex-end",
        "center",
        "space-between",
        "space-around",
        "inherit",
        "initial",
        "unset",
      ],
      nullable: true,
    },
    justify_items: {
      type: "choice",
      values: ["flex-start", "flex-end", "center", "inherit", "initial", "unset"],
      nullable: true,
    },
    left: { type: "string", nullable: true },
    margin: { type: "string", nullable: true },
    max_height: { type: "string", nullable: true },
    max_width: { type: "string", nullable: true },
    min_height: { type: "string", nullable: true },
    min_width: { type: "string", nullable: true },
    object_fit: {
      type: "choice",
      values: ["contain", "cover", "fill", "scale-down", "none"],
      nullable: true,
    },
    object_position: { type: "string", nullable: true },
    order: { type: "string", nullable: true },
    overflow: { type: "string", nullable: true },
    padding: { type: "string", nullable: true },
    right: { type: "string", nullable: true },
    top: { type: "string", nullable: true },
    visibility: {
      type: "choice",
      values: ["visible", "hidden", "inherit", "initial", "unset"],
      nullable: true,
    },
    width: { type: "string", nullable: true },
  };
  /** The align-content CSS attribute. */
  declare alignContent:
    | "flex-start"
    | "flex-end"
    | "center"
    | "space-between"
    | "space-around"
    | "space-evenly"
    | "stretch"
    | "inherit"
    | "initial"
    | "unset"
    | null;
  /** `alignContent`, as ipywidgets spells it. */
  declare align_content:
    | "flex-start"
    | "flex-end"
    | "center"
    | "space-between"
    | "space-around"
    | "space-evenly"
    | "stretch"
    | "inherit"
    | "initial"
    | "unset"
    | null;
  /** The align-items CSS attribute. */
  declare alignItems:
    | "flex-start"
    | "flex-end"
    | "center"
    | "baseline"
    | "stretch"
    | "inherit"
    | "initial"
    | "unset"
    | null;
  /** `alignItems`, as ipywidgets spells it. */
  declare align_items:
    | "flex-start"
    | "flex-end"
    | "center"
    | "baseline"
    | "stretch"
    | "inherit"
    | "initial"
    | "unset"
    | null;
  /** The align-self CSS attribute. */
  declare alignSelf:
    | "auto"
    | "flex-start"
    | "flex-end"
    | "center"
    | "baseline"
    | "stretch"
    | "inherit"
    | "initial"
    | "unset"
    | null;
  /** `alignSelf`, as ipywidgets spells it. */
  declare align_self:
    | "auto"
    | "flex-start"
    | "flex-end"
    | "center"
    | "baseline"
    | "stretch"
    | "inherit"
    | "initial"
    | "unset"
    | null;
  /** The border bottom CSS attribute. */
  declare borderBottom: string | null;
  /** `borderBottom`, as ipywidgets spells it. */
  declare border_bottom: string | null;
  /** The border left CSS attribute. */
  declare borderLeft: string | null;
  /** `borderLeft`, as ipywidgets spells it. */
  declare border_left: string | null;
  /** The border right CSS attribute. */
  declare borderRight: string | null;
  /** `borderRight`, as ipywidgets spells it. */
  declare border_right: string | null;
  /** The border top CSS attribute. */
  declare borderTop: string | null;
  /** `borderTop`, as ipywidgets spells it. */
  declare border_top: string | null;
  /** The bottom CSS attribute. */
  declare bottom: string | null;
  /** The display CSS attribute. */
  declare display: string | null;
  /** The flex CSS attribute. */
  declare flex: string | null;
  /** The flex-flow CSS attribute. */
  declare flexFlow: string | null;
  /** `flexFlow`, as ipywidgets spells it. */
  declare flex_flow: string | null;
  /** The grid-area CSS attribute. */
  declare gridArea: string | null;
  /** `gridArea`, as ipywidgets spells it. */
  declare grid_area: string | null;
  /** The grid-auto-columns CSS attribute. */
  declare gridAutoColumns: string | null;
  /** `gridAutoColumns`, as ipywidgets spells it. */
  declare grid_auto_columns: string | null;
  /** The grid-auto-flow CSS attribute. */
  declare gridAutoFlow:
    | "column"
    | "row"
    | "row dense"
    | "column dense"
    | "inherit"
    | "initial"
    | "unset"
    | null;
  /** `gridAutoFlow`, as ipywidgets spells it. */
  declare grid_auto_flow:
    | "column"
    | "row"
    | "row dense"
    | "column dense"
    | "inherit"
    | "initial"
    | "unset"
    | null;
  /** The grid-auto-rows CSS attribute. */
  declare gridAutoRows: string | null;
  /** `gridAutoRows`, as ipywidgets spells it. */
  declare grid_auto_rows: string | null;
  /** The grid-column CSS attribute. */
  declare gridColumn: string | null;
  /** `gridColumn`, as ipywidgets spells it. */
  declare grid_column: string | null;
  /** The grid-gap CSS attribute. */
  declare gridGap: string | null;
  /** `gridGap`, as ipywidgets spells it. */
  declare grid_gap: string | null;
  /** The grid-row CSS attribute. */
  declare gridRow: string | null;
  /** `gridRow`, as ipywidgets spells it. */
  declare grid_row: string | null;
  /** The grid-template-areas CSS attribute. */
  declare gridTemplateAreas: string | null;
  /** `gridTemplateAreas`, as ipywidgets spells it. */
  declare grid_template_areas: string | null;
  /** The grid-template-columns CSS attribute. */
  declare gridTemplateColumns: string | null;
  /** `gridTemplateColumns`, as ipywidgets spells it. */
  declare grid_template_columns: string | null;
  /** The grid-template-rows CSS attribute. */
  declare gridTemplateRows: string | null;
  /** `gridTemplateRows`, as ipywidgets spells it. */
  declare grid_template_rows: string | null;
  /** The height CSS attribute. */
  declare height: string | null;
  /** The justify-content CSS attribute. */
  declare justifyContent:
    | "flex-start"
    | "flex-end"
    | "center"
    | "space-between"
    | "space-around"
    | "inherit"
    | "initial"
    | "unset"
    | null;
  /** `justifyContent`, as ipywidgets spells it. */
  declare justify_content:
    | "flex-start"
    | "flex-end"
    | "center"
    | "space-between"
    | "space-around"
    | "inherit"
    | "initial"
    | "unset"
    | null;
  /** The justify-items CSS attribute. */
  declare justifyItems:
    | "flex-start"
    | "flex-end"
    | "center"
    | "inherit"
    | "initial"
    | "unset"
    | null;
  /** `justifyItems`, as ipywidgets spells it. */
  declare justify_items:
    | "flex-start"
    | "flex-end"
    | "center"
    | "inherit"
    | "initial"
    | "unset"
    | null;
  /** The left CSS attribute. */
  declare left: string | null;
  /** The margin CSS attribute. */
  declare margin: string | null;
  /** The max-height CSS attribute. */
  declare maxHeight: string | null;
  /** `maxHeight`, as ipywidgets spells it. */
  declare max_height: string | null;
  /** The max-width CSS attribute. */
  declare maxWidth: string | null;
  /** `maxWidth`, as ipywidgets spells it. */
  declare max_width: string | null;
  /** The min-height CSS attribute. */
  declare minHeight: string | null;
  /** `minHeight`, as ipywidgets spells it. */
  declare min_height: string | null;
  /** The min-width CSS attribute. */
  declare minWidth: string | null;
  /** `minWidth`, as ipywidgets spells it. */
  declare min_width: string | null;
  /** The object-fit CSS attribute. */
  declare objectFit: "contain" | "cover" | "fill" | "scale-down" | "none" | null;
  /** `objectFit`, as ipywidgets spells it. */
  declare object_fit: "contain" | "cover" | "fill" | "scale-down" | "none" | null;
  /** The object-position CSS attribute. */
  declare objectPosition: string | null;
  /** `objectPosition`, as ipywidgets spells it. */
  declare object_position: string | null;
  /** The order CSS attribute. */
  declare order: string | null;
  /** The overflow CSS attribute. */
  declare overflow: string | null;
  /** The padding CSS attribute. */
  declare padding: string | null;
  /** The right CSS attribute. */
  declare right: string | null;
  /** The top CSS attribute. */
  declare top: string | null;
  /** The visibility CSS attribute. */
  declare visibility: "visible" | "hidden" | "inherit" | "initial" | "unset" | null;
  /** The width CSS attribute. */
  declare width: string | null;

  constructor(options?: WidgetOptions<Layout>) {
    super(options);
  }
}
