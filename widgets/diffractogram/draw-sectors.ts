import type { LayerPlace } from "../plot/layer.js";

/** A sector's outline, rows and columns in turn, with its colour and its number. */
export interface DrawnSector {
  readonly outline: Float64Array;
  readonly color: string;
  readonly label: string;
  /** Where its number stands. */
  readonly middle: readonly [row: number, column: number] | undefined;
}

const SEAM = "rgba(0, 0, 0, 0.75)";

/** Draws sectors over an image, each in its colour with a dark seam, and the beam's centre. */
export function drawSectors(
  context: CanvasRenderingContext2D,
  place: LayerPlace,
  sectors: readonly DrawnSector[],
  beam: readonly [row: number, column: number] | undefined,
): void {
  context.lineJoin = "round";
  for (const { outline, color } of sectors) {
    const path = pathOf(outline, place);
    context.strokeStyle = SEAM;
    context.lineWidth = 3.4;
    context.stroke(path);
    context.strokeStyle = color;
    context.lineWidth = 1.6;
    context.stroke(path);
  }
  context.font = "600 12px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 3;
  for (const { middle, color, label } of sectors) {
    if (middle === undefined) continue;
    const [x, y] = [place.x(middle[1]), place.y(middle[0])];
    context.strokeStyle = SEAM;
    context.strokeText(label, x, y);
    context.fillStyle = color;
    context.fillText(label, x, y);
  }
  if (beam === undefined) return;
  const [x, y] = [place.x(beam[1]), place.y(beam[0])];
  const cross = new Path2D(`M${x - 7} ${y}h14M${x} ${y - 7}v14`);
  context.strokeStyle = SEAM;
  context.lineWidth = 3;
  context.stroke(cross);
  context.strokeStyle = "#ffffff";
  context.lineWidth = 1.3;
  context.stroke(cross);
}

function pathOf(outline: Float64Array, place: LayerPlace): Path2D {
  const path = new Path2D();
  let isDrawing = false;
  for (let i = 0; i < outline.length; i += 2) {
    const [row, column] = [outline[i]!, outline[i + 1]!];
    if (Number.isNaN(row) || Number.isNaN(column)) {
      isDrawing = false;
      continue;
    }
    if (isDrawing) path.lineTo(place.x(column), place.y(row));
    else path.moveTo(place.x(column), place.y(row));
    isDrawing = true;
  }
  return path;
}
