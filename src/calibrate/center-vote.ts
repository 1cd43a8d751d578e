/** Lines on the detector's plane in metres: points and unit directions. */
export interface Lines {
  readonly y: Float64Array;
  readonly x: Float64Array;
  readonly directionY: Float64Array;
  readonly directionX: Float64Array;
}

/** Cells of the accumulator along each side. */
const CELLS = 240;
/** How far it reaches beyond the detector, in sizes of the detector. */
const BEYOND = 0.75;
/** Radians: how well a normal of a crest is known. */
const DIRECTION_ERROR = 0.03;

/**
 * Points where many normals of rings meet, best first: rings of a detector that is not much tilted
 * are nearly circles around the beam. The points (y, x) may lie outside the detector.
 */
export function voteCenters(
  lines: Lines,
  size: readonly [height: number, width: number],
  most: number,
): [y: number, x: number][] {
  const cell = ((1 + 2 * BEYOND) * Math.max(...size)) / CELLS;
  const originY = size[0] / 2 - (cell * CELLS) / 2;
  const originX = size[1] / 2 - (cell * CELLS) / 2;
  const votes = castVotes(lines, originY, originX, cell);
  const found: [number, number][] = [];
  for (let n = 0; n < most; n++) {
    let best = 0;
    for (let i = 1; i < votes.length; i++) if (votes[i]! > votes[best]!) best = i;
    if (!(votes[best]! > 0)) break;
    const [row, column] = [Math.floor(best / CELLS), best % CELLS];
    found.push(polish(lines, originY + (row + 0.5) * cell, originX + (column + 0.5) * cell));
    // The next one is to be another place.
    for (let y = Math.max(row - 5, 0); y <= Math.min(row + 5, CELLS - 1); y++) {
      votes.fill(0, y * CELLS + Math.max(column - 5, 0), y * CELLS + Math.min(column + 6, CELLS));
    }
  }
  return found;
}

function castVotes(lines: Lines, originY: number, originX: number, cell: number): Float64Array {
  const votes = new Float64Array(CELLS * CELLS);
  for (let i = 0; i < lines.y.length; i++) {
    const [dy, dx] = [lines.directionY[i]!, lines.directionX[i]!];
    const startY = (lines.y[i]! - originY) / cell;
    const startX = (lines.x[i]! - originX) / cell;
    const steep = Math.abs(dy) > Math.abs(dx);
    const slope = steep ? dx / dy : dy / dx;
    for (let step = 0; step < CELLS; step++) {
      const other = steep
        ? startX + (step + 0.5 - startY) * slope
        : startY + (step + 0.5 - startX) * slope;
      const lower = Math.floor(other - 0.5);
      const part = other - 0.5 - lower;
      for (const [place, weight] of [
        [lower, 1 - part],
        [lower + 1, part],
      ] as const) {
        if (place < 0 || place >= CELLS) continue;
        votes[steep ? step * CELLS + place : place * CELLS + step]! += weight;
      }
    }
  }
  return boxed(votes);
}

/** Sums over 3 × 3 cells. */
function boxed(votes: Float64Array): Float64Array {
  const out = new Float64Array(votes.length);
  for (let row = 1; row < CELLS - 1; row++) {
    for (let i = row * CELLS + 1; i < (row + 1) * CELLS - 1; i++) {
      for (let y = -CELLS; y <= CELLS; y += CELLS) {
        out[i]! += votes[i + y - 1]! + votes[i + y]! + votes[i + y + 1]!;
      }
    }
  }
  return out;
}

/** The point nearest to the lines, those that pass far away counting little, by iterated weights. */
function polish(
  { y, x, directionY, directionX }: Lines,
  startY: number,
  startX: number,
): [y: number, x: number] {
  let [cy, cx] = [startY, startX];
  for (let pass = 0; pass < 15; pass++) {
    let [yy, yx, xx, ry, rx] = [0, 0, 0, 0, 0];
    for (let i = 0; i < y.length; i++) {
      const [ny, nx] = [directionX[i]!, -directionY[i]!];
      const away = (cy - y[i]!) * ny + (cx - x[i]!) * nx;
      const far = Math.hypot(cy - y[i]!, cx - x[i]!) * DIRECTION_ERROR + 1e-12;
      const weight = 1 / ((1 + (away / far) ** 2) ** 2 * far * far);
      const along = y[i]! * ny + x[i]! * nx;
      yy += weight * ny * ny;
      yx += weight * ny * nx;
      xx += weight * nx * nx;
      ry += weight * along * ny;
      rx += weight * along * nx;
    }
    const determinant = yy * xx - yx * yx;
    if (!(determinant > 1e-12 * yy * xx)) break;
    [cy, cx] = [(ry * xx - rx * yx) / determinant, (rx * yy - ry * yx) / determinant];
  }
  return [cy, cx];
}
