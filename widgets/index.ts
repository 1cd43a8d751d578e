/**
 * The browser's side of the views: the classes that JupyterLab and Notebook look up by name.
 *
 * @module
 */
export { type DrawOptions, drawImage } from "./draw-image.js";
export { ImageView } from "./image/image-view.js";
export { ArrayModel as ImageViewModel } from "./jupyter/array-model.js";
