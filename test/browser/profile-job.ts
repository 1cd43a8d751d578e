import { detector } from "../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { simulatePowder } from "../../src/simulate/index.js";

/** A profile of a simulated image, then its bin centres: the same job for Node and for a page. */
export async function profileJob(): Promise<number[]> {
  const geometry = {
    dist: 0.2,
    poni1: 0.021,
    poni2: 0.019,
    rot1: 0.02,
    rot2: -0.03,
    rot3: 0.4,
    wavelength: 2e-11,
    detector: detector({ pixel1: 2e-4, pixel2: 2e-4, shape: [200, 220] }),
  };
  const image = simulatePowder({
    ...geometry,
    phases: [{ lattice: "LaB6", fwhm: 0.15 }],
    background: { flat: 5 },
  });
  const ai = new AzimuthalIntegrator(geometry);
  const method = { split: "full", engine: "js" } as const;
  const { radial, intensity } = await ai.integrate1d(image, 300, {
    unit: "q_nm^-1",
    polarizationFactor: 0.99,
    method,
  });
  return [...intensity, ...radial];
}
