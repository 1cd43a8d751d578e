import type { Trace } from "plotly.js";
import type { SectorLayout } from "../../src/figure/compass.js";
import type { Ring } from "../../src/widget-messages.js";
import type { ImageGeometry } from "./image-geometry.js";

const DEGREE = Math.PI / 180;
const SEAM = "0 0 3px #000, 0 0 3px #000, 0 0 2px #000";
const RING_COLOR = "#ff5c5c";
/** Names of rings are kept this part of the image's height apart. */
const LABEL_GAP = 0.035;

/** Rings as lines over the image, with their names at their tops, as far as there is room. */
export function ringTraces(
  geometry: ImageGeometry,
  rings: readonly Ring[],
  [rows, columns]: readonly [number, number],
): Trace[] {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  const labels: { x: number; y: number; text: string }[] = [];
  for (const { twoTheta, label } of rings) {
    const curve = geometry.ring(twoTheta);
    let highest: { x: number; y: number } | undefined;
    for (let i = 0; i <= curve.length; i += 2) {
      const row = curve[i % curve.length]!;
      const column = curve[(i + 1) % curve.length]!;
      const inside = row >= -0.5 && row <= rows - 0.5 && column >= -0.5 && column <= columns - 0.5;
      x.push(inside ? column : null);
      y.push(inside ? row : null);
      if (inside && (highest === undefined || row < highest.y)) highest = { x: column, y: row };
    }
    x.push(null);
    y.push(null);
    const near = (other: { y: number }): boolean =>
      Math.abs(other.y - highest!.y) < LABEL_GAP * rows;
    // At the very edge a ring is cut: its top is elsewhere.
    if (highest === undefined || highest.y < LABEL_GAP * rows || labels.some(near)) continue;
    labels.push({ ...highest, text: label });
  }
  return [
    line(x, y, { color: RING_COLOR, width: 0.9 }),
    {
      type: "scatter",
      mode: "text",
      x: labels.map((label) => label.x),
      y: labels.map((label) => label.y),
      text: labels.map((label) => label.text),
      textposition: "bottom center",
      textfont: { color: "#ffc9c9", size: 11, shadow: SEAM },
      hoverinfo: "skip",
    },
  ];
}

/**
 * Borders and numbers of cakes: lines from the beam, which are straight on a flat detector, and N, E, S
 * and W at the image's edges. Cake 1 stands out.
 */
export function sectorTraces(
  geometry: ImageGeometry,
  { cakes, firstCakeAngle, order }: SectorLayout,
  shape: readonly [number, number],
): Trace[] {
  const { azimuthOf, sense } = geometry.directions;
  const follows = (order === "clockwise" ? 1 : -1) * sense;
  const first = azimuthOf(firstCakeAngle);
  const width = 360 / cakes;
  const beam = geometry.pixel(0, 0);
  if (beam === undefined) return [];
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  if (cakes > 1) {
    for (let i = 0; i < cakes; i++) {
      const end = edgeTowards(geometry, beam, first + follows * (i - 0.5) * width, shape, 1);
      x.push(beam[1], end[1], null);
      y.push(beam[0], end[0], null);
    }
  }
  const every = Math.ceil(cakes / 40);
  const numbers = Array.from({ length: Math.ceil(cakes / every) }, (_, k) => {
    const cake = k * every;
    const [row, column] = edgeTowards(geometry, beam, first + follows * cake * width, shape, 0.8);
    return { row, column, text: String(cake + 1) };
  });
  return [
    line(x, y, { color: "rgba(0,0,0,0.55)", width: 2.2 }),
    line(x, y, { color: "rgba(255,255,255,0.85)", width: 0.8 }),
    ...outlined(numbers, (i) => (i === 0 ? 16 : 11)),
  ];
}

/** N, E, S and W as seen from the beam, and the beam itself. */
export function compassTraces(
  geometry: ImageGeometry,
  [rows, columns]: readonly [number, number],
): Trace[] {
  const beam = geometry.pixel(0, 0);
  if (beam === undefined) return [];
  const inset = 0.03;
  const row = clamp(beam[0], inset * rows, (1 - inset) * rows);
  const column = clamp(beam[1], inset * columns, (1 - inset) * columns);
  const points = [
    { row: inset * rows, column, text: "N" },
    { row, column: (1 - inset) * columns, text: "E" },
    { row: (1 - inset) * rows, column, text: "S" },
    { row, column: inset * columns, text: "W" },
  ];
  const cross: Trace = {
    type: "scatter",
    mode: "markers",
    x: [beam[1]],
    y: [beam[0]],
    marker: { symbol: "cross-thin", size: 12, line: { color: "#ffffff", width: 1.5 } },
    hoverinfo: "skip",
  };
  return [cross, ...outlined(points, () => 16)];
}

type Label = { readonly row: number; readonly column: number; readonly text: string };

/** White letters with a dark seam, so that they are seen on every colour. */
function outlined(labels: readonly Label[], size: (index: number) => number): Trace[] {
  return [
    {
      type: "scatter",
      mode: "text",
      x: labels.map(({ column }) => column),
      y: labels.map(({ row }) => row),
      text: labels.map(({ text }) => text),
      textfont: {
        color: "#ffffff",
        size: labels.map((_, i) => size(i)),
        weight: 700,
        shadow: SEAM,
      },
      hoverinfo: "skip",
    },
  ];
}

/** How far from the beam an image reaches in a direction; `part` of the way. */
function edgeTowards(
  geometry: ImageGeometry,
  beam: readonly [number, number],
  chi: number,
  [rows, columns]: readonly [number, number],
  part: number,
): [row: number, column: number] {
  // Any point of the direction does: they lie on a line.
  const near = geometry.pixel(0.5 * DEGREE, chi);
  if (near === undefined) return [...beam];
  const [dy, dx] = [near[0] - beam[0], near[1] - beam[1]];
  const length = Math.hypot(dy, dx);
  const [uy, ux] = [dy / length, dx / length];
  const reach = 0.5 * Math.min(rows, columns);
  return [beam[0] + part * reach * uy, beam[1] + part * reach * ux];
}

function line(x: (number | null)[], y: (number | null)[], style: object): Trace {
  return { type: "scatter", mode: "lines", x, y, line: style, hoverinfo: "skip" };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
