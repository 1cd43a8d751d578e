import { type StillBundle, stillBundle } from "../show/still-bundle.js";

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * A figure that shows itself, as a PNG, as the last value of a cell. It is painted when it is made:
 * later changes of its data do not show.
 */
export abstract class FigureView {
  /** The figure as an SVG document. */
  readonly svg: string;
  /** The figure in words. */
  readonly description: string;

  constructor(svg: string, description: string) {
    this.svg = svg;
    this.description = description;
  }

  static {
    // Declarations of a package cannot name a method by a symbol that is looked up at run time.
    Object.defineProperty(FigureView.prototype, DISPLAY, {
      value: function display(this: FigureView): Promise<StillBundle> {
        return stillBundle(this.svg, this.description);
      },
    });
  }
}
