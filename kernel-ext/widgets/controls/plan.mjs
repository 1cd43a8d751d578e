// Which classes of ipywidgets go into which file, and what they are derived from.

/** The files of this folder and their classes, the ones that others extend or refer to first. */
export const files = {
  layout: ["Layout"],
  styles: [
    "DescriptionStyle",
    "ButtonStyle",
    "CheckboxStyle",
    "ProgressStyle",
    "SliderStyle",
    "ToggleButtonStyle",
    "ToggleButtonsStyle",
  ],
  "text-styles": ["HTMLMathStyle", "HTMLStyle", "LabelStyle", "TextStyle"],
  sliders: ["IntSlider", "FloatSlider", "FloatLogSlider", "IntRangeSlider", "FloatRangeSlider"],
  numbers: [
    "IntText",
    "FloatText",
    "BoundedIntText",
    "BoundedFloatText",
    "IntProgress",
    "FloatProgress",
    "Play",
  ],
  booleans: ["Checkbox", "ToggleButton", "Valid"],
  selections: [
    "Dropdown",
    "RadioButtons",
    "Select",
    "SelectionSlider",
    "ToggleButtons",
    "SelectMultiple",
    "SelectionRangeSlider",
  ],
  texts: ["Text", "Textarea", "Password", "Combobox", "HTML", "HTMLMath", "Label"],
  tags: ["TagsInput", "ColorsInput", "FloatsInput", "IntsInput"],
  pickers: ["ColorPicker", "DatePicker", "DatetimePicker", "NaiveDatetimePicker", "TimePicker"],
  buttons: ["Button", "FileUpload"],
  media: ["Image", "Audio", "Video"],
  boxes: ["Box", "HBox", "VBox", "GridBox", "Accordion", "Tab", "Stack"],
  gamepad: ["ControllerAxis", "ControllerButton", "Controller"],
  links: ["Link", "DirectionalLink"],
  output: ["Output"],
};

const dom = ["_dom_classes", "layout", "tabbable", "tooltip"];
const description = [...dom, "description", "description_allow_html"];
const domTable = { name: "domTraits", from: "DOMWidget", has: dom };
const descriptionTable = {
  name: "descriptionTraits",
  from: "DescriptionWidget",
  has: description,
};
const selection = { path: "../selection-widget.js", name: "selectionTraits" };
const described = (path, has, classes) => ({
  path,
  classes,
  has: [...description, ...has],
  table: descriptionTable,
});
const box = (classes, has = []) => ({
  path: "../box-widget.js",
  classes,
  content: true,
  has: [...dom, "children", ...has],
  table: domTable,
});
const selecting = (classes) => ({
  ...described("../selection-widget.js", ["index"], classes),
  of: "T",
  more: [selection],
});

/**
 * The classes written by hand: where each is, which traits it declares, the table that has some of
 * them, and the classes of ipywidgets that are derived from it.
 */
export const bases = {
  BoundedWidget: described(
    "../bounded-widget.js",
    ["value", "min", "max"],
    [
      "IntSlider",
      "FloatSlider",
      "BoundedIntText",
      "BoundedFloatText",
      "IntProgress",
      "FloatProgress",
      "Play",
    ],
  ),
  LogBoundedWidget: described(
    "../bounded-widget.js",
    ["value", "min", "max", "base"],
    ["FloatLogSlider"],
  ),
  RangeWidget: {
    ...described(
      "../bounded-widget.js",
      ["value", "min", "max"],
      ["IntRangeSlider", "FloatRangeSlider"],
    ),
    more: [{ path: "../bounded-widget.js", name: "rangeTraits" }],
  },
  LayoutWidget: {
    path: "../layout-widget.js",
    classes: ["Layout"],
    more: [{ path: "../layout-widget.js", name: "layoutTraits" }],
  },
  DayWidget: described(
    "../date-widget.js",
    ["value", "min", "max"],
    ["DatePicker", "DatetimePicker", "NaiveDatetimePicker"],
  ),
  ClockWidget: described("../date-widget.js", ["value", "min", "max"], ["TimePicker"]),
  SelectionWidget: selecting([
    "Dropdown",
    "RadioButtons",
    "Select",
    "SelectionSlider",
    "ToggleButtons",
  ]),
  MultipleSelectionWidget: selecting(["SelectMultiple"]),
  SelectionRangeWidget: selecting(["SelectionRangeSlider"]),
  TextInputWidget: described("../text-widget.js", ["value"], ["Text", "Password", "Combobox"]),
  TagsWidget: described(
    "../tags-widget.js",
    [],
    ["TagsInput", "ColorsInput", "FloatsInput", "IntsInput"],
  ),
  ClickWidget: { path: "../button-widget.js", classes: ["Button"], has: dom, table: domTable },
  MediaWidget: {
    path: "../media-widget.js",
    classes: ["Image", "Audio", "Video"],
    has: [...dom, "value", "format"],
    table: domTable,
  },
  BoxWidget: box(["Box", "HBox", "VBox", "GridBox"]),
  PagedWidget: box(["Accordion", "Stack"], ["titles", "selected_index"]),
  TabbedWidget: box(["Tab"], ["titles", "selected_index"]),
  OutputWidget: {
    path: "../output-widget.js",
    classes: ["Output"],
    has: [...dom, "msg_id", "outputs"],
    table: domTable,
  },
  LinkWidget: {
    path: "../link-widget.js",
    classes: ["Link", "DirectionalLink"],
    has: ["source", "target"],
  },
  DescriptionWidget: described("../description-widget.js", [], []),
  DOMWidget: { path: "../dom-widget.js", has: dom, table: domTable },
  Widget: { path: "../widget.js" },
};
