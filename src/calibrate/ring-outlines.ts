import type { Detector } from "../detector/detector.js";
import type { Frame } from "../figure/card.js";
import { element, short } from "../figure/svg.js";
import type { Geometry } from "../geometry/geometry.js";
import { indexAt, planeOf } from "./plane.js";
import { ringCurve } from "./ring-curve.js";

/** Draws rings of angles 2θ (radians) over a picture of an image, as SVG. */
export function ringOutlines(
  frame: Frame,
  setup: Geometry & { readonly detector: Detector },
  twoThetas: Iterable<number>,
  shape: readonly [rows: number, columns: number],
): string {
  const plane = planeOf(setup.detector, shape);
  const [rows, columns] = shape;
  let path = "";
  for (const twoTheta of twoThetas) {
    const curve = ringCurve(setup, twoTheta, 360);
    let drawing = false;
    for (let i = 0; i <= curve.length; i += 2) {
      const row = indexAt(plane.rows, curve[i % curve.length]!) + 0.5;
      const column = indexAt(plane.columns, curve[(i + 1) % curve.length]!) + 0.5;
      const inside = row >= 0 && row <= rows && column >= 0 && column <= columns;
      if (inside) {
        const x = short(frame.x + (column / columns) * frame.width);
        const y = short(frame.y + (row / rows) * frame.height);
        path += `${drawing ? "L" : "M"}${x} ${y}`;
      }
      drawing = inside;
    }
  }
  return element("path", {
    d: path || "M0 0",
    fill: "none",
    stroke: "#ff5c5c",
    "stroke-width": 0.8,
  });
}
