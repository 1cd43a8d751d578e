import type { Image } from "../../src/array.js";
import type { Detector } from "../../src/detector/detector.js";
import { EngineError } from "../../src/errors.js";
import { type Axis, binCenters } from "../../src/integrate/axis.js";
import type { Settings } from "../../src/integrate/settings.js";
import { fasterSumming, firstSumming } from "./choose-summing.js";
import type { FrameJob } from "./frame-job.js";
import { frameJobs } from "./frame-jobs.js";
import { type ImageOptions, liveImage } from "./live-image.js";
import type { LiveSettings, QuickCake } from "./live-settings.js";
import { scatterTeam } from "./scatter-team.js";
import type { LiveMode, Summing } from "./summing.js";

const DEGREE = Math.PI / 180;

/** Quick cakes of an image with one mask and one set of corrections. */
export interface QuickCakes {
  readonly mode: LiveMode;
  cake(settings: LiveSettings): Promise<QuickCake>;
  /** Takes other options, of which only the mask may differ. */
  setMask(options: ImageOptions): Promise<void>;
  close(): void;
}

/**
 * Begins with the processor; with the first cake it is found out, meanwhile, whether the GPU is faster.
 *
 * @throws OptionError, ShapeError; EngineError where no mode works here.
 */
export async function quickCakes(
  image: Image,
  detector: Detector,
  options: ImageOptions,
  modes: readonly LiveMode[],
): Promise<QuickCakes> {
  let prepared = liveImage(image, detector, options);
  let jobFor = frameJobs(prepared, detector);
  let summing: Summing = await firstSumming(prepared, detector, modes);
  let isClosed = false;
  let isSearched = false;
  const findFaster = async (job: FrameJob): Promise<void> => {
    const searched = prepared;
    const faster = await fasterSumming(summing, searched, detector, modes, job);
    if (faster === undefined) return;
    // One with another mask would be of no use.
    if (isClosed || searched !== prepared) return faster.close();
    summing.close();
    summing = faster;
  };
  const intensities = async (job: FrameJob): Promise<Float32Array> => {
    const asked = summing;
    try {
      return await asked.intensities(job);
    } catch (error) {
      if (isClosed) throw new EngineError("live", "it was closed", { cause: error });
      // Another took its place meanwhile.
      if (asked !== summing) return summing.intensities(job);
      if (asked.mode === "webasm" || asked.mode === "js") throw error;
      // A GPU may be lost at any time; the processor goes on.
      summing = await scatterTeam(prepared, detector, false);
      asked.close();
      return summing.intensities(job);
    }
  };
  return {
    get mode() {
      return summing.mode;
    },
    cake: async (settings) => {
      const { job, resolved } = await jobFor(settings);
      const intensity = await intensities(job);
      if (!isSearched) {
        isSearched = true;
        // Without a faster one, what there is goes on.
        findFaster(job).catch(() => undefined);
      }
      return quickCake(job, resolved, intensity);
    },
    setMask: async (changed) => {
      const next = liveImage(image, detector, changed);
      if (summing.setImage === undefined) {
        const former = summing;
        summing = await firstSumming(next, detector, [former.mode]);
        former.close();
        if (isClosed) summing.close();
      } else {
        await summing.setImage(next);
      }
      prepared = next;
      jobFor = frameJobs(next, detector);
    },
    close: () => {
      isClosed = true;
      summing.close();
    },
  };
}

function quickCake(
  { radial, azimuth }: FrameJob,
  { empty, unit, azimuthRange }: Settings,
  intensity: Float32Array,
): QuickCake {
  if (!Number.isNaN(empty)) {
    for (let bin = 0; bin < intensity.length; bin++) {
      if (Number.isNaN(intensity[bin]!)) intensity[bin] = empty;
    }
  }
  const [low, high] = azimuthRange ?? [azimuth.low / DEGREE, azimuth.high / DEGREE];
  const sectors: Axis = { low, high, bins: azimuth.bins };
  return {
    radial: binCenters(radial),
    azimuthal: binCenters(sectors),
    intensity,
    shape: [azimuth.bins, radial.bins],
    unit: unit.name,
  };
}
