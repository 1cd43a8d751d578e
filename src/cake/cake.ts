import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { imageDirections } from "../geometry/directions.js";
import type { AzimuthalIntegrator } from "../integrate/azimuthal-integrator.js";
import type { IntegrateOptions } from "../integrate/options.js";
import type { CakeOrder, Cakes } from "./cakes.js";

/** Options of `cake`: what integration is told, and how the cakes lie. */
export interface CakeOptions
  extends Omit<IntegrateOptions, "azimuthRange" | "filename" | "polarizationFactor"> {
  /** How many, all round. Default 36. */
  readonly cakes?: number;
  /** Radial bins. Default 10000. */
  readonly npt?: number;
  /** Default `"2th_deg"`. */
  readonly unit?: string;
  /**
   * Direction of the centre of cake 1, degrees clockwise from North (up in the displayed image).
   * Default 270, West.
   */
  readonly firstCakeAngle?: number;
  /** How the cakes after the first follow, as seen in the displayed image. Default `"clockwise"`. */
  readonly order?: CakeOrder;
  /** Default 0.99, as Dioptas and the caking tutorial have it; `null` for no correction. */
  readonly polarizationFactor?: number | null;
}

const NOT_OF_CAKES =
  "cakes go all the way round and are written by writeXrdfit; use integrate2d for sectors and maps";

/**
 * Cuts the rings of an image into equal cakes with a direction, numbered as xrdfit numbers them.
 *
 * Directions are those in the displayed image, first row at the top, whatever the tilt, `rot3` or
 * orientation. On a tilted detector the cakes are equal in azimuth around the beam: the direction of
 * cake 1 is exact, the others' to the square of the tilt.
 *
 * @throws OptionError, ShapeError; the reason of `options.signal` when it aborts.
 * @example
 * const cakes = await cake(await readImage("frame.tif"), ai, { radialRange: [2, 8] });
 * await writeXrdfit("analysis/frame.dat", cakes);
 */
export async function cake(
  image: Image,
  ai: AzimuthalIntegrator,
  options: CakeOptions = {},
): Promise<Cakes> {
  const {
    cakes = 36,
    npt = 10000,
    unit = "2th_deg",
    firstCakeAngle = 270,
    order = "clockwise",
    polarizationFactor = 0.99,
    ...rest
  } = options;
  for (const name of ["azimuthRange", "filename"]) {
    if (name in rest) throw new OptionError(name, undefined, NOT_OF_CAKES);
  }
  if (!Number.isInteger(cakes) || cakes < 1) {
    throw new OptionError(
      "cakes",
      cakes,
      `${cakes} is not a number of cakes; give a whole number above 0`,
    );
  }
  if (order !== "clockwise" && order !== "anticlockwise") {
    throw new OptionError("order", order, `"${order}" is none; choose clockwise or anticlockwise`);
  }
  if (!Number.isFinite(firstCakeAngle)) {
    throw new OptionError("firstCakeAngle", firstCakeAngle, "give degrees clockwise from North");
  }
  const width = 360 / cakes;
  const { azimuthOf, sense } = imageDirections(ai, ai.detector);
  const turn = order === "clockwise" ? 1 : -1;
  const follows = turn * sense;
  // χ runs upwards through the sectors, so cake 1 is the first of them or the last.
  const first = azimuthOf(firstCakeAngle);
  const start = follows > 0 ? first - width / 2 : first + width / 2 - 360;
  const result = await ai.integrate2d(image, npt, cakes, {
    ...rest,
    unit,
    azimuthRange: [start, start + 360],
    ...(polarizationFactor === null ? {} : { polarizationFactor }),
  });
  const split = (values: Float64Array): Float64Array[] =>
    Array.from({ length: cakes }, (_, index) => {
      const sector = follows > 0 ? index : cakes - 1 - index;
      return values.subarray(sector * npt, (sector + 1) * npt);
    });
  return {
    radial: result.radial,
    intensity: split(result.intensity),
    ...(result.sigma === undefined ? {} : { sigma: split(result.sigma) }),
    count: split(result.count),
    centers: Array.from({ length: cakes }, (_, index) =>
      modulo360(firstCakeAngle + turn * index * width),
    ),
    firstCakeAngle: modulo360(firstCakeAngle),
    order,
    unit,
    engine: result.engine,
    provenance: {
      ...result.provenance,
      cakes,
      npt,
      firstCakeAngle: modulo360(firstCakeAngle),
      order,
    },
  };
}

function modulo360(degrees: number): number {
  return degrees - 360 * Math.floor(degrees / 360);
}
