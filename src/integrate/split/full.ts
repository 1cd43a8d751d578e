import type { PixelBinsBuilder } from "../pixel-bins.js";
import { Cells } from "./cells.js";
import { Outline } from "./outline.js";
import type { Extent, SplitAxes, SplitInput, SplitRow, Splitter } from "./splitter.js";

/**
 * Full splitting: a pixel's corners in (radial, χ) make a polygon with straight edges, and each bin
 * gets the exact fraction of its area that lies inside.
 */
export function fullSplitter({ rows, beam }: SplitInput): Splitter {
  const columns = rows.shape[1];
  const { corners } = rows;
  const radial = new Float64Array(columns * corners);
  const chi = new Float64Array(columns * corners);
  const outline = new Outline(corners);
  const cells = new Cells();
  const isDrawn = (first: number): boolean => {
    for (let k = first; k < first + corners; k++) if (!Number.isFinite(radial[k]!)) return false;
    outline.set(radial, chi, first, corners, beam);
    return !outline.holdsBeam || Number.isFinite(beam[0]);
  };
  return {
    extend: ({ row, masked }: SplitRow, radialExtent: Extent, azimuthExtent: Extent): boolean => {
      rows.cornersOfRow(row, radial, chi);
      let straddles = false;
      for (let column = 0; column < columns; column++) {
        if (masked[column] !== 0 || !isDrawn(column * corners)) continue;
        for (let k = column * corners; k < (column + 1) * corners; k++) {
          radialExtent.low = Math.min(radialExtent.low, radial[k]!);
          radialExtent.high = Math.max(radialExtent.high, radial[k]!);
        }
        for (let k = 0; k < outline.length; k++) {
          const azimuth = outline.chi[k]!;
          straddles ||= Math.abs(azimuth) > Math.PI;
          azimuthExtent.low = Math.min(azimuthExtent.low, azimuth);
          azimuthExtent.high = Math.max(azimuthExtent.high, azimuth);
        }
      }
      return straddles;
    },
    divide: ({ row, masked }: SplitRow, axes: SplitAxes, out: PixelBinsBuilder): void => {
      rows.cornersOfRow(row, radial, chi);
      cells.setAxes(axes);
      for (let column = 0; column < columns; column++) {
        if (masked[column] === 0 && isDrawn(column * corners)) cells.divide(outline, out);
        out.next();
      }
    },
  };
}
