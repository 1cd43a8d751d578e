import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { hasJupyter, runPython } from "./run-cells.js";

/** Runs the checks of a Python script, all in one process, and makes a test of each. */
export function describeChecks(title: string, script: string): void {
  const path = join(import.meta.dirname, script);
  const list = /^CHECKS = \[([^\]]*)\]/m.exec(readFileSync(path, "utf8"))?.[1] ?? "";
  const names = list.match(/\w+/g) ?? [];

  describe.skipIf(!hasJupyter)(`${title} (needs .venv and a build)`, () => {
    let results: Record<string, string | null> = {};

    beforeAll(async () => {
      const { code, stdout, stderr } = await runPython([path]);
      if (code !== 0) throw new Error(stderr);
      results = JSON.parse(stdout) as typeof results;
    });

    it.each(names)("%s", (name) => {
      expect(results[name]).toBeNull();
    });
  });
}
