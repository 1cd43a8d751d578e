import type { Image } from "../array.js";
import { cake } from "../cake/cake.js";
import { calibrate } from "../calibrate/calibrate.js";
import type { LightformConfig } from "../config/lightform.js";
import { ConfigError } from "../config/parse-yaml.js";
import { detector } from "../detector/detector-factory.js";
import { writeEsg } from "../export/esg.js";
import { formatXrdfit, writeXrdfit } from "../export/xrdfit.js";
import { writeXy } from "../export/xy.js";
import { fit2dToPoni } from "../geometry/fit2d.js";
import { nodeModule } from "../host/node.js";
import { writeAtomic } from "../host/write-atomic.js";
import { readImage } from "../image/read-image.js";
import { readMask } from "../image/read-mask.js";
import type { AzimuthalIntegrator } from "../integrate/azimuthal-integrator.js";
import { load } from "../integrate/load.js";

/** What a batch does with every frame. */
export const frameSteps = ["integrate", "cake", "maud"] as const;
export type FrameStep = (typeof frameSteps)[number];

const folders: Readonly<Record<FrameStep, string>> = {
  integrate: "azimuthal-integration",
  cake: "caking",
  maud: "texture-maud",
};
const extensions: Readonly<Record<FrameStep, readonly string[]>> = {
  integrate: [".xy"],
  cake: [".dat", ".json"],
  maud: [".dat", ".esg"],
};

/** The files that the steps make of a frame, in the folder of its experiment. */
export function outputsOf(
  folder: string,
  stem: string,
  steps: readonly FrameStep[],
): Record<FrameStep, string[]> {
  const { join } = nodeModule("node:path");
  const paths = (step: FrameStep): string[] =>
    steps.includes(step)
      ? extensions[step].map((ext) => join(folder, folders[step], stem + ext))
      : [];
  return { integrate: paths("integrate"), cake: paths("cake"), maud: paths("maud") };
}

/**
 * The geometry of a batch: from the `.poni`, or calibrated and saved there.
 *
 * @param paths of the files, resolved
 * @throws ConfigError where there is nothing to calibrate with; what calibrating throws
 */
export async function batchGeometry(
  config: LightformConfig,
  paths: { readonly poni: string; readonly calibrant: string | undefined },
  recalibrate: boolean,
): Promise<AzimuthalIntegrator> {
  const { access } = nodeModule("node:fs/promises");
  const exists = await access(paths.poni).then(
    () => true,
    () => false,
  );
  if (exists && !recalibrate) return load(paths.poni);
  const setup = config.setup_inputs;
  if (paths.calibrant === undefined || setup === undefined) {
    throw new ConfigError(
      config.path,
      `there is no ${paths.poni}, and without input_calibrant_file and setup_inputs it cannot be made; calibrate first`,
    );
  }
  const image = await readImage(paths.calibrant);
  const panel = detector({
    pixel1: setup.pixel_y,
    pixel2: setup.pixel_x,
    shape: image.shape,
  });
  const start = fit2dToPoni(
    {
      directDist: setup.sample_detector_distance,
      centerX: setup.beam_centre_x,
      centerY: setup.beam_centre_y,
    },
    panel,
  );
  const result = await calibrate(image, {
    calibrant: setup.calibrant_type,
    wavelength: setup.wl,
    detector: panel,
    start,
    ...(setup.num_calibration_rings === undefined ? {} : { rings: setup.num_calibration_rings }),
  });
  await result.save(paths.poni, { image: paths.calibrant });
  return result.ai;
}

/** The mask file and the pixels below `mask_below`, or `undefined`. */
export async function batchMask(
  { processing }: LightformConfig,
  mask: string | undefined,
): Promise<(image: Image) => Image | undefined> {
  const file = mask === undefined ? undefined : await readMask(mask);
  const below = processing.mask_below;
  if (below === undefined) return () => file;
  // One mask for equal ones: a plan is kept as long as its mask stays the same.
  let last = file;
  return (image) => {
    const data = new Uint8Array(image.data.length);
    for (let i = 0; i < data.length; i++) {
      data[i] = image.data[i]! < below || (file !== undefined && file.data[i] !== 0) ? 1 : 0;
    }
    const isSame = last?.data.length === data.length && last.data.every((m, i) => m === data[i]);
    if (!isSame) last = { data, shape: image.shape };
    return last;
  };
}

/**
 * Does the steps on one frame as LightForm's notebooks do: 2θ in degrees, full splitting, polarization
 * 0.99; `integrate` a profile all round, `cake` cakes for xrdfit, `maud` cakes over the radius, in
 * pixels as text and in millimetres as `.esg`.
 */
export async function processFrame(
  image: Image,
  ai: AzimuthalIntegrator,
  config: LightformConfig,
  options: {
    readonly outputs: Readonly<Record<FrameStep, readonly string[]>>;
    readonly mask: Image | undefined;
    readonly signal: AbortSignal | undefined;
  },
): Promise<void> {
  const { outputs, mask, signal } = options;
  const { number_of_points: npt, number_of_cakes: cakes, pixel_size } = config.refinement_inputs;
  const { polarization = 0.99, first_cake_angle, order, radial_range } = config.processing;
  const common = {
    polarizationFactor: polarization,
    ...(mask === undefined ? {} : { mask }),
    ...(signal === undefined ? {} : { signal }),
  };
  const inDegrees = {
    unit: "2th_deg",
    ...(radial_range === undefined ? {} : { radialRange: radial_range as [number, number] }),
  };
  const directions = {
    cakes,
    npt,
    ...(first_cake_angle === undefined ? {} : { firstCakeAngle: first_cake_angle }),
    ...(order === undefined ? {} : { order }),
  };
  const [xy] = outputs.integrate;
  if (xy !== undefined)
    await writeXy(xy, await ai.integrate1d(image, npt, { ...common, ...inDegrees }));
  const [dat] = outputs.cake;
  if (dat !== undefined) {
    await writeXrdfit(dat, await cake(image, ai, { ...common, ...inDegrees, ...directions }));
  }
  const [pixels, esg] = outputs.maud;
  if (pixels !== undefined && esg !== undefined) {
    const rings = await cake(image, ai, { ...common, ...directions, unit: "r_mm" });
    const radial = rings.radial.map((r) => r / pixel_size);
    await writeAtomic(pixels, formatXrdfit({ ...rings, radial }));
    await writeEsg(esg, rings);
  }
}
