/**
 * Widgets and views for notebooks: `cakelab/widgets`. Each shows itself as the last value of a cell.
 *
 * @module
 */
export { clearOutput } from "../clear-output.js";
export type { Binary } from "../comm/buffers.js";
export { Comm, type CommHandler, type CommMessage, type CommSendOptions } from "../comm/comm.js";
export type { TargetHandler } from "../comm/comm-manager.js";
export { openComm, registerCommTarget } from "../comm/kernel-comms.js";
export { display } from "../display.js";
export { input } from "../input.js";
export type { CakeFigureOptions } from "../show/cake-figure.js";
export type { FigureOptions } from "../show/figure.js";
export type { CakesOnImage, ImageFigureOptions } from "../show/image-figure.js";
export type { LinesFigureOptions, ProfileSource } from "../show/lines-figure.js";
export { type Plot, type PlotOptions, plot } from "../show/plot.js";
export { type Abbreviation, type Fixed, fixed, type ValueWidget } from "./abbreviation.js";
export { type AnyWidget, type AnyWidgetOptions, anywidget } from "./anywidget.js";
export { CakeView, type CakeViewOptions } from "./cake-view.js";
export { Calibration } from "./calibration.js";
export type { CalibrationOptions } from "./calibration-options.js";
export { ColorView } from "./color-view.js";
export { Checkbox, ToggleButton, Valid } from "./controls/booleans.js";
export { Accordion, Box, GridBox, HBox, Stack, Tab, VBox } from "./controls/boxes.js";
export { Button, FileUpload } from "./controls/buttons.js";
export { Controller, ControllerAxis, ControllerButton } from "./controls/gamepad.js";
export { Layout } from "./controls/layout.js";
export { DirectionalLink, Link } from "./controls/links.js";
export { Audio, Image, Video } from "./controls/media.js";
export {
  BoundedFloatText,
  BoundedIntText,
  FloatProgress,
  FloatText,
  IntProgress,
  IntText,
  Play,
} from "./controls/numbers.js";
export { Output } from "./controls/output.js";
export {
  ColorPicker,
  DatePicker,
  DatetimePicker,
  NaiveDatetimePicker,
  TimePicker,
} from "./controls/pickers.js";
export {
  Dropdown,
  RadioButtons,
  Select,
  SelectionRangeSlider,
  SelectionSlider,
  SelectMultiple,
  ToggleButtons,
} from "./controls/selections.js";
export {
  FloatLogSlider,
  FloatRangeSlider,
  FloatSlider,
  IntRangeSlider,
  IntSlider,
} from "./controls/sliders.js";
export {
  ButtonStyle,
  CheckboxStyle,
  DescriptionStyle,
  ProgressStyle,
  SliderStyle,
  ToggleButtonStyle,
  ToggleButtonsStyle,
} from "./controls/styles.js";
export { ColorsInput, FloatsInput, IntsInput, TagsInput } from "./controls/tags.js";
export { HTMLMathStyle, HTMLStyle, LabelStyle, TextStyle } from "./controls/text-styles.js";
export { Combobox, HTML, HTMLMath, Label, Password, Text, Textarea } from "./controls/texts.js";
export { DescriptionWidget } from "./description-widget.js";
export { Diffractogram } from "./diffractogram.js";
export type { DiffractogramOptions, FrameSource } from "./diffractogram-options.js";
export { DOMWidget } from "./dom-widget.js";
export { FigureView } from "./figure-view.js";
export { ImageView, type ImageViewOptions } from "./image-view.js";
export {
  type Controls,
  type ControlValues,
  type Interactive,
  type InteractOptions,
  interact,
  interactive,
  interactiveOutput,
} from "./interact.js";
export { Lineouts } from "./lineouts.js";
export { dlink, jsdlink, jslink, type Linked, type LinkOptions, link } from "./link.js";
export type { LinkEnd } from "./link-widget.js";
export { LiveCake, type LiveCakeOptions } from "./live-cake.js";
export { MaskEditor } from "./mask-editor.js";
export type { OutputItem } from "./output-widget.js";
export { type RadialRange, ScanMap, type ScanMapOptions } from "./scan-map.js";
export type { SelectionOptions } from "./selection-options.js";
export type { TimeOfDay } from "./time-of-day.js";
export type { TraitSpec, TraitTable } from "./trait-spec.js";
export type { UploadedFile } from "./trait-wire.js";
export { type CustomMessage, type PageClass, Widget } from "./widget.js";
export type { Accepted, Change, Observer, TraitName, WidgetOptions } from "./widget-types.js";
