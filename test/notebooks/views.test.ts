import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasJupyter, temporaryFolder } from "../kernel-ext/run-cells.js";
import { runNotebook } from "./run-notebook.js";

const TIMEOUT = { timeout: 240_000 };

describe.skipIf(!hasJupyter)("notebooks with live views (need .venv and a build)", () => {
  const inFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
    const [folder, remove] = temporaryFolder({});
    try {
      for (const name of ["data", "analysis"]) mkdirSync(join(folder, name));
      await work(folder);
    } finally {
      remove();
    }
  };

  it("02-live-caking.ipynb runs, and the truth straightens its rings", TIMEOUT, () =>
    inFolder(async (folder) => {
      const { statuses, text } = await runNotebook("02-live-caking.ipynb", folder);
      expect(statuses.every((status) => status === "ok")).toBe(true);
      const [guessed, true_] = [...text.matchAll(/([\d.]+)° between cakes/g)].map(([, degrees]) =>
        Number(degrees),
      );
      expect(guessed).toBeGreaterThan(0.1);
      expect(true_).toBeLessThan(0.005);
      expect(existsSync(join(folder, "analysis/live.poni"))).toBe(true);
    }),
  );

  it("03-scan-map.ipynb runs, and finds strain and axis", TIMEOUT, () =>
    inFolder(async (folder) => {
      const { statuses, text } = await runNotebook("03-scan-map.ipynb", folder);
      expect(statuses.every((status) => status === "ok")).toBe(true);
      expect(text).toMatch(/1681 points in .* 0 frames failed/);
      expect(Number(/rms error (\d+) µε/.exec(text)![1])).toBeLessThan(200);
      const axis = Number(/rotation is at column ([\d.]+)/.exec(text)![1]);
      expect(Math.abs(axis - 20)).toBeLessThan(0.2);
    }),
  );
});
