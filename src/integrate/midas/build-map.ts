import type { MidasParameters } from "../../config/midas/parameters.js";
import type { MidasPanels } from "../../geometry/midas-panels.js";
import { midasProjection, PROJECTED } from "../../geometry/midas-projection.js";
import { resolveRhoD } from "../../geometry/midas-rhod.js";
import { midasTransform } from "../../geometry/midas-transform.js";
import { reportNotice } from "../../notice.js";
import { Pacer, type PacerOptions } from "../pacer.js";
import { midasBins } from "./bins.js";
import { divisorOf, MidasDivider } from "./divide.js";
import { type MidasMap, MidasMapBuilder } from "./map.js";
import { type MidasSideData, type MidasSideOptions, readMidasSideData } from "./side-files.js";

/** How a map is built. */
export interface MidasMapOptions extends MidasSideOptions, PacerOptions {}

/**
 * Builds MIDAS' map of a parameter file: the same records, in the same order, as midas-integrate's.
 *
 * @throws OptionError, FileAccessError, FileFormatError, ShapeError for parameters and files that make
 * no map; the signal's reason when it aborts.
 */
export async function buildMidasMap(
  parameters: MidasParameters,
  options: MidasMapOptions = {},
): Promise<MidasMap> {
  const side = await readMidasSideData(parameters, options);
  const bins = midasBins(parameters);
  const { RhoD, notice } = resolveRhoD(parameters);
  if (notice !== undefined) {
    reportNotice(parameters.path === "" ? notice : `${parameters.path}: ${notice}`);
  }
  const { NrPixelsY, NrPixelsZ } = parameters;
  const pacer = new Pacer("mapping the detector", options);
  const builder = new MidasMapBuilder(bins.radial * bins.azimuthal);
  const maskedBins = side.mask && new Uint8Array(bins.radial * bins.azimuthal);
  const divider = new MidasDivider(parameters, bins);
  const divideRow = rowDivider({ ...parameters, RhoD }, side, divider, builder, maskedBins);
  for (let row = 0; row < NrPixelsZ; row++) {
    if (pacer.isDue) await pacer.pause(row, NrPixelsZ);
    divideRow(row, NrPixelsY);
  }
  pacer.finish(NrPixelsZ);
  return builder.finish(maskedBins);
}

function rowDivider(
  parameters: MidasParameters,
  side: MidasSideData,
  divider: MidasDivider,
  builder: MidasMapBuilder,
  maskedBins: Uint8Array | undefined,
): (row: number, columns: number) => void {
  const { NrPixelsY, NrPixelsZ, SubPixelLevel, SubPixelCardinalWidth } = parameters;
  const { mask, flat, distortion, panels, radiusCorrection } = side;
  const { SolidAngleCorrection } = parameters;
  const projection = midasProjection(parameters, radiusCorrection);
  const transform = midasTransform(parameters.ImTransOpt, [NrPixelsZ, NrPixelsY]);
  const { quad, etas } = divider;
  const point = new Float64Array(PROJECTED);
  const moved = { y: 0, z: 0, dLsd: 0, dP2: 0 };

  /** The part of a pixel between two points of it, as offsets from its middle. */
  const divide = (
    column: number,
    row: number,
    y: number,
    z: number,
    size: number,
    isMasked: boolean,
  ): void => {
    const { dLsd, dP2 } = moved;
    for (let corner = 0; corner < 4; corner++) {
      const right = corner === 2 || corner === 3 ? size : 0;
      const up = corner === 1 || corner === 2 ? size : 0;
      projection.project(moved.y + y + right, moved.z + z + up, dLsd, dP2, point, 0);
      quad[2 * corner] = point[0]!;
      quad[2 * corner + 1] = point[1]!;
      etas[corner] = point[3]!;
    }
    if (isMasked) {
      divider.touch(maskedBins!);
      return;
    }
    const [middleY, middleZ] = [y + size / 2, z + size / 2];
    const [atY, atZ] = [moved.y + middleY, moved.z + middleZ];
    projection.project(atY, atZ, dLsd, dP2, point, 0);
    const solidAngle = SolidAngleCorrection ? projection.solidAngle(atY, atZ, dLsd) : 1;
    const { y0, yy, yz, z0, zy, zz } = transform;
    divider.divide(
      {
        y: y0 + yy * column + yz * row + middleY,
        z: z0 + zy * column + zz * row + middleZ,
        radius: point[2]!,
        divisor: divisorOf(solidAngle, flat?.[row * NrPixelsY + column] ?? 1),
      },
      builder,
    );
  };

  return (row, columns) => {
    for (let column = 0; column < columns; column++) {
      const pixel = row * NrPixelsY + column;
      moved.y = column;
      moved.z = row;
      moved.dLsd = moved.dP2 = 0;
      if (panels !== undefined) shift(panels, column, row, moved);
      if (distortion !== undefined) {
        moved.y += distortion.dY[pixel]!;
        moved.z += distortion.dZ[pixel]!;
      }
      let level = 1;
      if (SubPixelLevel > 1) {
        projection.project(moved.y, moved.z, moved.dLsd, moved.dP2, point, 0);
        const fromAxis = Math.abs(point[3]!) % 90;
        if (Math.min(fromAxis, 90 - fromAxis) <= SubPixelCardinalWidth) level = SubPixelLevel;
      }
      const isMasked = mask !== undefined && mask[pixel] !== 0;
      for (let i = 0; i < level; i++) {
        for (let j = 0; j < level; j++) {
          divide(column, row, i / level - 0.5, j / level - 0.5, 1 / level, isMasked);
        }
      }
    }
  };
}

/** Where the middle of a pixel really is: turned around its panel's middle, and moved. */
function shift(
  panels: MidasPanels,
  column: number,
  row: number,
  moved: { y: number; z: number; dLsd: number; dP2: number },
): void {
  const panel = panels.indexAt(column, row);
  if (panel < 0) return;
  const { dY, dZ, dTheta, dLsd, dP2 } = panels.shifts[panel]!;
  const [centerY, centerZ] = panels.centers[panel]!;
  const [c, s] = [Math.cos((dTheta * Math.PI) / 180), Math.sin((dTheta * Math.PI) / 180)];
  const [y, z] = [column - centerY, row - centerZ];
  moved.y = centerY + y * c - z * s + dY;
  moved.z = centerZ + y * s + z * c + dZ;
  moved.dLsd = dLsd;
  moved.dP2 = dP2;
}
