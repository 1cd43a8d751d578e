import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { randomStream } from "../../../src/simulate/random.js";
import { scanStack } from "../../scan/scan-images.js";
import { timelessTree } from "../../support/hdf5-tree.js";

const built = resolve(import.meta.dirname, "../../../dist/src/index.js");
const FRAMES = 30;

/** Says how many frames are kept, and after the last that the file is being written. */
const PROGRAM = `
import { DiffractogramTool, load, openStream, recordDiffractograms } from ${JSON.stringify(built)};
const [stack, poni, output, resume] = process.argv.slice(2);
const tool = new DiffractogramTool({
  ai: await load(poni), calibration: poni, points: 40, unit: "2th_deg",
  ranges: [[null, null, null, null], [170, 190, null, null]], method: { engine: "js" },
});
await recordDiffractograms(tool, await openStream(stack), {
  output, results: output + ".ndjson", resume: resume === "resume",
  onFrame: (_, frames) => process.stdout.write(frames + "\\n"),
});
`;

describe.skipIf(!existsSync(built))("a process that is killed (needs a build)", () => {
  const run = async (args: readonly string[], killAt: number, delay: number): Promise<boolean> => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let heard = "";
    let isAimed = false;
    child.stdout.on("data", (chunk) => {
      heard += chunk;
      if (isAimed || Number(heard.trim().split("\n").at(-1)) < killAt) return;
      isAimed = true;
      setTimeout(() => child.kill("SIGKILL"), delay);
    });
    const [code] = await once(child, "close");
    return code === 0;
  };

  it("at any moment is gone on with to the same files", { timeout: 300_000 }, async () => {
    const { stack, at } = await scanStack(FRAMES);
    const program = at("program.mjs");
    writeFileSync(program, PROGRAM);
    const words = [program, stack, at("geometry.poni")];
    expect(await run([...words, at("whole.h5")], Infinity, 0)).toBe(true);
    const whole = await timelessTree(at("whole.h5"));
    const lines = readFileSync(at("whole.h5.ndjson"), "utf8");
    expect(lines.split("\n").length).toBe(FRAMES + 1);
    const random = randomStream(7, 0);
    const moments = [1, FRAMES, 1 + random() * FRAMES];
    let killed = 0;
    for (const [i, moment] of moments.entries()) {
      const output = at(`run_${i}.h5`);
      if (!(await run([...words, output], moment, 20 * random()))) killed++;
      // Once more while it is gone on with.
      if (i === 0 && !(await run([...words, output, "resume"], 9, 0))) killed++;
      expect(await run([...words, output, "resume"], Infinity, 0)).toBe(true);
      expect(await timelessTree(output)).toEqual(whole);
      expect(readFileSync(`${output}.ndjson`, "utf8")).toBe(lines);
    }
    expect(readdirSync(at(".")).filter((name) => /journal|tmp/.test(name))).toEqual([]);
    expect(killed).toBeGreaterThanOrEqual(moments.length);
  });
});
