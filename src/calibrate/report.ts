import type { Image } from "../array.js";
import { picture } from "../figure/picture.js";
import { escapeText } from "../figure/svg.js";
import { linearTicks, tickText } from "../figure/ticks.js";
import { version } from "../version.js";
import { latticeText } from "./calibrant-text.js";
import { residualMap } from "./residual-map.js";
import type { CalibrationResult } from "./result.js";
import { ringOutlines } from "./ring-outlines.js";
import { parameterRows } from "./summary.js";

const WIDTH = 760;

/** What a report tells besides the result. */
export interface ReportOptions {
  /** Name of the image. */
  readonly title?: string;
  /** Non-zero = masked. */
  readonly mask?: Image;
}

/**
 * A calibration as one HTML page with figures: rings over the image, a map of what is left between
 * rings and image, parameters with their errors and correlations, a table of rings.
 */
export function calibrationReport(
  result: CalibrationResult,
  image: Image,
  options: ReportOptions = {},
): string {
  const { title = "Calibration" } = options;
  const { residual, warnings, calibrant } = result;
  const facts: [string, string][] = [
    ["Calibrant", latticeText(calibrant)],
    ["Wavelength", `${result.ai.wavelength} m`],
    ["Pieces of rings", `${result.points.row.length} on ${result.rings.length} rings`],
    ["Misfit", `median ${short4(residual.median)}, RMS ${short4(residual.rms)} pixels`],
    ["Misfit of rings left out", `median ${short4(residual.heldOutMedian)} pixels`],
    ["Median strain of rings", `${residual.strain.toFixed(1)} · 10⁻⁶`],
    ["Width of rings", `${result.fwhm.toFixed(2)} pixels (FWHM)`],
  ];
  return [
    "<!DOCTYPE html>",
    '<html lang="en"><head><meta charset="utf-8">',
    `<title>${escapeText(title)}</title>`,
    `<style>${STYLE}</style></head><body>`,
    `<h1>${escapeText(title)}</h1>`,
    ...warnings.map((text) => `<p class="warning">${escapeText(text)}</p>`),
    table(["", ""], facts),
    "<h2>Parameters</h2>",
    table(["", "value", "standard error"], parameterRows(result)),
    ringPicture(result, image, options.mask),
    residualPicture(result, image.shape),
    "<h2>Correlations</h2>",
    correlationTable(result),
    "<h2>Rings</h2>",
    ringRows(result),
    "<h2>PONI file</h2>",
    `<pre>${escapeText(result.formatPoni())}</pre>`,
    `<footer>CakeLab ${escapeText(version)}</footer></body></html>`,
    "",
  ].join("\n");
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:780px;margin:2em auto;padding:0 1em;color:#1f2328;background:#fff}
table{border-collapse:collapse;margin:1em 0}td,th{padding:.2em .9em .2em 0;text-align:left;border-bottom:1px solid #d0d7de;font-variant-numeric:tabular-nums}
.warning{background:#fff8c5;padding:.5em 1em;border-left:4px solid #9a6700}svg{max-width:100%;height:auto;margin:.5em 0}pre{background:#f6f8fa;padding:1em;overflow:auto}footer{color:#59636e;margin-top:2em}`;

function ringPicture(result: CalibrationResult, image: Image, mask: Image | undefined): string {
  const { ai, rings } = result;
  const angles = rings.map(({ twoTheta }) => twoTheta);
  return picture(image, {
    title: "Rings over the image",
    description: "The image with the calculated rings drawn over it",
    width: WIDTH,
    plotHeight: plotHeight(image.shape),
    ...pixelAxes(image.shape),
    colorTitle: "counts",
    scale: "log",
    ...(mask === undefined ? {} : { mask }),
    overlay: (frame) => ringOutlines(frame, ai, angles, image.shape),
  });
}

function residualPicture({ points }: CalibrationResult, shape: readonly [number, number]): string {
  const { limit, ...map } = residualMap(points, shape);
  return picture(map, {
    title: "What is left between rings and image",
    description: "Mean distance of the image's rings outside the calculated ones, by place",
    width: WIDTH,
    plotHeight: plotHeight(shape),
    ...pixelAxes(shape),
    colorTitle: "pixels outwards",
    limits: [-limit, limit],
  });
}

function plotHeight([rows, columns]: readonly [number, number]): number {
  return Math.round(Math.min(((WIDTH - 162) * rows) / columns, 760));
}

function pixelAxes([rows, columns]: readonly [number, number]) {
  const ticks = (count: number, flip: boolean) =>
    linearTicks(0, count, 6).map((value) => ({
      place: flip ? 1 - value / count : value / count,
      text: tickText(value),
    }));
  return {
    horizontal: { title: "column", ticks: ticks(columns, false) },
    vertical: { title: "row", ticks: ticks(rows, true) },
  };
}

function correlationTable({ correlations: { names, values } }: CalibrationResult): string {
  const free = names.map((_, j) => j).filter((j) => values[j * names.length + j] !== 0);
  return table(
    ["", ...free.map((j) => names[j]!)],
    free.map((i) => [
      names[i]!,
      ...free.map((j) => values[i * names.length + j]!.toFixed(3).replace("-", "−")),
    ]),
  );
}

function ringRows({ rings }: CalibrationResult): string {
  return table(
    ["ring", "d (Å)", "2θ (°)", "pieces", "misfit (px)", "RMS (px)", "strain (10⁻⁶)"],
    rings.map(({ ring, d, twoTheta, segments, misfit, sigma, rms, strain }) => [
      `${ring + 1}`,
      d.toFixed(6),
      ((twoTheta * 180) / Math.PI).toFixed(5),
      `${segments}`,
      `${short4(misfit)} ± ${short4(sigma)}`,
      short4(rms),
      strain.toFixed(1).replace("-", "−"),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeText(cell)}</${tag}>`).join("")}</tr>`;
  const titled = head.some((cell) => cell !== "");
  return `<table>${titled ? line(head, "th") : ""}${rows.map((row) => line(row, "td")).join("")}</table>`;
}

function short4(value: number): string {
  return value.toFixed(4).replace("-", "−");
}
