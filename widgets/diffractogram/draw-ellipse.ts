import type { StrainTensor } from "../../src/peaks/strain-ellipse.js";
import type { Theme } from "../plot/theme.js";

const DEGREE = Math.PI / 180;
/** The largest strain is drawn as this part of the circle's radius. */
const SHARE = 0.4;
/** Pixels around the circle. */
const MARGIN = 22;

/** A strain along a direction, degrees clockwise from North. */
export interface DirectedStrain {
  readonly direction: number;
  readonly strain: number;
  readonly sigma: number;
  readonly color: string;
}

/** Draws strains along their directions, enlarged, against the circle of no strain; N is up. */
export function drawEllipse(
  canvas: HTMLCanvasElement,
  size: number,
  strains: readonly DirectedStrain[],
  ellipse: StrainTensor | undefined,
  theme: Theme,
): void {
  canvas.width = canvas.height = Math.round(size * devicePixelRatio);
  canvas.style.width = canvas.style.height = `${size}px`;
  const context = canvas.getContext("2d")!;
  context.scale(devicePixelRatio, devicePixelRatio);
  const middle = size / 2;
  const radius = (middle - MARGIN) / (1 + SHARE);
  const along = (direction: number): number => {
    const { e11, e22, e12 } = ellipse ?? { e11: 0, e22: 0, e12: 0 };
    const [cos, sin] = [Math.cos(direction * DEGREE), Math.sin(direction * DEGREE)];
    return e11 * cos * cos + e22 * sin * sin + 2 * e12 * sin * cos;
  };
  const curve = Array.from({ length: 181 }, (_, i) => along(2 * i));
  const known = strains.filter(({ strain }) => Number.isFinite(strain));
  const largest = [...curve, ...known.map(({ strain }) => strain)].reduce(
    (most, strain) => Math.max(most, Math.abs(strain)),
    0,
  );
  const factor = largest > 0 ? SHARE / largest : 0;
  const place = (direction: number, strain: number): [x: number, y: number] => {
    const r = radius * (1 + factor * strain);
    return [middle + r * Math.sin(direction * DEGREE), middle - r * Math.cos(direction * DEGREE)];
  };
  context.strokeStyle = theme.faint;
  context.fillStyle = theme.ink;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.arc(middle, middle, radius, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
  context.font = `11px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [name, x, y] of [
    ["N", middle, 7],
    ["E", size - 7, middle],
    ["S", middle, size - 7],
    ["W", 8, middle],
  ] as const) {
    context.fillText(name, x, y);
  }
  if (ellipse !== undefined) {
    context.strokeStyle = theme.ink;
    context.lineWidth = 1.5;
    context.beginPath();
    for (const [i, strain] of curve.entries()) context.lineTo(...place(2 * i, strain));
    context.stroke();
  }
  for (const { direction, strain, sigma, color } of known) {
    context.strokeStyle = context.fillStyle = color;
    // Friedel's law: what is seen along a direction is so along the opposite one.
    for (const turned of [direction, direction + 180]) {
      const [x, y] = place(turned, strain);
      context.beginPath();
      context.arc(x, y, 3.5, 0, 2 * Math.PI);
      if (turned === direction) context.fill();
      else context.stroke();
      if (!Number.isFinite(sigma)) continue;
      context.beginPath();
      context.moveTo(...place(turned, strain - sigma));
      context.lineTo(...place(turned, strain + sigma));
      context.stroke();
    }
  }
}
