import type { Region } from "../../../src/widget-messages.js";
import type { Pixel } from "../../image/image-geometry.js";
import type { DrawOver } from "./image-pane.js";
import type { LiveGeometry } from "./live-geometry.js";

const DEGREE = Math.PI / 180;

/** What lies over the image. */
export interface Over {
  readonly geometry: LiveGeometry | undefined;
  /** Angles of rings in radians. */
  readonly rings: readonly number[];
  /** Angles of the radial range. */
  readonly ends: readonly number[];
  /** Limits of the cakes, χ in degrees. */
  readonly limits: readonly number[];
  readonly regions: readonly Region[];
  readonly cursor: Pixel | undefined;
}

/** Draws rings, limits of cakes, what is masked, and the cursor. */
export function drawOverImage(over: Over, [rows, columns]: readonly [number, number]): DrawOver {
  return (context, place) => {
    const { geometry } = over;
    const stroke = (color: string, width: number, path: () => void): void => {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      path();
      context.stroke();
    };
    if (geometry !== undefined) {
      stroke("#ff5c5c", 1, () => {
        for (const twoTheta of over.rings) {
          traceRing(context, geometry.ring(twoTheta), [rows, columns], place);
        }
      });
      stroke("rgba(255,255,255,0.9)", 1.4, () => {
        for (const twoTheta of over.ends) {
          traceRing(context, geometry.ring(twoTheta), [rows, columns], place);
        }
      });
      const beam = geometry.pixel(0, 0);
      const reach = Math.hypot(rows, columns);
      for (const [color, width] of [
        ["rgba(0,0,0,0.5)", 2.2],
        ["rgba(255,255,255,0.8)", 0.8],
      ] as const) {
        stroke(color, width, () => {
          for (const chi of beam === undefined ? [] : over.limits) {
            const near = geometry.pixel(0.5 * DEGREE, chi);
            if (near === undefined) continue;
            const [dy, dx] = [near[0] - beam![0], near[1] - beam![1]];
            const part = reach / Math.hypot(dy, dx);
            context.moveTo(...place(beam![0], beam![1]));
            context.lineTo(...place(beam![0] + part * dy, beam![1] + part * dx));
          }
        });
      }
    }
    stroke("#ffb000", 1.5, () => {
      for (const { shape, points } of over.regions) {
        if (shape !== "rectangle") continue;
        const [x0, y0] = place(...points[0]!);
        const [x1, y1] = place(...points[1]!);
        context.rect(x0, y0, x1 - x0, y1 - y0);
      }
    });
    const { cursor } = over;
    if (cursor === undefined) return;
    stroke("rgba(255,255,255,0.8)", 1, () => {
      const [x, y] = place(...cursor);
      context.moveTo(x - 9, y);
      context.lineTo(x + 9, y);
      context.moveTo(x, y - 9);
      context.lineTo(x, y + 9);
    });
  };
}

/** Traces a ring as far as it is near the image. */
function traceRing(
  context: CanvasRenderingContext2D,
  curve: Float64Array,
  [rows, columns]: readonly [number, number],
  place: Parameters<DrawOver>[1],
): void {
  const margin = 0.1 * Math.max(rows, columns);
  let isOn = false;
  for (let i = 0; i <= curve.length; i += 2) {
    const row = curve[i % curve.length]!;
    const column = curve[(i + 1) % curve.length]!;
    const isNear =
      row > -margin && row < rows + margin && column > -margin && column < columns + margin;
    if (isNear && isOn) context.lineTo(...place(row, column));
    else if (isNear) context.moveTo(...place(row, column));
    isOn = isNear;
  }
}
