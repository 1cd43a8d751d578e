import type { PickedTriple } from "../../src/calibration-messages.js";
import type { LayerPlace } from "../plot/layer.js";
import { ringColor } from "./ring-colors.js";

/** What lies over the image. */
export interface OverImage {
  /** Rows and columns in turn, with the ring's number from 0 and its name. */
  readonly rings: readonly {
    readonly curve: Float64Array;
    readonly ring: number;
    readonly label: string;
  }[];
  readonly points: readonly PickedTriple[];
  /** The ring that the next click is for; undefined where clicks pick nothing. */
  readonly current: number | undefined;
}

const LINE = "#ff4d4d";
const SEAM = "rgba(0, 0, 0, 0.75)";
/** Room for a ring's name, in CSS pixels. */
const LABEL_GAP = 15;
const POINT = 4;

/** Draws calculated rings, their numbers and names, and picked points. */
export function drawRings(
  context: CanvasRenderingContext2D,
  place: LayerPlace,
  { rings, points, current }: OverImage,
): void {
  const trace = (curve: Float64Array): void => {
    let isOn = false;
    for (let i = 0; i <= curve.length; i += 2) {
      const x = place.x(curve[(i + 1) % curve.length]!);
      const y = place.y(curve[i % curve.length]!);
      const isNear = x > -50 && y > -50 && x < place.width + 50 && y < place.height + 50;
      if (isNear && isOn) context.lineTo(x, y);
      else if (isNear) context.moveTo(x, y);
      isOn = isNear;
    }
  };
  context.beginPath();
  for (const { curve, ring } of rings) if (ring !== current) trace(curve);
  context.strokeStyle = LINE;
  context.lineWidth = 1.3;
  context.stroke();
  const marked = rings.find(({ ring }) => ring === current);
  if (marked !== undefined) {
    context.beginPath();
    trace(marked.curve);
    context.strokeStyle = ringColor(marked.ring);
    context.lineWidth = 1.8;
    context.setLineDash([7, 4]);
    context.stroke();
    context.setLineDash([]);
  }
  drawPoints(context, place, points);
  drawLabels(context, place, rings);
}

function drawPoints(
  context: CanvasRenderingContext2D,
  place: LayerPlace,
  points: readonly PickedTriple[],
): void {
  context.lineWidth = 1;
  context.strokeStyle = SEAM;
  for (const [row, column, ring] of points) {
    const [x, y] = [place.x(column) - POINT / 2, place.y(row) - POINT / 2];
    context.fillStyle = ringColor(ring);
    context.strokeRect(x - 0.5, y - 0.5, POINT + 1, POINT + 1);
    context.fillRect(x, y, POINT, POINT);
  }
}

/** Names at the top of each ring, as far as there is room. */
function drawLabels(
  context: CanvasRenderingContext2D,
  place: LayerPlace,
  rings: OverImage["rings"],
): void {
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = SEAM;
  context.fillStyle = LINE;
  const used: number[] = [];
  for (const { curve, ring, label } of rings) {
    let [left, top] = [0, Infinity];
    for (let i = 0; i < curve.length; i += 2) {
      const [x, y] = [place.x(curve[i + 1]!), place.y(curve[i]!)];
      const isSeen = x > 24 && x < place.width - 24 && y > 2 && y < place.height - LABEL_GAP;
      if (isSeen && y < top) [left, top] = [x, y];
    }
    if (top === Infinity || used.some((other) => Math.abs(other - top) < LABEL_GAP)) continue;
    used.push(top);
    const text = `${ring + 1}: ${label}`;
    context.strokeText(text, left, top + 2);
    context.fillText(text, left, top + 2);
  }
}
