import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { OptionError, OutputError } from "../../../src/errors.js";
import { ResultsFile } from "../../../src/stream/diffractogram/results-file.js";
import { toolResults } from "../../../src/stream/diffractogram/tool-results.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const results = (timestamp: number) =>
  toolResults({
    ...{
      imageName: "Bild ü.tif",
      timestamp,
      calibration: "a.poni",
      unit: "r_mm",
    },
    ...{ patterns: [], peaks: [] },
  });

function timesIn(path: string): number[] {
  const lines = readFileSync(path, "utf8").split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => JSON.parse(line).timestamp);
}

it("goes on after the lines that are to be kept, wherever the file was cut", async () => {
  const path = join(await temporaryFolder(), "results.ndjson");
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 0, max: 400 }),
    async (lines, cut) => {
      const file = await ResultsFile.open(path, 0);
      for (let i = 0; i < lines; i++) await file.append(results(i));
      await file.close();
      const whole = readFileSync(path);
      const kept = Math.max(0, lines - 2);
      const bytes = whole.subarray(0, Math.max(whole.length - cut, lengthOf(whole, kept)));
      writeFileSync(path, bytes);
      const again = await ResultsFile.open(path, kept);
      await again.append(results(100));
      await again.append(results(101));
      await again.close();
      expect(timesIn(path)).toEqual([...Array(kept).keys(), 100, 101]);
    },
  );
  await fc.assert(property, { seed: 5, numRuns: 60 });
});

function lengthOf(bytes: Uint8Array, lines: number): number {
  let end = 0;
  for (let i = 0; i < lines; i++) end = bytes.indexOf(10, end) + 1;
  return end;
}

it("refuses to go on with a file that has too few lines, and leaves it as it is", async () => {
  const path = join(await temporaryFolder(), "results.ndjson");
  writeFileSync(path, '{"timestamp":1}\n{"timestamp":2}\n{"time');
  await expect(ResultsFile.open(path, 3)).rejects.toThrow(/2 whole lines, but 3/);
  await expect(ResultsFile.open(path, 3)).rejects.toThrow(OptionError);
  expect(readFileSync(path, "utf8")).toMatch(/\{"time$/);
  await expect(ResultsFile.open(join(path, "sub.ndjson"), 0)).rejects.toThrow(OutputError);
});
