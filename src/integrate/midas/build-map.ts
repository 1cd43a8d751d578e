import type { MidasParameters } from "../../config/midas/parameters.js";
import type { MidasPanels } from "../../geometry/midas-panels.js";
import {
  type MidasProjection,
  midasProjection,
  PROJECTED,
} from "../../geometry/midas-projection.js";
import { resolveRhoD } from "../../geometry/midas-rhod.js";
import { midasTransform } from "../../geometry/midas-transform.js";
import { reportNotice } from "../../notice.js";
import { Pacer, type PacerOptions } from "../pacer.js";
import { midasBins } from "./bins.js";
import { MidasDivider } from "./divide.js";
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
  const { NrPixelsZ } = parameters;
  const pacer = new Pacer("mapping the detector", options);
  const builder = new MidasMapBuilder(bins.radial * bins.azimuthal);
  const maskedBins = side.mask && new Uint8Array(bins.radial * bins.azimuthal);
  const divider = new MidasDivider(parameters, bins);
  const divideRow = rowDivider({ ...parameters, RhoD }, side, divider, builder, maskedBins);
  for (let row = 0; row < NrPixelsZ; row++) {
    if (pacer.isDue) await pacer.pause(row, NrPixelsZ);
    divideRow(row);
  }
  pacer.finish(NrPixelsZ);
  return builder.finish(maskedBins);
}

/** Solid angles and flats up to this do not divide. */
const SMALLEST_DIVISOR = 1e-12;

/** A function that divides the pixels of a row. */
function rowDivider(
  parameters: MidasParameters,
  side: MidasSideData,
  divider: MidasDivider,
  builder: MidasMapBuilder,
  maskedBins: Uint8Array | undefined,
): (row: number) => void {
  const { NrPixelsY, NrPixelsZ, SubPixelLevel, SubPixelCardinalWidth } = parameters;
  const { SolidAngleCorrection, ImTransOpt } = parameters;
  const { mask, flat, distortion, panels, radiusCorrection } = side;
  const projection = midasProjection(parameters, radiusCorrection);
  const { y0, yy, yz, z0, zy, zz } = midasTransform(ImTransOpt, [NrPixelsZ, NrPixelsY]);
  const { quad, etas } = divider;
  const point = new Float64Array(PROJECTED);
  const place: Place = { y: 0, z: 0, dLsd: 0, dP2: 0 };
  // Where nothing moves single pixels, neighbours share their corners.
  const isPlain = panels === undefined && distortion === undefined && SubPixelLevel <= 1;
  const lines = isPlain ? cornerLines(projection, NrPixelsY) : undefined;

  const setCorner = (corner: number, from: Float64Array, at: number): void => {
    quad[2 * corner] = from[at]!;
    quad[2 * corner + 1] = from[at + 1]!;
    etas[corner] = from[at + 3]!;
  };

  const setCorners = (lowY: number, lowZ: number, size: number): void => {
    for (let corner = 0; corner < 4; corner++) {
      const y = corner < 2 ? lowY : lowY + size;
      const z = corner === 0 || corner === 3 ? lowZ : lowZ + size;
      projection.project(y, z, place.dLsd, place.dP2, point, 0);
      setCorner(corner, point, 0);
    }
  };

  /** What remains to be done when the corners are set of a part whose middle is this far from the pixel's. */
  const divide = (column: number, row: number, middleY: number, middleZ: number): void => {
    const pixel = row * NrPixelsY + column;
    if (mask !== undefined && mask[pixel] !== 0) {
      divider.touch(maskedBins!);
      return;
    }
    const { dLsd, dP2 } = place;
    projection.project(place.y + middleY, place.z + middleZ, dLsd, dP2, point, 0);
    let divisor = 1;
    if (SolidAngleCorrection) {
      const angle = projection.solidAngle(place.y + middleY, place.z + middleZ, dLsd);
      if (angle > SMALLEST_DIVISOR) divisor = angle;
    }
    if (flat !== undefined && flat[pixel]! > SMALLEST_DIVISOR) divisor *= flat[pixel]!;
    const y = y0 + yy * column + yz * row + middleY;
    const z = z0 + zy * column + zz * row + middleZ;
    divider.divide(y, z, point[2]!, divisor, builder);
  };

  const divideParts = (column: number, row: number): void => {
    const level = isNearAxis(projection, place, SubPixelCardinalWidth, point) ? SubPixelLevel : 1;
    const size = 1 / level;
    for (let i = 0; i < level; i++) {
      for (let j = 0; j < level; j++) {
        setCorners(place.y + i * size - 0.5, place.z + j * size - 0.5, size);
        // In MIDAS' order, so that its float32 positions come out to the last bit.
        divide(column, row, (i + 0.5) * size - 0.5, (j + 0.5) * size - 0.5);
      }
    }
  };

  return (row) => {
    const [below, above] = lines?.(row) ?? [point, point];
    for (let column = 0; column < NrPixelsY; column++) {
      place.y = column;
      place.z = row;
      if (isPlain) {
        setCorner(0, below, PROJECTED * column);
        setCorner(1, above, PROJECTED * column);
        setCorner(2, above, PROJECTED * (column + 1));
        setCorner(3, below, PROJECTED * (column + 1));
        divide(column, row, 0, 0);
        continue;
      }
      place.dLsd = place.dP2 = 0;
      if (panels !== undefined) shift(panels, column, row, place);
      if (distortion !== undefined) {
        place.y += distortion.dY[row * NrPixelsY + column]!;
        place.z += distortion.dZ[row * NrPixelsY + column]!;
      }
      divideParts(column, row);
    }
  };
}

