import { expect, test } from "vitest";
import { cake } from "../../src/cake/cake.js";
import { calibrant } from "../../src/calibrant/calibrants.js";
import { detector } from "../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { findPeaks } from "../../src/peaks/find-peaks.js";
import { fitPeaks } from "../../src/peaks/fit-peaks.js";
import { latticeStrain } from "../../src/peaks/lattice-strain.js";
import { strainEllipse } from "../../src/peaks/strain-ellipse.js";
import { simulatePowder } from "../../src/simulate/powder.js";

const STRAIN = { direction: 20, e11: 3e-3, e22: -1e-3 };

test("the strain of a simulated powder comes back from its cakes", async () => {
  const setup = {
    dist: 0.25,
    poni1: 0.05,
    poni2: 0.05,
    wavelength: 2e-11,
    detector: detector({ pixel1: 1e-4, pixel2: 1e-4, shape: [1000, 1000] }),
  };
  const image = simulatePowder({
    ...setup,
    phases: [{ lattice: "CeO2", counts: 300, fwhm: 0.12, strain: STRAIN }],
  });
  const ai = new AzimuthalIntegrator(setup);
  const options = { npt: 500, unit: "2th_deg", errorModel: "poisson" } as const;
  const cakes = await cake(image, ai, { ...options, method: { engine: "js" } });
  const patternOf = (i: number) => ({
    radial: cakes.radial,
    intensity: cakes.intensity[i]!,
    sigma: cakes.sigma![i]!,
  });
  const [first, second] = findPeaks(patternOf(0), { limit: 2, range: [3, 7] });
  expect(second!.center).toBeGreaterThan(first!.center);

  const { centers, unit } = cakes;
  const fits = centers.map((_, i) => fitPeaks(patternOf(i), [first!]).peaks[0]!);
  const d0 = calibrant("CeO2").lattice!.a / Math.sqrt(3);
  const { strain, sigma } = latticeStrain(
    fits.map((fit) => (fit.converged ? fit.center : Number.NaN)),
    fits.map((fit) => (fit.converged ? fit.sigma.center : Number.NaN)),
    { unit, d0, wavelength: setup.wavelength },
  );
  const ellipse = strainEllipse(centers, strain, sigma);
  expect(ellipse.points).toBe(centers.length);
  expect(Math.abs(ellipse.largest - STRAIN.e11)).toBeLessThan(1e-4);
  expect(Math.abs(ellipse.smallest - STRAIN.e22)).toBeLessThan(1e-4);
  expect(Math.abs(ellipse.direction - STRAIN.direction)).toBeLessThan(2);
  expect(ellipse.sigma.largest).toBeLessThan(5e-5);
});
