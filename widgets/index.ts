/**
 * The browser's side of the views: the classes that JupyterLab and Notebook look up by name.
 *
 * @module
 */
export { CakeView } from "./cake/cake-view.js";
export { Calibration } from "./calibration/calibration.js";
export { Diffractogram } from "./diffractogram/diffractogram.js";
export { type DrawOptions, drawImage } from "./draw-image.js";
export { ImageView } from "./image/image-view.js";
export {
  ArrayModel as CakeViewModel,
  ArrayModel as CalibrationModel,
  ArrayModel as DiffractogramModel,
  ArrayModel as ImageViewModel,
  ArrayModel as LineoutsModel,
  ArrayModel as LiveCakeModel,
  ArrayModel as MaskEditorModel,
  ArrayModel as ScanMapModel,
} from "./jupyter/array-model.js";
export { LineoutsView as Lineouts } from "./lines/lineouts-view.js";
export { LiveCake } from "./live/live-cake.js";
export { MaskEditor } from "./mask/mask-editor.js";
export { ScanMap } from "./scan/scan-view.js";
