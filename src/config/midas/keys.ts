import type { MidasValues } from "./parameters.js";

/** What stands behind a key of a MIDAS parameter file. */
export type KeyKind =
  | "number"
  | "whole"
  /** 0 or 1. */
  | "flag"
  /** The rest of the line: a path may hold blanks. */
  | "text"
  /** Two numbers. */
  | "pair"
  /** Any number of whole numbers in one line. */
  | "wholes"
  /** A number in each of several lines. */
  | "repeated";

/** Every key that is understood, in the order in which a file is written. */
export const KEYS: Readonly<Record<keyof MidasValues, KeyKind>> = {
  NrPixelsY: "whole",
  NrPixelsZ: "whole",
  pxY: "number",
  pxZ: "number",
  Lsd: "number",
  BC: "pair",
  tx: "number",
  ty: "number",
  tz: "number",
  Wavelength: "number",
  RhoD: "number",
  p0: "number",
  p1: "number",
  p2: "number",
  p3: "number",
  p4: "number",
  p5: "number",
  p6: "number",
  p7: "number",
  p8: "number",
  p9: "number",
  p10: "number",
  p11: "number",
  p12: "number",
  p13: "number",
  p14: "number",
  Parallax: "number",
  ResidualCorrectionMap: "text",
  DistortionFile: "text",
  NPanelsY: "whole",
  NPanelsZ: "whole",
  PanelSizeY: "whole",
  PanelSizeZ: "whole",
  PanelGapsY: "wholes",
  PanelGapsZ: "wholes",
  PanelShiftsFile: "text",
  ImTransOpt: "repeated",
  MaskFile: "text",
  FlatFile: "text",
  GapIntensity: "whole",
  BadPxIntensity: "whole",
  RMin: "number",
  RMax: "number",
  RBinSize: "number",
  EtaMin: "number",
  EtaMax: "number",
  EtaBinSize: "number",
  QMin: "number",
  QMax: "number",
  QBinSize: "number",
  TthMin: "number",
  TthMax: "number",
  TthBinSize: "number",
  SubPixelLevel: "whole",
  SubPixelCardinalWidth: "number",
  SolidAngleCorrection: "flag",
  PolarizationCorrection: "flag",
  PolarizationFraction: "number",
  PolarizationPlaneEtaDeg: "number",
  GradientCorrection: "flag",
  Normalize: "flag",
  SumImages: "flag",
  Write2D: "flag",
  DoBinSort: "flag",
  DoPeakFit: "flag",
  DoSmoothing: "flag",
  MultiplePeaks: "flag",
  AutoDetectPeaks: "whole",
  SNIPIterations: "whole",
  FitROIPadding: "whole",
  FitROIAuto: "flag",
  PeakLocation: "repeated",
  DataDirectory: "text",
  SkipFrame: "whole",
  OmegaStart: "number",
  OmegaStep: "number",
  OmegaSumFrames: "whole",
  U: "number",
  V: "number",
  W: "number",
  SHpL: "number",
  X: "number",
  Y: "number",
  Z: "number",
  Polariz: "number",
};

/** The names that newer MIDAS calibrations give the distortion's coefficients, and what they were. */
export const NEW_NAMES: Readonly<Record<string, keyof MidasValues>> = {
  iso_R2: "p2",
  iso_R4: "p5",
  iso_R6: "p4",
  a1: "p7",
  phi1: "p8",
  a2: "p0",
  phi2: "p6",
  a3: "p9",
  phi3: "p10",
  a4: "p1",
  phi4: "p3",
  a5: "p11",
  phi5: "p12",
  a6: "p13",
  phi6: "p14",
};
