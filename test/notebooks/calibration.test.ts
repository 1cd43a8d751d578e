import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detector } from "../../src/detector/detector-factory.js";
import { writeTiff } from "../../src/export/tiff.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { simulatePowder } from "../../src/simulate/powder.js";
import { hasJupyter, temporaryFolder } from "../kernel-ext/run-cells.js";
import { runNotebook } from "./run-notebook.js";

/** That of the tutorials' sample data. */
const setup = {
  dist: 1.1938977457995166,
  poni1: 0.20469496896709785,
  poni2: 0.20731936852229463,
  rot1: -0.0029150176267784067,
  rot2: 0.00820827058479353,
  wavelength: 1.393e-11,
  detector: detector({ pixel1: 296e-6, shape: [1441, 1440] }),
};

describe.skipIf(!hasJupyter)("00-calibration.ipynb (needs .venv and a build)", () => {
  it("runs from top to bottom, and finds the true geometry", { timeout: 240_000 }, async () => {
    const [folder, remove] = temporaryFolder({});
    try {
      mkdirSync(join(folder, "calibration"));
      await new AzimuthalIntegrator(setup).save(join(folder, "calibration/DLS_CeO2_1200mm.poni"));
      const image = simulatePowder({
        ...setup,
        phases: [{ lattice: "CeO2", counts: 4000, fwhm: 0.03 }],
        background: { flat: 25, air: { counts: 220, decay: 1.5 } },
        beamStop: { radius: 0.009, arm: { direction: 180, width: 0.003 } },
        deadPixels: 120,
        hotPixels: 40,
        seed: 3150,
      });
      await writeTiff(join(folder, "calibration/CeO2_1200mm.tif"), image);
      const { statuses, text } = await runNotebook("00-calibration.ipynb", folder);
      expect(statuses.every((status) => status === "ok")).toBe(true);
      const errors = [...text.matchAll(/(-?[\d.]+) standard errors from the truth/g)];
      expect(errors.length).toBe(5);
      for (const [, error] of errors) expect(Math.abs(Number(error))).toBeLessThan(3);
      expect(text).toContain("no warnings");
      expect(text).toContain("the rings fit CeO2 better than LaB6");
    } finally {
      remove();
    }
  });
});
