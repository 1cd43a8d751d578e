import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { FrameSender, midasStream } from "../../../src/index.js";
import { FrameRecord } from "../../../src/stream/record/frame-record.js";
import { scanImage, scanStack } from "../../scan/scan-images.js";
import { hdf5Tree } from "../../support/hdf5-tree.js";

const built = resolve(import.meta.dirname, "../../../dist/src/index.js");
const FRAMES = 160;

const PARAMETERS = `
NrPixelsY 50
NrPixelsZ 40
px 100
Lsd 100000
BC 24 19
RMin 1
RMax 19
RBinSize 0.25
EtaBinSize 60
Write2D 1
OmegaSumFrames 40
`;

/** Says where it listens, and of each frame that it is recorded; ends after the last one. */
const PROGRAM = `
import { midasStream } from ${JSON.stringify(built)};
const [parameters, source, output, frames] = process.argv.slice(2);
const say = (text) => process.stdout.write(text + "\\n");
const stop = new AbortController();
await midasStream({
  parameters, source, output, resume: true, saveInterval: 20, mapping: false, zarr: false,
  stop: stop.signal,
  onTrouble: () => {},
  onOpen: ({ name }) => say(name),
  onFrame: ({ index }) => {
    say(index);
    if (index === Number(frames) - 1) stop.abort();
  },
});
`;

/** Runs the program until it ends, or is killed some time after it has recorded a frame. */
async function run(
  args: readonly string[],
  kill: { readonly at: number; readonly delay: number },
  onOpen: (name: string) => void = () => {},
): Promise<boolean> {
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let heard = "";
  let isAimed = false;
  let isOpen = false;
  child.stdout!.on("data", (chunk) => {
    heard += chunk;
    const lines = heard.split("\n").slice(0, -1);
    if (!isOpen && lines.length > 0) onOpen(lines[0]!);
    isOpen ||= lines.length > 0;
    if (isAimed || !(Number(lines.at(-1)) >= kill.at)) return;
    isAimed = true;
    setTimeout(() => child.kill("SIGKILL"), kill.delay);
  });
  const [code] = await once(child, "close");
  return code === 0;
}

/** What a file says of its frames, whenever it was made and wherever they came from. */
async function framesOf(path: string): Promise<Map<string, unknown>> {
  const tree = await hdf5Tree(path);
  const own = /^\/@(creation_date|frames_|source)|^\/frames\/(timestamp|source)/;
  return new Map([...tree].filter(([at]) => !own.test(at)));
}

describe.skipIf(!existsSync(built))("a stream that is killed (needs a build)", () => {
  async function workplace() {
    const { stack, at } = await scanStack(FRAMES);
    writeFileSync(at("parameters.txt"), PARAMETERS);
    writeFileSync(at("program.mjs"), PROGRAM);
    const whole = at("whole.h5");
    const options = { parameters: at("parameters.txt"), mapping: false, zarr: false } as const;
    await midasStream({ ...options, source: stack, output: whole });
    return { stack, at, options, whole: await framesOf(whole) };
  }

  it("is gone on with to the same file, at whatever moment", async () => {
    const { stack, at, options, whole } = await workplace();
    // Among the frames, and while the file is written.
    const moments = [
      { at: 60, delay: 3 },
      { at: FRAMES - 1, delay: 15 },
    ];
    let killed = 0;
    for (const [i, moment] of moments.entries()) {
      const output = at(`out_${i}.h5`);
      const words = [at("program.mjs"), at("parameters.txt"), stack, output, `${FRAMES + 1}`];
      if (!(await run(words, moment))) killed++;
      const left = FrameRecord.read(output);
      const frames = left?.frames ?? FRAMES;
      left?.close();
      expect(frames).toBeGreaterThan(moment.at);
      const summary = await midasStream({ ...options, source: stack, output, resume: true });
      // The one that was done already is integrated anew.
      if (left !== undefined) expect(summary).toMatchObject({ frames: FRAMES, resumed: frames });
      expect(await framesOf(output)).toEqual(whole);
    }
    expect(killed).toBeGreaterThanOrEqual(1);
    const kept = readdirSync(at(".")).filter((name) => /journal|tmp/.test(name));
    expect(kept).toEqual([]);
  });

  it("loses and doubles nothing that a sender repeats, across numbers that begin anew", async () => {
    const { at, whole } = await workplace();
    const output = at("sent.h5");
    const first = 2 ** 16 - 50;
    const send = async (name: string, from: number): Promise<void> => {
      const port = Number(name.split(":").at(-1));
      const sender = new FrameSender({ port, retry: 0, onTrouble: () => {} });
      try {
        for (let i = from; i < FRAMES; i++) await sender.send(scanImage(i), first + i);
      } catch (error) {
        // Who listens is killed.
        expect((error as Error).message).toMatch(/tcp:/);
      } finally {
        await sender.close();
      }
    };
    const words = [at("program.mjs"), at("parameters.txt"), "tcp://127.0.0.1:0", output];
    let killed = 0;
    for (const moment of [30, 100, Infinity]) {
      const left = FrameRecord.read(output);
      const last = left?.last?.number ?? first - 1;
      left?.close();
      expect(last).toBeGreaterThanOrEqual(first - 1);
      // From a few before the last one that was saved.
      const from = Math.max(last - first - 6, 0);
      let sending: Promise<void> | undefined;
      const isDone = await run([...words, `${FRAMES}`], { at: moment, delay: 2 }, (name) => {
        sending = send(name, from);
      });
      await sending;
      if (!isDone) killed++;
    }
    expect(killed).toBe(2);
    const sent = await framesOf(output);
    const numbers = sent.get("/frames/number") as { data: Int32Array };
    expect([...numbers.data]).toEqual(Array.from({ length: FRAMES }, (_, i) => first + i));
    for (const name of ["/lineouts", "/lineouts_simple_mean", "/intensity"]) {
      expect(sent.get(name), name).toEqual(whole.get(name));
    }
    expect(existsSync(`${output}.journal`)).toBe(false);
  });
});
