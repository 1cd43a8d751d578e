import { OptionError } from "../../errors.js";
import type { MidasGeometry } from "../../geometry/midas-geometry.js";
import { checkOptionNames } from "../../option-names.js";
import { KEYS } from "./keys.js";

/** What a MIDAS parameter file says, by its own keys; each has a value. */
export interface MidasValues extends MidasGeometry {
  /** Columns and rows of the images. */
  readonly NrPixelsY: number;
  readonly NrPixelsZ: number;
  /** Ångströms; 0 = not known. */
  readonly Wavelength: number;
  /** File of NrPixelsZ × NrPixelsY float64: what is added to the radius at each pixel, in pixels. */
  readonly ResidualCorrectionMap: string;
  /** File of two NrPixelsZ × NrPixelsY float64: what is added to Y and to Z of each pixel, in pixels. */
  readonly DistortionFile: string;
  /** Panels side by side, 0 = one detector; sizes and the gaps between them in pixels. */
  readonly NPanelsY: number;
  readonly NPanelsZ: number;
  readonly PanelSizeY: number;
  readonly PanelSizeZ: number;
  readonly PanelGapsY: readonly number[];
  readonly PanelGapsZ: readonly number[];
  /** File of lines `ID dY dZ [dTheta [dLsd [dP2]]]`. */
  readonly PanelShiftsFile: string;
  /** What is done to an image, one after the other: 0 nothing, 1 left-right, 2 up-down, 3 transpose. */
  readonly ImTransOpt: readonly number[];
  /** Image whose pixels of 1 do not count. */
  readonly MaskFile: string;
  /** Image of the pixels' sensitivities. */
  readonly FlatFile: string;
  /** Values that pixels in gaps and bad ones have; 0 = none. */
  readonly GapIntensity: number;
  readonly BadPxIntensity: number;
  /** Bins of R, in pixels. */
  readonly RMin: number;
  readonly RMax: number;
  readonly RBinSize: number;
  /** Bins of η, in degrees. */
  readonly EtaMin: number;
  readonly EtaMax: number;
  readonly EtaBinSize: number;
  /** Bins of Q, in Å⁻¹, instead of R. */
  readonly QMin: number;
  readonly QMax: number;
  readonly QBinSize: number;
  /** Bins of 2θ, in degrees, instead of R. */
  readonly TthMin: number;
  readonly TthMax: number;
  readonly TthBinSize: number;
  /** Into how many parts a side of the pixels near η = 0, ±90 and 180° is divided, and how near, in degrees. */
  readonly SubPixelLevel: number;
  readonly SubPixelCardinalWidth: number;
  readonly SolidAngleCorrection: boolean;
  readonly PolarizationCorrection: boolean;
  readonly PolarizationFraction: number;
  /** η of the plane of polarization, in degrees; 90 = horizontal. */
  readonly PolarizationPlaneEtaDeg: number;
  /** Whether intensities are taken where the bin's middle radius is, between pixels. */
  readonly GradientCorrection: boolean;
  /** Whether sums are divided by the bins' areas. */
  readonly Normalize: boolean;
  readonly SumImages: boolean;
  readonly Write2D: boolean;
  readonly DoBinSort: boolean;
  readonly DoPeakFit: boolean;
  readonly DoSmoothing: boolean;
  readonly MultiplePeaks: boolean;
  readonly AutoDetectPeaks: number;
  readonly SNIPIterations: number;
  /** Pixels on each side of a peak. */
  readonly FitROIPadding: number;
  readonly FitROIAuto: boolean;
  /** Radii of peaks, in pixels; peaks are then fitted. */
  readonly PeakLocation: readonly number[];
  readonly DataDirectory: string;
  /** Frames to leave out at the beginning of a file. */
  readonly SkipFrame: number;
  /** Degrees. */
  readonly OmegaStart: number;
  readonly OmegaStep: number;
  /** Frames that are summed to one result; 1 = each is one. */
  readonly OmegaSumFrames: number;
  /** GSAS-II's instrument parameters, passed on as they are. */
  readonly U: number;
  readonly V: number;
  readonly W: number;
  readonly SHpL: number;
  readonly X: number;
  readonly Y: number;
  readonly Z: number;
  readonly Polariz: number;
}

/** A line that is not understood here, kept for who does. */
export interface MidasEntry {
  readonly key: string;
  readonly value: string;
}

/** A MIDAS parameter file. */
export interface MidasParameters extends MidasValues {
  /** Lines with other keys, in the file's order. */
  readonly others: readonly MidasEntry[];
  /** The file; empty for parameters from elsewhere. Files that it names may lie beside it. */
  readonly path: string;
}

/** What cannot be guessed. */
export type RequiredMidasValue = "NrPixelsY" | "NrPixelsZ" | "Lsd" | "BC";

/** Some of the values; `px` stands for both pixel sizes. */
export type SomeMidasValues = Partial<MidasValues> & { readonly px?: number };

