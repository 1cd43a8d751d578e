/**
 * The browser's side of the views: the classes that JupyterLab and Notebook look up by name.
 *
 * @module
 */
export { type DrawOptions, drawImage } from "./draw-image.js";
export { ImageView } from "./image/image-view.js";
export {
  ArrayModel as ImageViewModel,
  ArrayModel as LiveCakeModel,
} from "./jupyter/array-model.js";
export { LiveCake } from "./live/live-cake.js";
