import { spawn } from "node:child_process";
import { once } from "node:events";
import fs, { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { hdf5Library } from "../../src/hdf5/library.js";
import { diffMap, OutputError, openScan, writeHdf5 } from "../../src/index.js";
import { hdf5Tree, timelessTree } from "../support/hdf5-tree.js";
import { scanImage, scanStack } from "./scan-images.js";

const built = resolve(import.meta.dirname, "../../dist/src/index.js");
const FRAMES = 144;

/** Says how many frames are done, and after the last that the file is being finished. */
const PROGRAM = `
import { diffMap } from ${JSON.stringify(built)};
const [stack, ai, output] = process.argv.slice(2);
await diffMap({
  files: stack, ai, output,
  npt: 50, slow: 12, fast: 12, errorModel: "poisson", method: { engine: "js" },
  onProgress: ({ done }) => process.stdout.write(done + "\\n"),
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

  it("at any moment is gone on with to the same data", { timeout: 300_000 }, async () => {
    const { stack, at } = await scanStack(FRAMES);
    const program = at("program.mjs");
    writeFileSync(program, PROGRAM);
    const words = [program, stack, at("geometry.poni")];
    expect(await run([...words, at("whole.h5")], Infinity, 0)).toBe(true);
    const whole = await timelessTree(at("whole.h5"));
    // Between frames, in flushes, and while the file is finished.
    const random = mulberry(20261120);
    const moments = [1, FRAMES, FRAMES, ...Array.from({ length: 7 }, () => 1 + random() * FRAMES)];
    let killed = 0;
    for (const [i, moment] of moments.entries()) {
      const output = at(`map_${i}.h5`);
      const isDone = await run([...words, output], moment, 25 * random());
      if (!isDone) killed++;
      expect((await openScan(output)).framesDone).toBeGreaterThan(0);
      const summary = await diffMap({
        ...{ files: stack, ai: at("geometry.poni"), output, resume: true },
        ...{ npt: 50, slow: 12, fast: 12, errorModel: "poisson", method: { engine: "js" } },
      });
      expect(summary.done).toBe(FRAMES);
      expect(await timelessTree(output)).toEqual(whole);
    }
    const names = ["geometry.poni", "program.mjs", "stack.npy", "whole.h5"];
    const maps = moments.map((_, i) => `map_${i}.h5`);
    expect(readdirSync(at(".")).sort()).toEqual([...names, ...maps].sort());
    expect(killed).toBeGreaterThanOrEqual(7);
  });
});

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

it("an image that makes HDF5's library fail costs nothing but itself", async () => {
  const { stack, at } = await scanStack(12);
  const options = {
    ...{ files: stack, ai: at("geometry.poni"), npt: 50, slow: 3, fast: 4 },
    method: { engine: "js" },
  } as const;
  let lost = 0;
  const summary = await diffMap({
    ...options,
    output: at("map.h5"),
    onProgress: async ({ done }) => {
      if (done !== 5) return;
      // As it is after a trap.
      ((await hdf5Library()) as { isAlive: boolean }).isAlive = false;
      lost++;
    },
  });
  expect([summary.done, lost]).toEqual([12, 1]);
  await diffMap({ ...options, output: at("whole.h5") });
  expect(await timelessTree(at("map.h5"))).toEqual(await timelessTree(at("whole.h5")));
});

it("a damaged frame of a stack is left empty, the rest goes on", async () => {
  const { at } = await scanStack(1);
  const frames = Array.from({ length: 12 }, (_, index) => scanImage(index));
  await writeHdf5(at("scan.h5"), frames, { compression: "gzip" });
  const bytes = readFileSync(at("scan.h5"));
  // The beginning of a chunk that zlib has packed at level 4.
  const packed = [...bytes.keys()].filter(
    (i) => bytes.readUInt16BE(Math.min(i, bytes.length - 2)) === 0x785e,
  );
  expect(packed.length).toBeGreaterThanOrEqual(12);
  bytes.fill(0x55, packed[5]! + 8, packed[5]! + 24);
  writeFileSync(at("scan.h5"), bytes);
  const summary = await diffMap({
    ...{ files: at("scan.h5"), ai: at("geometry.poni"), npt: 50, slow: 3, fast: 4 },
    ...{ output: at("map.h5"), method: { engine: "js" } },
  });
  expect(summary).toMatchObject({ done: 11, missing: 0, failed: [{ index: expect.anything() }] });
  const { index } = summary.failed[0]!;
  const scan = await openScan(at("map.h5"));
  const expected = frames.map((_, frame) => (frame === index ? -1 : frame));
  expect([...scan.pointer]).toEqual(expected);
});

describe("a disk that is full", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([20_000, 60_000, 100_000])(
    "after %i bytes is an error; what was done can be read, and is gone on with",
    async (space) => {
      const { stack, at } = await scanStack(FRAMES);
      const options = {
        ...{ files: stack, ai: at("geometry.poni"), npt: 50, slow: 12, fast: 12 },
        method: { engine: "js" },
      } as const;
      const output = at("map.h5");
      let left = space;
      const write = fs.writeSync as (...args: unknown[]) => number;
      vi.spyOn(fs, "writeSync").mockImplementation(((...args: unknown[]) => {
        left -= args[3] as number;
        if (left < 0) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
        return write(...args);
      }) as typeof fs.writeSync);
      const error = await diffMap({ ...options, output }).catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(OutputError);
      expect((error as Error).message).toMatch(/map\.h5.*disk is full/);
      vi.restoreAllMocks();
      const scan = await openScan(output);
      if (space > 50_000) {
        expect(scan.framesDone).toBeGreaterThan(0);
        const tree = await hdf5Tree(output);
        expect(tree.get("/entry_0000/pyFAI/result/map_ptr")).toBeDefined();
      }
      expect(await diffMap({ ...options, output, resume: true })).toMatchObject({ done: FRAMES });
      await diffMap({ ...options, output: at("whole.h5") });
      expect(await timelessTree(output)).toEqual(await timelessTree(at("whole.h5")));
      expect(readdirSync(at(".")).filter((name) => name.startsWith("."))).toEqual([]);
    },
  );
});
