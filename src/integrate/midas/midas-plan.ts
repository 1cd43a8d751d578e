import type { Image } from "../../array.js";
import type { MidasParameters } from "../../config/midas/parameters.js";
import type { Detector } from "../../detector/detector.js";
import { detector } from "../../detector/detector-factory.js";
import { OptionError } from "../../errors.js";
import { midasToPoni } from "../../geometry/midas.js";
import { distortionOf } from "../../geometry/midas-geometry.js";
import { radialFunction, radialUnit } from "../../geometry/units.js";
import { checkOptionNames } from "../../option-names.js";
import { version } from "../../version.js";
import { binSums } from "../engine/js/sums.js";
import { prepareData } from "../engine/prepare-data.js";
import type { IntegrateOptions } from "../options.js";
import type { PlanData } from "../plan-data.js";
import type { Provenance } from "../result.js";
import { resolveSettings, type Settings } from "../settings.js";
import { type MidasBins, midasBins } from "./bins.js";
import { buildMidasMap, type MidasMapOptions } from "./build-map.js";
import { gapRule } from "./gap-values.js";
import { geometryMaps } from "./geometry-maps.js";
import type { MidasMap } from "./map.js";
import { readMidasMap } from "./map-folder.js";
import { type MidasMode, type MidasPixelWeights, midasWeights } from "./pixel-weights.js";
import { MidasPlan } from "./plan.js";

/** How images are integrated in MIDAS' geometry. */
export interface MidasPlanOptions extends MidasMapOptions {
  /** A map that is there already, or the folder of its Map.bin and nMap.bin. Default: it is built. */
  readonly map?: MidasMap | string;
  /** Default `"gradient"` where GradientCorrection is 1, else `"floor"`. */
  readonly mode?: MidasMode;
  /** Default `"area"`. */
  readonly pixelWeights?: MidasPixelWeights;
  /** Of the results' radial axis. Default: Å⁻¹ for bins in Q, else 2θ in degrees. */
  readonly unit?: string;
  /** Subtracted from each image; as the detector writes it. */
  readonly dark?: Image;
  /** `"poisson"`: standard errors of counts. Default: none. */
  readonly errorModel?: "poisson";
  /** What bins without a pixel get. Default 0, as MIDAS has it. */
  readonly empty?: number;
  /** Which engine, and whether weights may be rounded (see `IntegrateOptions`). */
  readonly method?: IntegrateOptions["method"];
}

const OPTION_NAMES: readonly (keyof MidasPlanOptions)[] = [
  "map",
  "mode",
  "pixelWeights",
  "unit",
  "dark",
  "errorModel",
  "empty",
  "method",
  "mask",
  "flat",
  "rawMask",
  "signal",
  "onProgress",
];

/**
 * Prepares an integration in MIDAS' own geometry: tilts, distortion, panels and corrections as the
 * parameter file says, the same numbers as midas-integrate's.
 *
 * @throws OptionError, FileAccessError, FileFormatError, ShapeError for parameters, files and options
 * that make no integration; the signal's reason when it aborts.
 * @example
 * const plan = await midasPlan(await readMidasParameters("ps.txt"));
 * const { lineout, intensity } = await plan.integrate(await readImage("frame.tif"));
 */
export async function midasPlan(
  parameters: MidasParameters,
  options: MidasPlanOptions = {},
): Promise<MidasPlan> {
  checkOptionNames(options, OPTION_NAMES);
  const { NrPixelsY, NrPixelsZ, GradientCorrection } = parameters;
  const { mode = GradientCorrection ? "gradient" : "floor", pixelWeights = "area" } = options;
  const shape = [NrPixelsZ, NrPixelsY] as const;
  const bins = midasBins(parameters);
  const unit = options.unit ?? (bins.axis === "Q" ? "q_A^-1" : "2th_deg");
  const settings = settingsOf(shape, bins, unit, options);
  const radial = radialAxis(parameters, bins, unit);
  if (pixelWeights !== "area" && pixelWeights !== "fraction") {
    const remedy = "choose area or fraction";
    throw new OptionError("pixelWeights", pixelWeights, `"${pixelWeights}" is none; ${remedy}`);
  }
  const map = await mapOf(parameters, options);
  checkBins(map, bins);
  const weights = midasWeights(map, bins, shape, mode, pixelWeights, parameters.BC);
  const { pixels, area, normalization, unused } = weights;
  const gaps = gapRule(parameters);
  const detectorOfImages: Detector = { ...plainDetector(parameters), ...gaps.dummy };
  const axis = (values: Float64Array) => ({
    low: values[0]!,
    high: values.at(-1)!,
    bins: values.length,
  });
  const data: PlanData = {
    shape,
    axes: { radial: axis(radial), azimuth: axis(bins.etas) },
    pixels,
    mask: unused,
    normalization,
    hasDetectorMask: false,
    maskedPixels: unused.reduce((sum, masked) => sum + masked, 0),
  };
  const engine = await prepareData(data, settings, detectorOfImages);
  options.signal?.throwIfAborted();
  return new MidasPlan({
    parameters,
    bins,
    engine,
    geometryMaps: geometryMaps(parameters, bins, area),
    area,
    normalization: binSums(pixels, normalization),
    gaps,
    radial,
    unit,
    empty: settings.empty,
    provenance: provenanceOf(parameters, data, settings, mode, options),
  });
}

