import type { Image } from "../array.js";
import type { Detector } from "../detector/detector.js";
import { OptionError } from "../errors.js";
import { writeDat } from "../export/dat.js";
import { writeEdf } from "../export/edf.js";
import { type Fit2d, fit2dToPoni, poniToFit2d } from "../geometry/fit2d.js";
import type { Geometry } from "../geometry/geometry.js";
import { formatPoni, type Poni } from "../geometry/poni.js";
import { radialFunction, radialUnit } from "../geometry/units.js";
import { writeAtomic } from "../host/write-atomic.js";
import { checkOptionNames } from "../option-names.js";
import { checkIsImage } from "./check-image.js";
import { prepare } from "./engine/prepare.js";
import {
  centerArray,
  chiArray,
  cornerArray,
  type DenseArray,
  deltaArray,
  deltaChiArray,
  polarizationArray,
  positionArray,
  solidAngleArray,
} from "./geometry-arrays.js";
import type { IntegrateOptions } from "./options.js";
import { Pacer } from "./pacer.js";
import { Plan } from "./plan.js";
import { type Lease, PlanCache } from "./plan-cache.js";
import type { Setup } from "./plan-data.js";
import type { Integrate1dResult, Integrate2dResult } from "./result.js";
import { resolveSettings, type Settings } from "./settings.js";
import { workAhead } from "./work-ahead.js";

/** What an integrator is made from; rotations default to 0. */
export interface IntegratorOptions {
  readonly dist: number;
  readonly poni1: number;
  readonly poni2: number;
  readonly rot1?: number;
  readonly rot2?: number;
  readonly rot3?: number;
  readonly detector: Detector;
  readonly wavelength?: number | undefined;
}

/** What a series or a plan needs besides `IntegrateOptions`. */
export interface SeriesOptions extends IntegrateOptions {
  /** Radial bins. */
  readonly npt: number;
  /** Azimuthal bins; a profile over all azimuths without. */
  readonly nptAzim?: number;
}

export interface PlanOptions extends SeriesOptions {
  readonly shape: readonly [rows: number, columns: number];
}

const INTEGRATOR_OPTIONS: readonly (keyof IntegratorOptions)[] = [
  "dist",
  "poni1",
  "poni2",
  "rot1",
  "rot2",
  "rot3",
  "detector",
  "wavelength",
];

// One for all integrators, because what it bounds is the memory of the process: a script that loads one
// calibration after the other would else keep the plans of all of them until the collector comes.
const plans: PlanCache = new PlanCache();

/**
 * A calibrated detector: turns its images into profiles against a radial unit.
 *
 * Lengths in metres, rotations in radians, azimuths in degrees, all as pyFAI means them. The geometry
 * may be changed at any time; what was prepared for the old one is then made anew.
 *
 * @example
 * const ai = await load("calibration.poni");
 * const { radial, intensity } = await ai.integrate1d(await readImage("frame.tif"), 1000, { unit: "2th_deg" });
 */
export class AzimuthalIntegrator implements Geometry {
  dist: number;
  poni1: number;
  poni2: number;
  rot1: number;
  rot2: number;
  rot3: number;
  detector: Detector;
  wavelength: number | undefined;

  /**
   * @throws OptionError for a length or rotation that is not a finite number, a detector that is none,
   * and an option that does not exist.
   */
  constructor(options: IntegratorOptions) {
    checkOptionNames(options, INTEGRATOR_OPTIONS);
    const { dist, poni1, poni2, rot1 = 0, rot2 = 0, rot3 = 0, detector, wavelength } = options;
    this.dist = dist;
    this.poni1 = poni1;
    this.poni2 = poni2;
    this.rot1 = rot1;
    this.rot2 = rot2;
    this.rot3 = rot3;
    this.detector = detector;
    this.wavelength = wavelength;
    this.#setup();
  }

  /**
   * Integrates an image over azimuth, into `npt` bins.
   *
   * @throws OptionError, ShapeError; the reason of `options.signal` when it aborts.
   */
  async integrate1d(
    image: Image,
    npt: number,
    options: IntegrateOptions = {},
  ): Promise<Integrate1dResult> {
    checkIsImage("image", image);
    const result = await this.#integrate(image, npt, undefined, options);
    if (options.filename !== undefined) await writeDat(options.filename, result);
    return result;
  }

