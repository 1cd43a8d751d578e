import type { MaskShape, Point } from "../../src/mask/shapes.js";
import type { AxesPlot } from "../plot/axes-plot.js";
import { shapeOf, type ToolName } from "./mask-tools.js";

/** What drawing asks for, and tells. */
export interface Drawing {
  tool(): ToolName;
  /** Of arcs and pencils. */
  settings(): { readonly center: Point; readonly width: number };
  /** Called with the shape while it is being drawn; without one when it is given up. */
  preview(shape: MaskShape | undefined): void;
  /** Called with the shape when it is drawn. */
  finish(shape: MaskShape): void;
}

/**
 * Lets the pointer draw on a plot with a tool. Polygons take a click for each corner, and end with a
 * double click or Enter; Escape gives up what is being drawn.
 */
export function drawWithPointer(plot: AxesPlot, drawing: Drawing): void {
  let points: Point[] = [];
  const shape = (more: readonly Point[] = []): MaskShape | undefined => {
    const tool = drawing.tool();
    const all = [...points, ...more];
    return tool === "none" || all.length === 0 ? undefined : shapeOf(tool, all, drawing.settings());
  };
  const end = (): void => {
    const drawn = shape();
    points = [];
    drawing.preview(undefined);
    if (drawn !== undefined) drawing.finish(drawn);
  };
  const at = (event: PointerEvent | MouseEvent): Point | undefined => {
    const point = plot.pointAt(event.clientX, event.clientY);
    return point && [point.x, point.y];
  };
  const { element } = plot;
  const take = (event: Event): boolean => {
    if (drawing.tool() === "none") return false;
    // Before plotly, which would pan.
    event.stopPropagation();
    event.preventDefault();
    return true;
  };
  element.addEventListener(
    "pointerdown",
    (event) => {
      const point = at(event);
      const target = event.target as Element;
      if (event.button !== 0 || point === undefined || target.closest(".modebar") !== null) return;
      if (!take(event)) return;
      element.setPointerCapture(event.pointerId);
      points = drawing.tool() === "polygon" ? [...points, point] : [point];
      drawing.preview(shape());
    },
    true,
  );
  element.addEventListener("mousedown", (event) => void (at(event) && take(event)), true);
  element.addEventListener("pointermove", (event) => {
    const point = at(event);
    if (points.length === 0 || point === undefined || drawing.tool() === "none") return;
    if (drawing.tool() === "polygon") drawing.preview(shape([point]));
    else {
      points.push(point);
      drawing.preview(shape());
    }
  });
  element.addEventListener("pointerup", () => {
    if (points.length > 0 && drawing.tool() !== "polygon") end();
  });
  element.addEventListener("dblclick", (event) => {
    if (drawing.tool() === "polygon" && take(event)) end();
  });
  element.parentElement!.addEventListener("keydown", (event) => {
    if (points.length === 0 || (event.key !== "Enter" && event.key !== "Escape")) return;
    // The plot's own keys are heard at the same element.
    event.stopImmediatePropagation();
    if (event.key === "Escape") {
      points = [];
      drawing.preview(undefined);
    } else end();
  });
}
