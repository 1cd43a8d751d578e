/**
 * The browser's side of the views.
 *
 * @module
 */
export { type DrawOptions, drawImage } from "./draw-image.js";
