// Makes what the tutorials work on: a simulated tensile test, and the calibration of its detector.
// The same files on every run, written whole or not at all: `node notebooks/make-sample-data.mjs`
// after a build. The geometry is that of a real experiment of the LightForm group (Diamond, 89 keV).
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AzimuthalIntegrator, detector, writeTiff } from "cakelab";
import { simulatePowder } from "cakelab/simulate";

const here = dirname(fileURLToPath(import.meta.url));

const geometry = {
  dist: 1.1938977457995166,
  poni1: 0.20469496896709785,
  poni2: 0.20731936852229463,
  rot1: -0.0029150176267784067,
  rot2: 0.00820827058479353,
  wavelength: 1.393e-11,
  detector: detector({ pixel1: 296e-6, pixel2: 296e-6, shape: [1441, 1440] }),
};

const instrument = {
  ...geometry,
  background: { flat: 25, air: { counts: 220, decay: 1.5 } },
  beamStop: { radius: 0.009, arm: { direction: 180, width: 0.003 } },
  deadPixels: 120,
  hotPixels: 40,
  seed: 3150,
};

/** Strain along the tensile axis, which is vertical, in each of the six frames. */
const STRAINS = [0, 0.0012, 0.0024, 0.0036, 0.0048, 0.006];
const POISSON_RATIO = 0.32;

/** A titanium alloy of two phases: hexagonal α, and a little cubic β. */
function titanium(strain) {
  const elastic = (e11) => ({
    direction: 0,
    e11,
    e22: -POISSON_RATIO * e11,
    e33: -POISSON_RATIO * e11,
  });
  return [
    {
      lattice: { a: 2.925, c: 4.67, gamma: 120, rule: "hcp" },
      counts: 2400,
      fwhm: 0.035,
      strain: elastic(strain),
      texture: [
        { ring: "002", amplitude: 0.7, direction: 90 },
        { ring: "100", amplitude: 0.4, direction: 0 },
        { ring: "110", amplitude: 0.3, direction: 90 },
      ],
      grains: { perPlane: 80, fraction: 0.35 },
    },
    { lattice: { a: 3.22, rule: "I" }, counts: 450, fwhm: 0.05, strain: elastic(1.15 * strain) },
  ];
}

async function makeCalibration() {
  await new AzimuthalIntegrator(geometry).save(join(here, "calibration/DLS_CeO2_1200mm.poni"));
  const phases = [{ lattice: "CeO2", counts: 4000, fwhm: 0.03 }];
  const image = simulatePowder({ ...instrument, phases });
  await writeTiff(join(here, "calibration/CeO2_1200mm.tif"), image);
}

async function makeSeries() {
  for (const [exposure, strain] of STRAINS.entries()) {
    const image = simulatePowder({ ...instrument, phases: titanium(strain), exposure });
    const number = String(3150 + exposure).padStart(5, "0");
    await writeTiff(join(here, `data/pixium_${number}.tif`), image);
  }
}

await makeCalibration();
await makeSeries();
