import type { Detector } from "../../../src/detector/detector.js";
import { pixelRows } from "../../../src/geometry/pixel-rows.js";
import { polarRows } from "../../../src/geometry/polar-rows.js";
import { polarizationAt } from "../../../src/geometry/polarization.js";
import { radialFunctionOf } from "../../../src/geometry/radial-formula.js";
import { solidAngleRows } from "../../../src/geometry/solid-angle.js";
import type { Axis } from "../../../src/integrate/axis.js";
import { shortWay } from "../../../src/integrate/split/outline.js";
import type { FrameJob } from "../frame-job.js";
import { type Band, type Scatter, SPREAD } from "./scatter.js";

const TURN = 2 * Math.PI;
const LEAST = 1e-6;

/** A scatter in plain JavaScript for pixels of any form: what the fast one is held against. */
export function plainScatter(band: Band, detector: Detector): Scatter {
  const { firstRow, values, weights } = band;
  const shape = detector.shape!;
  const columns = shape[1];
  const solidAngle = new Float64Array(columns);
  const centers = new Float64Array(3 * columns);
  return (job) => {
    const { geometry, radial, azimuth, polarizationFactor } = job;
    const polar = polarRows(geometry, detector, shape, radialFunctionOf(job.formula));
    const writeSolidAngle = solidAngleRows(geometry, detector, shape);
    const { centersOfRow } = pixelRows(geometry, detector, shape);
    const { corners } = polar;
    const cornerRadial = new Float64Array(columns * corners);
    const cornerChi = new Float64Array(columns * corners);
    // √(a² + b²) of a square's sides is the root of the sum over its four corners.
    const spread = SPREAD[job.split] * Math.sqrt(corners === 4 ? 1 : 5 / corners);
    const sums = new Float32Array(2 * radial.bins * azimuth.bins);
    for (let row = 0; row < band.rows; row++) {
      polar.cornersOfRow(firstRow + row, cornerRadial, cornerChi);
      if (job.correctSolidAngle) writeSolidAngle(firstRow + row, solidAngle);
      if (polarizationFactor !== undefined) centersOfRow(firstRow + row, centers);
      for (let column = 0; column < columns; column++) {
        const value = values[row * columns + column]!;
        if (Number.isNaN(value)) continue;
        let weight = weights === undefined ? 1 : weights[row * columns + column]!;
        if (job.correctSolidAngle) weight *= solidAngle[column]!;
        if (polarizationFactor !== undefined) {
          const i = 3 * column;
          const [t1, t2, t3] = [centers[i]!, centers[i + 1]!, centers[i + 2]!];
          weight *= polarizationAt(t1, t2, t3, polarizationFactor);
        }
        const first = column * corners;
        const [r, dr] = spreadOf(cornerRadial, first, corners, (a, b) => b - a);
        const [chi, dchi] = spreadOf(cornerChi, first, corners, shortWay);
        const half = Math.max(LEAST, spread * dr * perUnit(radial));
        const halfChi = Math.max(LEAST, spread * dchi * perUnit(azimuth));
        const at = (r - radial.low) * perUnit(radial);
        const turns = (chi - azimuth.low) / TURN;
        const atChi = (turns - Math.floor(turns)) * TURN * perUnit(azimuth);
        addBox(
          sums,
          job,
          [value, weight],
          [at - half, at + half],
          [atChi - halfChi, atChi + halfChi],
        );
      }
    }
    return sums;
  };
}

type Pair = readonly [number, number];

function perUnit({ low, high, bins }: Axis): number {
  return bins / (high - low);
}

/** The mean of a pixel's corners, and the root of the sum of their squared distances from it. */
function spreadOf(
  corners: Float64Array,
  first: number,
  count: number,
  difference: (from: number, to: number) => number,
): Pair {
  const origin = corners[first]!;
  let [sum, squares] = [0, 0];
  for (let k = 1; k < count; k++) {
    const step = difference(origin, corners[first + k]!);
    sum += step;
    squares += step * step;
  }
  const mean = sum / count;
  return [origin + mean, Math.sqrt(Math.max(0, squares - count * mean * mean))];
}

function addBox(sums: Float32Array, job: FrameJob, pair: Pair, along: Pair, across: Pair): void {
  const turn = TURN * perUnit(job.azimuth);
  for (let t = -1; t <= 1; t++) {
    // From [0, turn) on, a box may reach over either end.
    const [from, to] = [across[0] + t * turn, across[1] + t * turn];
    const last = Math.min(job.azimuth.bins - 1, Math.floor(to));
    for (let sector = Math.max(0, Math.floor(from)); sector <= last; sector++) {
      const part = (Math.min(to, sector + 1) - Math.max(from, sector)) / (to - from);
      if (part > 0)
        addStrip(sums, job.radial.bins, sector, [part * pair[0], part * pair[1]], along);
    }
  }
}

function addStrip(
  sums: Float32Array,
  bins: number,
  sector: number,
  [value, weight]: Pair,
  [low, high]: Pair,
): void {
  const last = Math.min(bins - 1, Math.floor(high));
  for (let bin = Math.max(0, Math.floor(low)); bin <= last; bin++) {
    const part = (Math.min(high, bin + 1) - Math.max(low, bin)) / (high - low);
    const at = 2 * (sector * bins + bin);
    sums[at]! += part * value;
    sums[at + 1]! += part * weight;
  }
}
