import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import type { Split } from "../../src/integrate/options.js";

/** A corner of an outline: `[radial, azimuth in radians]`. */
type Point = [number, number];

const TURN = 2 * Math.PI;

/** Limits of bins: `bins + 1` numbers. */
export function limits([low, high]: readonly [number, number], bins: number): number[] {
  return Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) / bins) * i);
}

const shortest = (angle: number): number => angle - TURN * Math.round(angle / TURN);

/** The outline of each pixel that a splitting spreads; of a single point without splitting. */
export function outlines(ai: AzimuthalIntegrator, unit: string, split: Split): Point[][] {
  const radial = ai.centerArray(unit).data;
  const chi = ai.chiArray().data;
  const corners = ai.cornerArray(unit);
  const count = corners.shape[2]!;
  return Array.from(radial, (center, pixel) => {
    const azimuth = chi[pixel]!;
    if (split === "no") return [[center, azimuth]];
    const outline = Array.from({ length: count }, (_, corner): Point => {
      const at = 2 * (pixel * count + corner);
      return [corners.data[at]!, azimuth + shortest(corners.data[at + 1]! - azimuth)];
    });
    if (split === "full") return outline;
    const dr = Math.max(...outline.map(([r]) => Math.abs(r - center)));
    const dc = Math.max(...outline.map(([, c]) => Math.abs(c - azimuth)));
    const low = Math.max(center - dr, 0);
    return [
      [low, azimuth - dc],
      [center + dr, azimuth - dc],
      [center + dr, azimuth + dc],
      [low, azimuth + dc],
    ];
  });
}

/** Whether a pixel's corners go round the beam, where azimuth is undefined. */
export function holdsBeam(ai: AzimuthalIntegrator): boolean[] {
  const { data, shape } = ai.cornerArray("r_m");
  const count = shape[2]!;
  return Array.from({ length: data.length / (2 * count) }, (_, pixel) => {
    let turn = 0;
    for (let corner = 0; corner < count; corner++) {
      const next = (corner + 1) % count;
      const [a, b] = [corner, next].map((k) => data[2 * (pixel * count + k) + 1]!);
      turn += shortest(b! - a!);
    }
    return Math.abs(turn) > 1;
  });
}

/** Keeps the part of an outline where `axis` is on one side of `limit` (Sutherland–Hodgman). */
function cut(outline: Point[], axis: 0 | 1, limit: number, side: 1 | -1): Point[] {
  const kept: Point[] = [];
  outline.forEach((point, i) => {
    const before = outline.at(i - 1)!;
    const [a, b] = [side * (before[axis] - limit), side * (point[axis] - limit)];
    if (a * b < 0) {
      const t = a / (a - b);
      kept.push([before[0] + t * (point[0] - before[0]), before[1] + t * (point[1] - before[1])]);
    }
    if (b >= 0) kept.push(point);
  });
  return kept;
}

function area(outline: Point[]): number {
  const [r0, c0] = outline[0] ?? [0, 0];
  let sum = 0;
  outline.forEach(([r, c], i) => {
    const [pr, pc] = outline.at(i - 1)!;
    sum += (pr - r0) * (c - c0) - (r - r0) * (pc - c0);
  });
  return Math.abs(sum) / 2;
}

/**
 * Fractions of one outline in every bin, `[azimuthal bin][radial bin]`: each bin cut out on its own,
 * in every turn of azimuth, with no thought for speed.
 */
export function fractions(outline: Point[], radial: number[], azimuth: number[]): number[] {
  const whole = area(outline);
  const bins: number[] = [];
  for (let j = 0; j + 1 < azimuth.length; j++) {
    for (let i = 0; i + 1 < radial.length; i++) {
      let inside = 0;
      for (const turn of [-TURN, 0, TURN]) {
        const moved = outline.map(([r, c]): Point => [r, c + turn]);
        if (outline.length === 1) {
          const [r, c] = moved[0]!;
          const last = [i + 2 === radial.length, j + 2 === azimuth.length];
          const within = (value: number, low: number, high: number, closed: boolean): boolean =>
            value >= low && (value < high || (closed && value === high));
          const isIn =
            within(r, radial[i]!, radial[i + 1]!, last[0]!) &&
            within(c, azimuth[j]!, azimuth[j + 1]!, last[1]!);
          inside += isIn ? 1 : 0;
        } else {
          let part = cut(moved, 0, radial[i]!, 1);
          part = cut(part, 0, radial[i + 1]!, -1);
          part = cut(part, 1, azimuth[j]!, 1);
          part = cut(part, 1, azimuth[j + 1]!, -1);
          inside += part.length > 2 ? area(part) / whole : 0;
        }
      }
      bins.push(inside);
    }
  }
  return bins;
}
