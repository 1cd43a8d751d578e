import { indexAt, planeOf } from "../../src/calibrate/plane.js";
import { INK, label } from "../../src/figure/card.js";
import { lineStyles } from "../../src/figure/line-colors.js";
import { linePlot } from "../../src/figure/line-plot.js";
import type { PaintOptions } from "../../src/figure/paint.js";
import { picture, pictureWidth } from "../../src/figure/picture.js";
import { sectorOutline, type ToPixel, wholeSector } from "../../src/figure/sector-outline.js";
import { element, short } from "../../src/figure/svg.js";
import { detectorPoint } from "../../src/geometry/detector-point.js";
import { pixelRows } from "../../src/geometry/pixel-rows.js";
import { radialUnit } from "../../src/geometry/units.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import type { DiffractogramTool } from "../../src/stream/diffractogram/diffractogram-tool.js";
import type { DiffractogramUnit } from "../../src/stream/diffractogram/unit.js";
import { axisTitle } from "./cake-figure.js";
import { pixelTicks } from "./image-figure.js";

const DEGREE = Math.PI / 180;
/** Of a whole figure. */
const WIDTH = 980;
const IMAGE_WIDTH = 460;

/** How diffractograms are drawn. */
export interface DiffractogramFigureOptions extends PaintOptions {
  readonly title?: string;
  readonly plotHeight: number;
}

/** What a tool has: its image with the sectors, beside it the profiles; an SVG document. */
export function diffractogramFigure(
  tool: DiffractogramTool,
  description: string,
  { title, plotHeight, ...paint }: DiffractogramFigureOptions,
): string {
  const { image, ai, patterns } = tool;
  if (image === undefined) return waiting(description, title);
  const [rows, columns] = image.shape;
  const high = Math.min(
    plotHeight,
    Math.max(120, Math.round((pictureWidth(IMAGE_WIDTH) * rows) / columns)),
  );
  const left = picture(image, {
    ...paint,
    ...(title === undefined ? {} : { title }),
    ...{ description, width: IMAGE_WIDTH, plotHeight: high },
    horizontal: { title: "column / pixel", ticks: pixelTicks(columns, false) },
    vertical: { title: "row / pixel", ticks: pixelTicks(rows, true) },
    colorTitle: "intensity / counts",
    ...(ai === undefined ? {} : { overlay: (frame) => outlines(tool, ai, image.shape, frame) }),
  });
  const legend = patterns.length > 1 ? 18 : 0;
  const right = linePlot(
    patterns.map(({ radial, intensity }, i) => ({
      label: patterns.length > 1 ? `range ${i + 1}` : "diffractogram",
      x: radial,
      y: intensity,
    })),
    {
      ...(title === undefined ? {} : { title: " " }),
      ...{ description, width: WIDTH - IMAGE_WIDTH, plotHeight: high - legend },
      xTitle: titleOf(tool.settings.unit),
      yTitle: "intensity",
    },
  );
  return beside(left, right, description);
}

/** Two documents as one. */
function beside(left: string, right: string, description: string): string {
  const heights = [left, right].map((svg) => Number(/ height="([\d.]+)"/.exec(svg)![1]));
  const size = { width: WIDTH, height: Math.max(...heights) };
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      ...size,
      viewBox: `0 0 ${size.width} ${size.height}`,
      role: "img",
      "aria-label": description,
    },
    left + element("g", { transform: `translate(${IMAGE_WIDTH} 0)` }, right),
  );
}

function waiting(description: string, title: string | undefined): string {
  const text = label(`${title ?? "Diffractograms"}: no frame has come yet`, {
    ...{ x: 16, y: 30, "font-size": 14, fill: INK },
  });
  return element(
    "svg",
    {
      ...{ xmlns: "http://www.w3.org/2000/svg", width: 480, height: 48, role: "img" },
      "aria-label": description,
    },
    element("rect", { width: 480, height: 48, fill: "#ffffff" }) + text,
  );
}

function titleOf(unit: DiffractogramUnit): string {
  if (unit === "r_pixel") return "r / pixel";
  const { symbol, text } = radialUnit(unit);
  return axisTitle(symbol, text);
}

/** The sectors over an image, in the colours of their profiles on dark. */
function outlines(
  tool: DiffractogramTool,
  ai: AzimuthalIntegrator,
  shape: readonly [number, number],
  frame: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  },
): string {
  const { detector } = ai;
  if (!detector.flat || detector.layout(shape).kind !== "grid") return "";
  const plane = planeOf(detector, shape);
  const toPixel: ToPixel = (twoTheta, chi) => {
    const point = detectorPoint(ai, twoTheta, chi * DEGREE);
    return point && [indexAt(plane.rows, point[0]), indexAt(plane.columns, point[1])];
  };
  const [rows, columns] = shape;
  const { colors: given } = tool.settings;
  const colors = lineStyles(tool.sectors.length, true);
  const farthest = farthestAngle(ai, shape);
  const drawn = tool.sectors
    .map((sector, i) => {
      const outline = sectorOutline(wholeSector(sector, farthest), toPixel);
      let path = "";
      let isDrawing = false;
      for (let at = 0; at < outline.length; at += 2) {
        const [row, column] = [outline[at]! + 0.5, outline[at + 1]! + 0.5];
        const isThere = Number.isFinite(row + column);
        if (isThere) {
          const x = short((column / columns) * frame.width);
          const y = short((row / rows) * frame.height);
          path += `${isDrawing ? "L" : "M"}${x} ${y}`;
        }
        isDrawing = isThere;
      }
      const line = { d: path || "M0 0", fill: "none" };
      return (
        element("path", { ...line, stroke: "#000000", "stroke-opacity": 0.7, "stroke-width": 3 }) +
        element("path", {
          ...line,
          stroke: given[i % Math.max(1, given.length)] ?? colors[i]!.color,
          "stroke-width": 1.4,
        })
      );
    })
    .join("");
  // What lies beyond the image is cut off.
  const { x, y, width, height } = frame;
  return element("svg", { x, y, width, height }, drawn);
}

/** The largest 2θ of an image's corners, in degrees. */
function farthestAngle(ai: AzimuthalIntegrator, shape: readonly [number, number]): number {
  const [rows, columns] = shape;
  const { centersOfRow } = pixelRows(ai, ai.detector, shape);
  const positions = new Float64Array(3 * columns);
  let farthest = 0;
  for (const row of [0, rows - 1]) {
    centersOfRow(row, positions);
    for (const column of [0, columns - 1]) {
      const [t1, t2, t3] = positions.subarray(3 * column, 3 * column + 3);
      farthest = Math.max(farthest, Math.atan2(Math.hypot(t1!, t2!), t3!) / DEGREE);
    }
  }
  return farthest;
}
