import { join } from "node:path";
import { AzimuthalIntegrator, detector, readImage } from "../../dist/src/index.js";

const GEOMETRY = { rot1: 0.01, rot2: -0.02, rot3: 0.1, wavelength: 1e-10 };
const OPTIONS = { unit: "2th_deg", polarizationFactor: 0.99 };

/** Detectors and where they stand; the image of each lies in the run's folder under its name. */
export const experiments = {
  small: {
    title: "2048² uint16",
    shape: [2048, 2048],
    pixel: 1e-4,
    geometry: { ...GEOMETRY, dist: 0.2, poni1: 0.1013, poni2: 0.1031 },
  },
  large: {
    title: "4362 × 4148 uint32",
    shape: [4362, 4148],
    pixel: 7.5e-5,
    geometry: { ...GEOMETRY, dist: 0.25, poni1: 0.1623, poni2: 0.1547 },
  },
  growing: {
    title: "4096² uint16",
    shape: [4096, 4096],
    pixel: 7.5e-5,
    geometry: { ...GEOMETRY, dist: 0.25, poni1: 0.1513, poni2: 0.1547 },
  },
  streamed: {
    title: "1679 × 1475 uint16",
    shape: [1679, 1475],
    pixel: 1.72e-4,
    geometry: { ...GEOMETRY, dist: 0.25, poni1: 0.1413, poni2: 0.1247 },
  },
};

export function newIntegrator({ geometry, pixel, shape }) {
  return new AzimuthalIntegrator({ ...geometry, detector: detector({ pixel1: pixel, shape }) });
}

export function readExperimentImage(folder, name) {
  return readImage(join(folder, `${name}.npy`));
}

/** One integration, over all azimuths or of sectors. */
export function integrate(ai, image, { npt, nptAzim, engine, ...options }) {
  const all = { ...OPTIONS, ...options, method: { split: "full", engine } };
  return nptAzim === undefined
    ? ai.integrate1d(image, npt, all)
    : ai.integrate2d(image, npt, nptAzim, all);
}

/** Cakes of a series of images by sectors, on the engine that CakeLab chooses. */
export function cakesOf(ai, images, { npt, nptAzim }) {
  return ai.integrateMany(images, { ...OPTIONS, npt, nptAzim, method: { split: "full" } });
}

/** The range of 2θ that an experiment's detector covers, for those who must be told. */
export function twoThetaRange({ shape, ...experiment }) {
  const { data } = newIntegrator({ ...experiment, shape }).cornerArray("2th_deg");
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i += 2) {
    if (data[i] < low) low = data[i];
    if (data[i] > high) high = data[i];
  }
  return [low, high];
}
