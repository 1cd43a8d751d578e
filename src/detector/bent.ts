import type { CornerLayout, Shape } from "./detector.js";
import { moduleEdges, uniformEdges } from "./grid.js";

/**
 * An imaging plate bent towards the sample around an axis along y: pixels are `pixel2` long on the
 * arc of `radius` metres, and z = 0 at the first column.
 */
export function bentLayout(
  shape: Shape,
  pixel1: number,
  pixel2: number,
  radius: number,
): CornerLayout {
  const columns = shape[1];
  const x = new Float64Array(columns + 1);
  const z = new Float64Array(columns + 1);
  for (let edge = 0; edge <= columns; edge++) {
    const angle = edge * (pixel2 / radius);
    x[edge] = radius * Math.sin(angle);
    // cos(angle) - 1 would lose the digits of small angles.
    z[edge] = -2 * radius * Math.sin(angle / 2) ** 2;
  }
  const row = (index: number, out: Float64Array): void => {
    const near = index * pixel1;
    const far = (index + 1) * pixel1;
    for (let column = 0; column < columns; column++) {
      const left = column;
      const right = column + 1;
      const at = column * 12;
      writeCorner(out, at, z[left]!, near, x[left]!);
      writeCorner(out, at + 3, z[left]!, far, x[left]!);
      writeCorner(out, at + 6, z[right]!, far, x[right]!);
      writeCorner(out, at + 9, z[right]!, near, x[right]!);
    }
  };
  return { kind: "corners", corners: 4, row };
}

/** Flat modules of an arc along the slow axis, each turned by the same angle against the one before. */
export interface ModuleArc {
  /** Rows of one module. */
  readonly rows: number;
  /** Rows of one chip of it, and the relative size of pixels at the seams between chips. */
  readonly chip: number;
  readonly seam: number;
  /** Distance from one module's first row to the next one's, in metres. */
  readonly length: number;
  /** Turn of each module against the one before, in radians. */
  readonly turn: number;
}

/** Pixels of flat modules that form an arc, as in the Cirpad. */
export function moduleArcLayout(shape: Shape, pixel: number, arc: ModuleArc): CornerLayout {
  const [rows, columns] = shape;
  const along = moduleEdges(arc.rows, pixel, { module: arc.chip, seam: arc.seam });
  const across = uniformEdges(columns, pixel);
  const modules = Math.ceil(rows / arc.rows);
  const originY = new Float64Array(modules);
  const originZ = new Float64Array(modules);
  for (let module = 1; module < modules; module++) {
    const angle = (module - 1) * arc.turn;
    originY[module] = originY[module - 1]! + arc.length * Math.cos(angle);
    originZ[module] = originZ[module - 1]! + arc.length * Math.sin(angle);
  }
  const row = (index: number, out: Float64Array): void => {
    const module = Math.floor(index / arc.rows);
    const inside = index % arc.rows;
    const angle = module * arc.turn;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [near, far] = [along[2 * inside]!, along[2 * inside + 1]!];
    const [nearY, farY] = [originY[module]! + near * cos, originY[module]! + far * cos];
    const [nearZ, farZ] = [originZ[module]! + near * sin, originZ[module]! + far * sin];
    for (let column = 0; column < columns; column++) {
      const at = column * 12;
      writeCorner(out, at, nearZ, nearY, across[2 * column]!);
      writeCorner(out, at + 3, farZ, farY, across[2 * column]!);
      writeCorner(out, at + 6, farZ, farY, across[2 * column + 1]!);
      writeCorner(out, at + 9, nearZ, nearY, across[2 * column + 1]!);
    }
  };
  return { kind: "corners", corners: 4, row };
}

function writeCorner(out: Float64Array, at: number, z: number, y: number, x: number): void {
  out[at] = z;
  out[at + 1] = y;
  out[at + 2] = x;
}