/** Where a pixel's middle really is, and how its panel differs. */
interface Place {
  y: number;
  z: number;
  dLsd: number;
  dP2: number;
}

/** The projected corners below and above the pixels of a row, for rows one after the other. */
function cornerLines(
  projection: MidasProjection,
  columns: number,
): (row: number) => [below: Float64Array, above: Float64Array] {
  const line = (row: number, out: Float64Array): Float64Array => {
    for (let column = 0; column <= columns; column++) {
      projection.project(column - 0.5, row, 0, 0, out, PROJECTED * column);
    }
    return out;
  };
  const room = (): Float64Array => new Float64Array(PROJECTED * (columns + 1));
  let [below, above] = [room(), room()];
  let next: number | undefined;
  return (row) => {
    [below, above] = [above, below];
    if (next !== row) line(row - 0.5, below);
    line(row + 0.5, above);
    next = row + 1;
    return [below, above];
  };
}

/** Whether a pixel's η is near 0, ±90 or 180°, where MIDAS divides it more finely. */
function isNearAxis(
  projection: MidasProjection,
  { y, z, dLsd, dP2 }: Place,
  width: number,
  point: Float64Array,
): boolean {
  projection.project(y, z, dLsd, dP2, point, 0);
  const eta = Math.abs(point[3]!);
  return eta <= width || Math.abs(eta - 90) <= width || Math.abs(eta - 180) <= width;
}

/** Turns a place around its panel's middle, and moves it. */
function shift(panels: MidasPanels, column: number, row: number, place: Place): void {
  const panel = panels.indexAt(column, row);
  if (panel < 0) return;
  const { dY, dZ, dTheta, dLsd, dP2 } = panels.shifts[panel]!;
  const [centerY, centerZ] = panels.centers[panel]!;
  const [c, s] = [Math.cos((dTheta * Math.PI) / 180), Math.sin((dTheta * Math.PI) / 180)];
  const [y, z] = [column - centerY, row - centerZ];
  place.y = centerY + y * c - z * s + dY;
  place.z = centerZ + y * s + z * c + dZ;
  place.dLsd = dLsd;
  place.dP2 = dP2;
}
