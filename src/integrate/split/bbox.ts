import type { Axis } from "../axis.js";
import type { PixelBinsBuilder } from "../pixel-bins.js";
import { shortWay } from "./outline.js";
import type { Extent, SplitAxes, SplitInput, SplitRow, Splitter } from "./splitter.js";

const TURN = 2 * Math.PI;

/**
 * Bounding box splitting: a pixel covers evenly the rectangle centre ± δ, where δ reaches to its
 * farthest corner (pyFAI's `bbox`).
 */
export function bboxSplitter({ rows, positive }: SplitInput): Splitter {
  const columns = rows.shape[1];
  const { corners } = rows;
  const radial = new Float64Array(columns);
  const chi = new Float64Array(columns);
  const cornerRadial = new Float64Array(columns * corners);
  const cornerChi = new Float64Array(columns * corners);
  const box = { low: 0, high: 0, chiLow: 0, chiHigh: 0 };
  const load = (row: number): void => {
    rows.centersOfRow(row, radial, chi);
    rows.cornersOfRow(row, cornerRadial, cornerChi);
  };
  const isBoxed = (column: number): boolean => {
    let [delta, deltaChi] = [0, 0];
    const [r, azimuth] = [radial[column]!, chi[column]!];
    for (let k = column * corners; k < (column + 1) * corners; k++) {
      delta = Math.max(delta, Math.abs(cornerRadial[k]! - r));
      deltaChi = Math.max(deltaChi, Math.abs(shortWay(azimuth, cornerChi[k]!)));
    }
    box.low = positive ? Math.max(0, r - delta) : r - delta;
    box.high = r + delta;
    box.chiLow = azimuth - deltaChi;
    box.chiHigh = azimuth + deltaChi;
    return Number.isFinite(box.low) && Number.isFinite(box.high);
  };
  return {
    extend: ({ row, masked }: SplitRow, radialExtent: Extent, azimuthExtent: Extent): boolean => {
      load(row);
      let straddles = false;
      for (let column = 0; column < columns; column++) {
        if (masked[column] !== 0 || !isBoxed(column)) continue;
        radialExtent.low = Math.min(radialExtent.low, box.low);
        radialExtent.high = Math.max(radialExtent.high, box.high);
        azimuthExtent.low = Math.min(azimuthExtent.low, box.chiLow);
        azimuthExtent.high = Math.max(azimuthExtent.high, box.chiHigh);
        straddles ||= box.chiLow < -Math.PI || box.chiHigh > Math.PI;
      }
      return straddles;
    },
    divide: (
      { row, masked }: SplitRow,
      { radial: axis, azimuth }: SplitAxes,
      out: PixelBinsBuilder,
    ): void => {
      load(row);
      for (let column = 0; column < columns; column++) {
        if (masked[column] === 0 && isBoxed(column)) {
          if (azimuth === undefined) addStrip(axis, box.low, box.high, 1, 0, out);
          else addTurns(axis, azimuth, box, out);
        }
        out.next();
      }
    },
  };
}

/** The fractions of [low, high] in each radial bin, times `share`. */
function addStrip(
  axis: Axis,
  low: number,
  high: number,
  share: number,
  offset: number,
  out: PixelBinsBuilder,
): void {
  const perBin = axis.bins / (axis.high - axis.low);
  const [u0, u1] = [(low - axis.low) * perBin, (high - axis.low) * perBin];
  const end = Math.min(axis.bins - 1, Math.ceil(u1) - 1);
  for (let bin = Math.max(0, Math.floor(u0)); bin <= end; bin++) {
    const overlap = Math.min(u1, bin + 1) - Math.max(u0, bin);
    if (overlap > 0) out.add(offset + bin, (share * overlap) / (u1 - u0));
  }
}

interface Box {
  readonly low: number;
  readonly high: number;
  readonly chiLow: number;
  readonly chiHigh: number;
}

function addTurns(axis: Axis, azimuth: Axis, box: Box, out: PixelBinsBuilder): void {
  const perBin = azimuth.bins / (azimuth.high - azimuth.low);
  const firstTurn = Math.ceil((azimuth.low - box.chiHigh) / TURN);
  const lastTurn = Math.floor((azimuth.high - box.chiLow) / TURN);
  for (let turn = firstTurn; turn <= lastTurn; turn++) {
    const v0 = (box.chiLow + turn * TURN - azimuth.low) * perBin;
    const v1 = (box.chiHigh + turn * TURN - azimuth.low) * perBin;
    const end = Math.min(azimuth.bins - 1, Math.ceil(v1) - 1);
    for (let bin = Math.max(0, Math.floor(v0)); bin <= end; bin++) {
      const overlap = Math.min(v1, bin + 1) - Math.max(v0, bin);
      if (overlap > 0) addStrip(axis, box.low, box.high, overlap / (v1 - v0), bin * axis.bins, out);
    }
  }
}
