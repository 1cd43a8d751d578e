import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { imageInfo } from "../../src/image/image-info.js";
import { hasJupyter, temporaryFolder } from "../kernel-ext/run-cells.js";
import { runNotebook } from "./run-notebook.js";

describe.skipIf(!hasJupyter)("04-live.ipynb (needs .venv and a build)", () => {
  it("runs from top to bottom, and finds the strain", { timeout: 240_000 }, async () => {
    const [folder, remove] = temporaryFolder({});
    try {
      mkdirSync(join(folder, "analysis"));
      const { statuses, text } = await runNotebook("04-live.ipynb", folder);
      expect(statuses.every((status) => status === "ok")).toBe(true);
      expect(text).toContain("40 images came, 0 were left out, 0 were not usable");
      expect(text).toContain("4320 fits, of which 0 failed");
      const errors = [...text.matchAll(/rms error (\d+) µε, Poisson's ratio ([\d.]+)/g)];
      expect(errors).toHaveLength(3);
      for (const [, rms, ratio] of errors) {
        expect(Number(rms)).toBeLessThan(30);
        expect(Math.abs(Number(ratio) - 0.3)).toBeLessThan(0.01);
      }
      const [, largest, error] = /largest {2}(\d+) ± (\d+) µε/.exec(text)!;
      expect(Math.abs(Number(largest) - 4000)).toBeLessThan(4 * Number(error));
      const again = [...text.matchAll(/from the file: (\d+) ± (\d+) µε/g)];
      expect(again).toHaveLength(2);
      for (const [, strain, sigma] of again) {
        // A cake is 10° wide: half a per cent of the strain is not seen.
        expect(Math.abs(Number(strain) - 4000)).toBeLessThan(20 + 4 * Number(sigma));
      }
      const kept = await imageInfo(join(folder, "analysis/tensile.nxs::/entry/data/intensity"));
      expect([kept.frames, ...kept.shape]).toEqual([40, 36, 500]);
    } finally {
      remove();
    }
  });
});
