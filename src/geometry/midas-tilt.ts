import type { Vector } from "./frame.js";

const DEGREE = Math.PI / 180;

/** MIDAS' tilts, in degrees. */
export interface MidasTilt {
  readonly tx: number;
  readonly ty: number;
  readonly tz: number;
}

/** A vector of the detector turned into MIDAS' laboratory: Rx(tx)·Ry(ty)·Rz(tz)·vector. */
export function tilted({ tx, ty, tz }: MidasTilt, vector: Vector): Vector {
  return rotateX(tx, rotateY(ty, rotateZ(tz, vector)));
}

function rotateX(degrees: number, [x, y, z]: Vector): Vector {
  const [c, s] = [Math.cos(degrees * DEGREE), Math.sin(degrees * DEGREE)];
  return [x, c * y - s * z, s * y + c * z];
}

function rotateY(degrees: number, [x, y, z]: Vector): Vector {
  const [c, s] = [Math.cos(degrees * DEGREE), Math.sin(degrees * DEGREE)];
  return [c * x + s * z, y, c * z - s * x];
}

function rotateZ(degrees: number, [x, y, z]: Vector): Vector {
  const [c, s] = [Math.cos(degrees * DEGREE), Math.sin(degrees * DEGREE)];
  return [c * x - s * y, s * x + c * y, z];
}
