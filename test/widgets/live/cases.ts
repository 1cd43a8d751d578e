import type { Image } from "../../../src/array.js";
import type { Detector } from "../../../src/detector/detector.js";
import { detector } from "../../../src/detector/detector-factory.js";
import { simulatePowder } from "../../../src/simulate/index.js";
import type { ImageOptions } from "../../../widgets/live/live-image.js";
import type { LiveSettings } from "../../../widgets/live/live-settings.js";

const DEGREE = Math.PI / 180;
export const WAVELENGTH = 1.8e-11;
const PIXEL = 2e-4;

/** A case to be caked in a page and in Node. */
export interface LiveCase {
  readonly detector: Detector;
  readonly image: Image;
  readonly options: ImageOptions;
  readonly settings: LiveSettings;
}

interface Wanted {
  readonly side?: number;
  readonly detector?: Detector;
  readonly geometry?: Partial<LiveSettings["geometry"]>;
  readonly npt?: readonly [nptRad: number, nptAzim: number];
  readonly options?: LiveSettings["options"];
  readonly mask?: (row: number, column: number) => boolean;
  readonly flat?: boolean;
}

function made(wanted: Wanted): LiveCase {
  const side = wanted.side ?? 1024;
  const of = wanted.detector ?? detector({ pixel1: PIXEL, pixel2: PIXEL, shape: [side, side] });
  const shape = of.shape!;
  const geometry = {
    dist: 0.35,
    poni1: 0.52 * shape[0] * of.pixel1,
    poni2: 0.47 * shape[1] * of.pixel2,
    rot1: 0,
    rot2: 0,
    rot3: 0,
    ...wanted.geometry,
  };
  const image = simulatePowder({
    ...geometry,
    detector: of,
    wavelength: WAVELENGTH,
    phases: [{ lattice: "CeO2", fwhm: 0.06 }],
    background: { flat: 20, air: { counts: 150, decay: 5 } },
  });
  const { mask, flat } = wanted;
  const by = (value: (row: number, column: number) => number): Image => ({
    data: Float32Array.from(image.data, (_, i) => value(Math.floor(i / shape[1]), i % shape[1])),
    shape: [shape[0], shape[1]],
  });
  return {
    detector: of,
    image,
    options: {
      ...(mask === undefined ? {} : { mask: by((row, column) => Number(mask(row, column))) }),
      ...(flat ? { flat: by((row, column) => 1 + 0.2 * Math.sin(row / 50 + column / 90)) } : {}),
    },
    settings: {
      geometry,
      wavelength: WAVELENGTH,
      nptRad: wanted.npt?.[0] ?? 1000,
      nptAzim: wanted.npt?.[1] ?? 36,
      options: wanted.options ?? {},
    },
  };
}

const tilted = { rot1: 12 * DEGREE, rot2: -7 * DEGREE, rot3: 40 * DEGREE };
const small = { side: 400, npt: [400, 36] } as const;

/** Geometries, tilts, masks, ranges, units and corrections. */
export const CASES: Readonly<Record<string, () => LiveCase>> = {
  "1024² into 36 × 1000": () => made({}),
  "all three rotations": () => made({ geometry: tilted, options: { unit: "2th_deg" } }),
  "a steep tilt": () => made({ ...small, geometry: { rot1: 0.6, dist: 0.05 } }),
  "the beam beside the detector": () =>
    made({ ...small, geometry: { poni1: -0.01, poni2: 0.11, rot2: 0.05 } }),
  "r in millimetres": () => made({ ...small, geometry: tilted, options: { unit: "r_mm" } }),
  "d, which falls with 2θ": () =>
    made({ ...small, options: { unit: "d_A", radialRange: [0.8, 3.5] } }),
  "d*² in Å⁻²": () => made({ ...small, options: { unit: "d*2_A^-2" } }),
  "log(1 + q)": () => made({ ...small, options: { unit: "log(1+q.nm)_None" } }),
  "a radial range": () => made({ ...small, options: { unit: "2th_deg", radialRange: [3, 6] } }),
  "sectors across ±180°": () =>
    made({ ...small, npt: [400, 7], options: { azimuthRange: [150, 215] } }),
  "a full circle from −95°": () => made({ ...small, options: { azimuthRange: [-95, 265] } }),
  "one sector": () => made({ ...small, npt: [400, 1] }),
  "360 sectors": () => made({ ...small, npt: [300, 360] }),
  "few radial bins": () => made({ ...small, npt: [50, 12] }),
  "many radial bins": () => made({ ...small, npt: [4000, 12] }),
  "polarization without solid angle": () =>
    made({ ...small, options: { polarizationFactor: 0.95, correctSolidAngle: false } }),
  "polarization on a tilted detector": () =>
    made({ ...small, geometry: tilted, options: { polarizationFactor: -0.5 } }),
  "a mask with half of the image, a disc and single pixels": () =>
    made({
      ...small,
      mask: (row, column) =>
        column > 250 || Math.hypot(row - 208, column - 188) < 20 || (row * 31 + column) % 17 === 0,
    }),
  "a mask that leaves a quadrant": () =>
    made({ ...small, mask: (row, column) => row < 230 || column < 210 }),
  "a flat": () => made({ ...small, flat: true }),
  "modules with gaps": () => made({ detector: detector("Pilatus100k"), npt: [300, 36] }),
  "modules without pixels between them": () =>
    made({ detector: detector("Xpad S540 flat"), npt: [400, 36], geometry: { dist: 0.2 } }),
  "rows and columns that run backwards": () =>
    made({
      ...small,
      detector: detector({ pixel1: PIXEL, pixel2: 1.5e-4, shape: [300, 400], orientation: 1 }),
      geometry: tilted,
    }),
  "rows that run backwards": () =>
    made({ detector: detector({ pixel1: PIXEL, shape: [300, 400], orientation: 2 }), ...small }),
  "columns that run backwards": () =>
    made({ detector: detector({ pixel1: PIXEL, shape: [300, 400], orientation: 4 }), ...small }),
};