  /**
   * Integrates an image into `nptAzim` sectors of `nptRad` bins each.
   *
   * @throws OptionError, ShapeError; the reason of `options.signal` when it aborts.
   */
  async integrate2d(
    image: Image,
    nptRad: number,
    nptAzim: number,
    options: IntegrateOptions = {},
  ): Promise<Integrate2dResult> {
    checkIsImage("image", image);
    // Without azimuthal bins the plan would be that of a profile.
    const bins = nptAzim ?? Number.NaN;
    const result = (await this.#integrate(image, nptRad, bins, options)) as Integrate2dResult;
    if (options.filename !== undefined) await writeEdf(options.filename, result);
    return result;
  }

  /**
   * Integrates the images of a series through one plan: that of the geometry and the options as they are
   * with the first image. An image of another shape gets a plan of its own.
   *
   * While an image is integrated the next one is read, so each needs data of its own; results come in
   * the images' order, and memory does not grow with their number.
   *
   * @throws OptionError, ShapeError; what the series throws, after the results of the images before; the
   * reason of `options.signal` when it aborts, also while an image is waited for.
   * @example
   * for await (const { intensity } of ai.integrateMany(openSeries("data/*.tif"), { npt: 1000 })) …
   */
  async *integrateMany(
    images: AsyncIterable<Image> | Iterable<Image>,
    options: SeriesOptions,
  ): AsyncGenerator<Integrate1dResult | Integrate2dResult, void, undefined> {
    const { npt, nptAzim, filename, ...rest } = options;
    if (filename !== undefined) {
      throw new OptionError(
        "filename",
        filename,
        "one name cannot hold a series; write each result as it comes",
      );
    }
    const { signal } = options;
    const pacer = new Pacer("integrating the series", options);
    const total = Array.isArray(images) ? images.length : undefined;
    let done = 0;
    let lease: (Lease & { readonly key: string }) | undefined;
    const integrate = async (image: Image): Promise<Integrate1dResult | Integrate2dResult> => {
      checkIsImage("image", image);
      const key = String(image.shape);
      // Asking the cache compares every correction, pixel by pixel: once for the series is enough.
      if (lease?.key !== key) {
        lease?.end();
        lease = undefined;
        const { setup, settings, build } = this.#job(image.shape, npt, nptAzim, rest);
        lease = { key, ...(await plans.lease(setup, image.shape, settings, build)) };
      }
      const result = await lease.plan.integrate(image, signal);
      done++;
      if (pacer.isDue) await pacer.pause(done, total);
      return result;
    };
    try {
      yield* workAhead(images, integrate, signal);
      pacer.finish(done);
    } finally {
      lease?.end();
    }
  }

  /** Prepares an integration for images of a shape; `integrate1d` and `integrate2d` do it by themselves. */
  async plan({ shape, npt, nptAzim, ...options }: PlanOptions): Promise<Plan> {
    const { setup, settings, build } = this.#job(shape, npt, nptAzim, options);
    const plan = await plans.share(setup, shape, settings, build);
    options.signal?.throwIfAborted();
    return plan;
  }

  /**
   * A plan for somebody who says when it is no longer needed: its memory can then be given back at once.
   *
   * @example
   * const { plan, end } = await ai.lease({ shape: [2000, 2000], npt: 1000 });
   * try { for (const image of images) show(await plan.integrate(image)); } finally { end(); }
   */
  async lease({ shape, npt, nptAzim, ...options }: PlanOptions): Promise<Lease> {
    const { setup, settings, build } = this.#job(shape, npt, nptAzim, options);
    return plans.lease(setup, shape, settings, build);
  }

  /** A radial quantity at pixel centres: `[rows, columns]`, in the unit. */
  centerArray(unit: string, shape?: readonly [number, number]): DenseArray {
    return centerArray(this.#setup(), this.#shape(shape), this.#radial(unit));
  }

  /** Corners of pixels: `[rows, columns, corners, 2]`, the radial quantity in the unit and χ in radians. */
  cornerArray(unit: string, shape?: readonly [number, number]): DenseArray {
    return cornerArray(this.#setup(), this.#shape(shape), this.#radial(unit));
  }

  /** Largest distance from a pixel's centre to its corners in a radial quantity. */
  deltaArray(unit: string, shape?: readonly [number, number]): DenseArray {
    return deltaArray(this.#setup(), this.#shape(shape), this.#radial(unit));
  }

  /** Azimuth χ of pixel centres in radians, (−π, π]. */
  chiArray(shape?: readonly [number, number]): DenseArray {
    return chiArray(this.#setup(), this.#shape(shape));
  }

  /** Largest distance from a pixel's centre to its corners in azimuth, in radians. */
  deltaChi(shape?: readonly [number, number]): DenseArray {
    return deltaChiArray(this.#setup(), this.#shape(shape));
  }

  /** Positions of pixel centres in the laboratory: `[rows, columns, 3]` as (z, y, x), in metres. */
  positionArray(shape?: readonly [number, number]): DenseArray {
    return positionArray(this.#setup(), this.#shape(shape));
  }

  /** Solid angle of pixels relative to one at the PONI. */
  solidAngle(shape?: readonly [number, number]): DenseArray {
    return solidAngleArray(this.#setup(), this.#shape(shape));
  }

  /** Polarization correction of pixels for a factor from −1 to 1. */
  polarization(factor: number, shape?: readonly [number, number]): DenseArray {
    if (!(Math.abs(factor) <= 1))
      throw new OptionError("factor", factor, `${factor} is outside −1 to 1`);
    return polarizationArray(this.#setup(), this.#shape(shape), factor);
  }

  /** Takes a geometry in Fit2D's terms: millimetres, pixels and degrees. */
  setFit2d(fit2d: Fit2d): this {
    return Object.assign(this, fit2dToPoni(fit2d, this.detector));
  }

  /** This geometry in Fit2D's terms. */
  getFit2d(): Fit2d {
    return poniToFit2d(this, this.detector);
  }

  /** Writes a PONI file, whole or not at all. */
  async save(path: string): Promise<void> {
    await writeAtomic(path, formatPoni(this.toPoni()));
  }

  /** This calibration as the content of a PONI file. */
  toPoni(): Poni {
    const { geometry, detector, wavelength } = this.#setup();
    return wavelength === undefined
      ? { ...geometry, detector }
      : { ...geometry, detector, wavelength };
  }

  async #integrate(
    image: Image,
    npt: number,
    nptAzim: number | undefined,
    options: IntegrateOptions,
  ): Promise<Integrate1dResult | Integrate2dResult> {
    const { setup, settings, build } = this.#job(image.shape, npt, nptAzim, options);
    // The signal is asked again, because another call may have been the one that built the plan.
    return plans.use(setup, image.shape, settings, build, (plan) => {
      return plan.integrate(image, options.signal);
    });
  }

  #job(
    shape: readonly [number, number],
    npt: number,
    nptAzim: number | undefined,
    options: IntegrateOptions,
  ) {
    options.signal?.throwIfAborted();
    const setup = this.#setup();
    const settings = resolveSettings(shape, npt, nptAzim, options);
    const build = async (kept: Settings): Promise<Plan> =>
      new Plan(setup, kept, await prepare(setup, shape, kept, options));
    return { setup, settings, build };
  }

  /** The geometry as it is now: fields may have been set to anything since. */
  #setup(): Setup {
    const { dist, poni1, poni2, rot1, rot2, rot3, detector, wavelength } = this;
    const geometry = { dist, poni1, poni2, rot1, rot2, rot3 };
    for (const [name, value] of Object.entries(geometry)) {
      if (!Number.isFinite(value))
        throw new OptionError(name, value, `${value} is not a finite number`);
    }
    if (typeof detector?.layout !== "function") {
      throw new OptionError(
        "detector",
        detector,
        'it is no detector; give detector("Pilatus1M") or detector({ pixel1, pixel2, shape })',
      );
    }
    if (wavelength !== undefined && !(wavelength > 0 && wavelength < 1e-6)) {
      throw new OptionError(
        "wavelength",
        wavelength,
        `${wavelength} is no X-ray wavelength in metres; 1 Å is 1e-10`,
      );
    }
    return { geometry, detector, wavelength };
  }

  #radial(unit: string) {
    return radialFunction(radialUnit(unit), this.wavelength);
  }

  #shape(shape: readonly [number, number] | undefined): readonly [number, number] {
    const known = shape ?? this.detector.shape;
    if (known === undefined) {
      throw new OptionError("shape", shape, "this detector fits any image; say [rows, columns]");
    }
    return known;
  }
}
