import { defineConfig } from "vitest/config";

/** Folders whose tests leave nothing behind in their process, so that the next one begins at once. */
const shared = [
  ...["batch", "cake", "calibrant", "calibrate", "config", "detector", "export", "figure", "fit"],
  ...["geometry", "hdf5", "image", "mask", "peaks", "scan", "simulate", "stream", "tomography"],
  ...["cli", "integrate/midas"],
].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // What a page shows may take a while on a machine that has other work.
    expect: { poll: { timeout: 15_000 } },
    onConsoleLog: (log) => {
      throw new Error(`a test printed to the console: ${log}`);
    },
    projects: [
      { extends: true, test: { name: "apart", include: ["test/**/*.test.ts"], exclude: shared } },
      { extends: true, test: { name: "together", include: shared, isolate: false } },
    ],
  },
});
