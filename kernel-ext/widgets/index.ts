/**
 * Views for notebooks: `cakelab/widgets`. Each shows itself as the last value of a cell.
 *
 * @module
 */
export { display } from "../display.js";
export { CakeView, type CakeViewOptions } from "./cake-view.js";
export { type FigureBundle, FigureView } from "./figure-view.js";
export {
  type CakesOnImage,
  ImageView,
  type ImageViewOptions,
  type ViewOptions,
} from "./image-view.js";
export { Lineouts, type LineoutsOptions } from "./lineouts.js";