function mapOf(parameters: MidasParameters, options: MidasPlanOptions): Promise<MidasMap> {
  const { map, mask, flat, rawMask, signal, onProgress } = options;
  if (typeof map === "string") return readMidasMap(map, parameters);
  if (map !== undefined) return Promise.resolve(map);
  return buildMidasMap(parameters, {
    signal,
    onProgress,
    ...(mask !== undefined && { mask }),
    ...(flat !== undefined && { flat }),
    ...(rawMask !== undefined && { rawMask }),
  });
}

function settingsOf(
  shape: readonly [number, number],
  { radial, azimuthal }: MidasBins,
  unit: string,
  { dark, errorModel, empty = 0, method }: MidasPlanOptions,
): Settings {
  if (errorModel !== undefined && errorModel !== "poisson") {
    throw new OptionError("errorModel", errorModel, `"${errorModel}" is none; choose poisson`);
  }
  return resolveSettings(shape, radial, azimuthal, {
    unit,
    empty,
    ...(dark !== undefined && { dark }),
    ...(errorModel !== undefined && { errorModel }),
    ...(method !== undefined && { method }),
  });
}

/** The middle of the radial bins in a unit. */
function radialAxis(
  { Lsd, pxY, Wavelength }: MidasParameters,
  { axis, centers }: MidasBins,
  unit: string,
): Float64Array {
  // What the bins are equally wide in is as exact as it can be.
  if ((axis === "Q" && unit === "q_A^-1") || (axis === "tth" && unit === "2th_deg")) {
    return centers.slice();
  }
  const wavelength = Wavelength > 0 ? Wavelength * 1e-10 : undefined;
  const radialOf = radialFunction(radialUnit(unit), wavelength);
  const distance = Lsd * 1e-6;
  return centers.map((center) => {
    const tangent =
      axis === "R"
        ? (center * pxY) / Lsd
        : axis === "tth"
          ? Math.tan((center * Math.PI) / 180)
          : Math.tan(2 * Math.asin((center * Wavelength) / (4 * Math.PI)));
    return radialOf(distance * tangent, distance);
  });
}

function checkBins(map: MidasMap, { radial, azimuthal }: MidasBins): void {
  if (map.counts.length === radial * azimuthal) return;
  throw new OptionError(
    "map",
    map,
    `it has ${map.counts.length} bins, and the parameters ask for ${radial} × ${azimuthal}; build it anew with these parameters`,
  );
}

function plainDetector({ pxY, pxZ, NrPixelsY, NrPixelsZ }: MidasParameters): Detector {
  return detector({ pixel1: pxZ * 1e-6, pixel2: pxY * 1e-6, shape: [NrPixelsZ, NrPixelsY] });
}

function provenanceOf(
  parameters: MidasParameters,
  { shape, axes, maskedPixels }: PlanData,
  settings: Settings,
  mode: MidasMode,
  options: MidasPlanOptions,
): Omit<Provenance, "invalidPixels"> {
  const { Lsd, BC, tx, ty, tz, pxY, pxZ, Wavelength, ImTransOpt, path } = parameters;
  const { dummy } = gapRule(parameters);
  return {
    software: `cakelab ${version}`,
    geometry: {
      ...midasToPoni({ Lsd, BC, tx, ty, tz, px: pxY }),
      wavelength: Wavelength > 0 ? Wavelength * 1e-10 : undefined,
    },
    detector: {
      name: "Detector",
      pixel1: pxZ * 1e-6,
      pixel2: pxY * 1e-6,
      shape: [shape[0], shape[1]],
      orientation: 3,
      config: {},
    },
    midas: {
      parameters: path,
      mode,
      distortion: distortionOf(parameters),
      ImTransOpt,
    },
    unit: settings.unit.name,
    radialRange: [axes.radial.low, axes.radial.high],
    azimuthRange: [parameters.EtaMin, parameters.EtaMax],
    split: "full",
    algorithm: settings.method.algorithm,
    polarizationFactor: parameters.PolarizationCorrection
      ? parameters.PolarizationFraction
      : undefined,
    correctSolidAngle: parameters.SolidAngleCorrection,
    normalizationFactor: 1,
    errorModel: settings.errorModel,
    dummy: dummy.dummy,
    deltaDummy: dummy.deltaDummy,
    hasUserMask: options.mask !== undefined || parameters.MaskFile !== "",
    hasDetectorMask: false,
    hasDark: settings.dark !== undefined,
    hasFlat: options.flat !== undefined || parameters.FlatFile !== "",
    maskedPixels,
  };
}
