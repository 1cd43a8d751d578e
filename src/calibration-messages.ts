import type { Geometry } from "./geometry/geometry.js";

/** What the kernel's side of `Calibration` tells the page's. */
export type CalibrationMessageToPage =
  /** The image caked in the geometry of the moment, float32 rows of azimuth; degrees. */
  | {
      readonly do: "cake";
      readonly shape: readonly [rows: number, columns: number];
      readonly radial: readonly [first: number, last: number];
      readonly azimuth: readonly [first: number, last: number];
      /** In which it was caked. */
      readonly geometry: Geometry;
    }
  /** What is left between rings and image, float32 cells of `cell` pixels. */
  | {
      readonly do: "residual";
      readonly shape: readonly [rows: number, columns: number];
      readonly cell: number;
      readonly limit: number;
    }
  /** What came of something that the page has asked for. */
  | { readonly do: "told"; readonly text: string; readonly failed: boolean };

/** What the page's side of `Calibration` asks of the kernel's. */
export type CalibrationMessageToKernel =
  | { readonly do: "run" | "refine" | "fitPoints" | "removeOutliers" }
  /** A cake of what is shown, and the residual map, if there is one. */
  | { readonly do: "overview" }
  | { readonly do: "pick"; readonly row: number; readonly column: number; readonly next: boolean }
  | { readonly do: "save" | "load" | "report"; readonly path: string };

/** A refined calibration in numbers that are shown; lengths in metres, angles in radians. */
export interface CalibrationSummary {
  /** What was refined: dist, poni1, poni2, rot1, rot2 and wavelength. */
  readonly values: readonly number[];
  /** Name, value and standard error in words. */
  readonly parameters: readonly (readonly [name: string, value: string, sigma: string])[];
  readonly rings: readonly {
    readonly ring: number;
    readonly twoTheta: number;
    readonly segments: number;
    readonly misfit: number;
    readonly sigma: number;
    readonly rms: number;
    readonly strain: number;
  }[];
  /** The strongest correlations, in words. */
  readonly correlations: readonly string[];
  /** The result as a whole, in words. */
  readonly text: string;
  readonly warnings: readonly string[];
}

/** A point that was picked on a ring: pixels, 0 = first centre; the ring's number, from 0. */
export type PickedTriple = readonly [row: number, column: number, ring: number];
