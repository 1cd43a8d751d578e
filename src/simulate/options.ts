import type { Lattice } from "../calibrant/reflections.js";
import type { Detector } from "../detector/detector.js";

/**
 * What is measured, where and how: the geometry as `AzimuthalIntegrator` takes it, then the sample.
 *
 * A direction is degrees clockwise from North, up in the image as displayed, first row at the top.
 */
export interface SimulateOptions {
  /** Metres. */
  readonly dist: number;
  readonly poni1: number;
  readonly poni2: number;
  /** Radians. Default 0. */
  readonly rot1?: number;
  readonly rot2?: number;
  readonly rot3?: number;
  /** Metres. */
  readonly wavelength: number;
  readonly detector: Detector;
  /** Rows and columns. Default: the detector's own. */
  readonly shape?: readonly [rows: number, columns: number];
  readonly phases?: readonly Phase[];
  readonly spots?: readonly Spot[];
  readonly background?: Background;
  readonly beamStop?: BeamStop;
  /** Degree of horizontal polarization; `undefined` or left out: 0.99, as at a synchrotron. `null`: none. */
  readonly polarizationFactor?: number | null;
  /** Whether pixels that are far off or inclined receive less. Default `true`. */
  readonly solidAngle?: boolean;
  /** Counting statistics. Default `true`; `false` gives expected counts. */
  readonly noise?: boolean;
  /** Pixels that read 0. Default 0. */
  readonly deadPixels?: number;
  /** Pixels that read half the saturation or more. Default 0. */
  readonly hotPixels?: number;
  /** No pixel reads more. Default: the largest value of the type; of float32, none. */
  readonly saturation?: number;
  /** Default `"uint16"`; without noise `"float32"`. */
  readonly dtype?: "uint16" | "int32" | "float32";
  /** Decides grains, dead and hot pixels, and noise. Default 1. */
  readonly seed?: number;
  /** Number of the exposure of the same sample and detector: only noise differs. Default 0. */
  readonly exposure?: number;
}

/** A crystalline powder and its rings. */
export interface Phase {
  /** A calibrant's name or a lattice. */
  readonly lattice: string | Lattice;
  /** Counts at the top of its strongest ring, before corrections. Default 1000. */
  readonly counts?: number;
  /** Full width at half maximum in degrees of 2θ; or its square by Caglioti, u·tan²θ + v·tanθ + w. Default 0.03. */
  readonly fwhm?: number | { readonly u: number; readonly v: number; readonly w: number };
  /** Lorentzian fraction of the pseudo-Voigt profile, 0 to 1. Default 0.3. */
  readonly eta?: number;
  /** Relative heights of rings by name, such as `{ "111": 100 }`; rings that it does not name are absent. Default: multiplicity, Lorentz factor and a falloff. */
  readonly intensities?: Readonly<Record<string, number>>;
  readonly strain?: Strain;
  readonly texture?: readonly Texture[];
  readonly grains?: Grains;
}

/** Elastic strain, such as 0.001: components along a direction (11), across it in the plane of the detector (22), along the beam (33). */
export interface Strain {
  /** Direction of axis 1. Default 0: North. */
  readonly direction?: number;
  readonly e11: number;
  readonly e22?: number;
  readonly e33?: number;
  readonly e12?: number;
}

/** Preferred orientation: a ring's height times 1 + amplitude·cos(order·(direction − its direction)). */
export interface Texture {
  /** Name of the ring, such as `"002"`. */
  readonly ring: string;
  /** 0 to 1. */
  readonly amplitude: number;
  /** Where the ring is highest. Default 0: North. */
  readonly direction?: number;
  /** How often it is highest around the ring. Default 2. */
  readonly order?: number;
}

/** Rings of few grains: spots of random place and size on a smooth ring. */
export interface Grains {
  /** Spots in each ring for each of its planes (multiplicity). */
  readonly perPlane: number;
  /** Part of the ring's light that is in spots, 0 to 1. Default 0.5. */
  readonly fraction?: number;
  /** Full width at half maximum along the ring, in degrees. Default 0.3. */
  readonly width?: number;
}

/** One bright spot. */
export interface Spot {
  readonly direction: number;
  /** 2θ in degrees. */
  readonly twoTheta: number;
  /** Counts at its top. */
  readonly counts: number;
  /** Full width at half maximum in degrees of 2θ, the same across. Default 0.05. */
  readonly width?: number;
}

/** What is between the rings, in counts. */
export interface Background {
  /** Everywhere the same. Default 0. */
  readonly flat?: number;
  /** Air scatter: counts at 2θ = 0, and the 2θ in degrees over which it falls to 1/e. */
  readonly air?: { readonly counts: number; readonly decay: number };
  /** Humps of what is not crystalline: counts at the top, place and full width at half maximum in degrees of 2θ. */
  readonly amorphous?: readonly {
    readonly counts: number;
    readonly twoTheta: number;
    readonly width: number;
  }[];
}

/** A disc in front of the detector that stops the direct beam, and the arm that holds it. */
export interface BeamStop {
  /** Metres at the detector. */
  readonly radius: number;
  readonly arm?: { readonly direction: number /** Metres. */; readonly width: number };
  /** Part of the light that passes. Default 0. */
  readonly transmission?: number;
}
