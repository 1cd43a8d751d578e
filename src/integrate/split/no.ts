import type { Axis } from "../axis.js";
import type { PixelBinsBuilder } from "../pixel-bins.js";
import { shortWay } from "./outline.js";
import type { Extent, SplitAxes, SplitInput, SplitRow, Splitter } from "./splitter.js";

const TURN = 2 * Math.PI;

/** No splitting: all of a pixel goes to the bin that holds its centre. */
export function noSplitter({ rows }: SplitInput): Splitter {
  const columns = rows.shape[1];
  const radial = new Float64Array(columns);
  const chi = new Float64Array(columns);
  const cornerRadial = new Float64Array(columns * rows.corners);
  const cornerChi = new Float64Array(columns * rows.corners);
  const straddlesAt = (column: number): boolean => {
    for (let k = column * rows.corners; k < (column + 1) * rows.corners; k++) {
      if (Math.abs(chi[column]! + shortWay(chi[column]!, cornerChi[k]!)) > Math.PI) return true;
    }
    return false;
  };
  return {
    extend: ({ row, masked }: SplitRow, radialExtent: Extent, azimuthExtent: Extent): boolean => {
      rows.centersOfRow(row, radial, chi);
      rows.cornersOfRow(row, cornerRadial, cornerChi);
      let straddles = false;
      for (let column = 0; column < columns; column++) {
        if (masked[column] !== 0 || !Number.isFinite(radial[column]!)) continue;
        radialExtent.low = Math.min(radialExtent.low, radial[column]!);
        radialExtent.high = Math.max(radialExtent.high, radial[column]!);
        azimuthExtent.low = Math.min(azimuthExtent.low, chi[column]!);
        azimuthExtent.high = Math.max(azimuthExtent.high, chi[column]!);
        straddles ||= straddlesAt(column);
      }
      return straddles;
    },
    divide: (
      { row, masked }: SplitRow,
      { radial: axis, azimuth }: SplitAxes,
      out: PixelBinsBuilder,
    ): void => {
      rows.centersOfRow(row, radial, chi);
      for (let column = 0; column < columns; column++) {
        if (masked[column] === 0) {
          const bin = binOf(axis, radial[column]!);
          const azimuthBin = azimuth === undefined ? 0 : azimuthBinOf(azimuth, chi[column]!);
          if (bin >= 0 && azimuthBin >= 0) out.add(azimuthBin * axis.bins + bin, 1);
        }
        out.next();
      }
    },
  };
}

/** The bin of a value, −1 outside; the upper limit itself belongs to the last bin. */
function binOf({ low, high, bins }: Axis, value: number): number {
  if (!(value >= low && value <= high)) return -1;
  return Math.min(bins - 1, Math.floor(((value - low) * bins) / (high - low)));
}

function azimuthBinOf(axis: Axis, chi: number): number {
  if (chi >= axis.low && chi <= axis.high) return binOf(axis, chi);
  const turned = chi + Math.ceil((axis.low - chi) / TURN) * TURN;
  // On a full circle the sum may round to a hair past the end.
  const isCircle = axis.high - axis.low > TURN - 1e-9;
  return binOf(axis, isCircle ? Math.min(turned, axis.high) : turned);
}