/** midas-integrate's defaults; GSAS-II's for its own. */
export const MIDAS_DEFAULTS: Omit<MidasValues, RequiredMidasValue | "pxY" | "pxZ"> = {
  tx: 0,
  ty: 0,
  tz: 0,
  Wavelength: 0,
  RhoD: 0,
  p0: 0,
  p1: 0,
  p2: 0,
  p3: 0,
  p4: 0,
  p5: 0,
  p6: 0,
  p7: 0,
  p8: 0,
  p9: 0,
  p10: 0,
  p11: 0,
  p12: 0,
  p13: 0,
  p14: 0,
  Parallax: 0,
  ResidualCorrectionMap: "",
  DistortionFile: "",
  NPanelsY: 0,
  NPanelsZ: 0,
  PanelSizeY: 0,
  PanelSizeZ: 0,
  PanelGapsY: [],
  PanelGapsZ: [],
  PanelShiftsFile: "",
  ImTransOpt: [],
  MaskFile: "",
  FlatFile: "",
  GapIntensity: 0,
  BadPxIntensity: 0,
  RMin: 0,
  RMax: 0,
  RBinSize: 0,
  EtaMin: -180,
  EtaMax: 180,
  EtaBinSize: 5,
  QMin: 0,
  QMax: 0,
  QBinSize: 0,
  TthMin: 0,
  TthMax: 0,
  TthBinSize: 0,
  SubPixelLevel: 1,
  SubPixelCardinalWidth: 10,
  SolidAngleCorrection: false,
  PolarizationCorrection: false,
  PolarizationFraction: 0.99,
  PolarizationPlaneEtaDeg: 90,
  GradientCorrection: false,
  Normalize: true,
  SumImages: false,
  Write2D: false,
  DoBinSort: true,
  DoPeakFit: false,
  DoSmoothing: false,
  MultiplePeaks: false,
  AutoDetectPeaks: 0,
  SNIPIterations: 50,
  FitROIPadding: 20,
  FitROIAuto: false,
  PeakLocation: [],
  DataDirectory: ".",
  SkipFrame: 0,
  OmegaStart: 0,
  OmegaStep: 0,
  OmegaSumFrames: 1,
  U: 1.163,
  V: -0.126,
  W: 0.063,
  SHpL: 0.002,
  X: 0,
  Y: 0,
  Z: 0,
  Polariz: 0.99,
};

/**
 * Parameters from the values that are known; the others get midas-integrate's defaults.
 *
 * @throws OptionError that names the key for one that is missing, does not exist or cannot be so.
 * @example midasParameters({ NrPixelsY: 2048, NrPixelsZ: 2048, px: 200, Lsd: 1e6, BC: [1020, 1030], RMin: 10, RMax: 1000, RBinSize: 1 })
 */
export function midasParameters(
  values: SomeMidasValues,
  others: readonly MidasEntry[] = [],
  path = "",
): MidasParameters {
  checkOptionNames(values, ["px", ...Object.keys(KEYS)]);
  const { px, pxY = px, pxZ = px ?? pxY, ...rest } = values;
  const { NrPixelsY, NrPixelsZ, Lsd, BC } = values;
  const required = { NrPixelsY, NrPixelsZ, pxY, pxZ, Lsd, BC };
  for (const [name, value] of Object.entries(required)) {
    if (value === undefined) throw missing(name);
  }
  const hasPeaks = rest.PeakLocation !== undefined && rest.PeakLocation.length > 0;
  const parameters = {
    ...MIDAS_DEFAULTS,
    ...rest,
    ...(hasPeaks && { DoPeakFit: true, MultiplePeaks: true, DoSmoothing: false }),
    ...((rest.AutoDetectPeaks ?? 0) > 0 && { DoPeakFit: true }),
    pxY,
    pxZ,
    others,
    path,
  } as MidasParameters;
  checkValues(parameters);
  return parameters;
}

function missing(key: string): OptionError {
  const name = key === "pxY" || key === "pxZ" ? "px" : key;
  return new OptionError(name, undefined, `it is missing; ${MEANING[name] ?? "give it"}`);
}

const MEANING: Readonly<Record<string, string>> = {
  NrPixelsY: "give the images' number of columns (NrPixels gives both)",
  NrPixelsZ: "give the images' number of rows (NrPixels gives both)",
  px: "give the size of a pixel in µm",
  Lsd: "give the distance from the sample to the detector in µm",
  BC: "give where the beam meets the detector, y and z in pixels",
};

const MOST_PIXELS = 2 ** 28;
const MOST_PARTS = 64;

const POSITIVE = ["NrPixelsY", "NrPixelsZ", "pxY", "pxZ", "Lsd", "SubPixelLevel"] as const;

function checkValues(parameters: MidasParameters): void {
  for (const name of POSITIVE) {
    const value = parameters[name];
    if (!(value > 0)) {
      throw new OptionError(
        name,
        value,
        `${value} is not above 0; ${MEANING[name] ?? "correct it"}`,
      );
    }
  }
  const { ImTransOpt, NrPixelsY, NrPixelsZ, Wavelength, SubPixelLevel } = parameters;
  if (NrPixelsY * NrPixelsZ > MOST_PIXELS) {
    throw new OptionError(
      "NrPixelsY",
      NrPixelsY,
      `${NrPixelsZ} × ${NrPixelsY} pixels are more than the ${MOST_PIXELS} that fit; correct them`,
    );
  }
  if (SubPixelLevel > MOST_PARTS) {
    throw new OptionError(
      "SubPixelLevel",
      SubPixelLevel,
      `${SubPixelLevel} parts of a pixel's side are more than ${MOST_PARTS}; areas are exact with 1 already`,
    );
  }
  const unknown = ImTransOpt.find((way) => ![0, 1, 2, 3].includes(way));
  if (unknown !== undefined) {
    throw new OptionError(
      "ImTransOpt",
      unknown,
      `${unknown} is none; it is 0 nothing, 1 left-right, 2 up-down or 3 transpose`,
    );
  }
  if (ImTransOpt.includes(3) && NrPixelsY !== NrPixelsZ) {
    throw new OptionError(
      "ImTransOpt",
      3,
      `an image of ${NrPixelsZ} × ${NrPixelsY} is not square and cannot be transposed; flip it with 1 or 2`,
    );
  }
  if (Wavelength !== 0 && !(Wavelength > 1e-4)) {
    throw new OptionError(
      "Wavelength",
      Wavelength,
      `${Wavelength} is no wavelength in Å; correct it`,
    );
  }
}
