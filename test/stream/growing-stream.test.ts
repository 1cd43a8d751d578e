import { type ChildProcess, spawn } from "node:child_process";
import { copyFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CakelabError } from "../../src/errors.js";
import { growingStream } from "../../src/stream/growing-stream.js";
import { openStream } from "../../src/stream/open-stream.js";
import { hasPython, python, runPython } from "../support/python.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { taker } from "./stream-support.js";

/**
 * Writes frames of 20 × 30 into /entry/data/data; frame i begins with i. It stays open until its standard
 * input ends, and writes as many frames as each line of it says.
 */
const WRITER = `
import sys, h5py, numpy as np
path, mode, chunk, packing, total = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], int(sys.argv[5])
f = h5py.File(path, "w", libver="earliest" if mode == "early" else "latest")
f["entry/title"] = "a scan"
d = f.create_dataset("entry/data/data", (total, 20, 30), maxshape=(None, 20, 30), dtype="i4",
    chunks=(chunk, 20, 30), compression=None if packing == "none" else packing)
if mode == "swmr":
    f.swmr_mode = True
f.flush()
print("ready", flush=True)
n = 0
for line in sys.stdin:
    for _ in range(int(line)):
        if total == 0:
            d.resize(n + 1, axis=0)
        d[n] = np.arange(600).reshape(20, 30) + n
        n += 1
        d.flush() if mode == "swmr" else f.flush()
    print(n, flush=True)
`;

interface Writer {
  readonly process: ChildProcess;
  /** Writes so many frames more. */
  write(count: number): Promise<void>;
}

async function writer(
  path: string,
  mode: string,
  chunk = 1,
  packing = "none",
  total = 0,
): Promise<Writer> {
  const args = ["-c", WRITER, path, mode, String(chunk), packing, String(total)];
  const process = spawn(python, args, { stdio: ["pipe", "pipe", "ignore"] });
  onTestFinished(() => void process.kill("SIGKILL"));
  const line = (): Promise<void> => new Promise((resolve) => process.stdout!.once("data", resolve));
  await line();
  return {
    process,
    async write(count) {
      process.stdin!.write(`${count}\n`);
      await line();
    },
  };
}

const watch = { interval: 0.02, settle: 0.3 };

function isFrame(data: ArrayLike<number>, number: number): boolean {
  return Array.from(data).every((value, i) => value === number + i);
}

describe.skipIf(!hasPython)("an HDF5 file that grows (needs .venv-test)", () => {
  it.each([
    ["in SWMR mode", "swmr", "none"],
    ["in SWMR mode, packed", "swmr", "gzip"],
    ["flushed, in the latest format", "latest", "none"],
    ["flushed, in the earliest format", "early", "gzip"],
  ])("gives each frame when it is written, and no other: %s", async (_, mode, packing) => {
    const path = join(await temporaryFolder(), "scan.h5");
    const stream = growingStream(path, { watch });
    onTestFinished(() => stream.close());
    const { write } = await writer(path, mode, 1, packing);
    const take = taker(stream);
    let number = 0;
    for (const count of [1, 2, 90]) {
      await write(count);
      for (const frame of await take(count)) {
        expect(frame).toMatchObject({ number, index: number, shape: [20, 30] });
        expect(isFrame(frame.data, number)).toBe(true);
        number++;
      }
    }
    expect(stream.counts).toMatchObject({ received: 93, bad: 0 });
  });

  it("loses and doubles nothing while it is written as fast as can be, and its writer is killed", async () => {
    const path = join(await temporaryFolder(), "scan.h5");
    const stream = await openStream(path, { watch, timeout: 1 });
    const { process, write } = await writer(path, "swmr");
    void write(100_000).catch(() => {});
    const frames = taker(stream);
    await frames(200);
    process.kill("SIGKILL");
    let last = 199;
    await expect(
      (async () => {
        for (;;) {
          const [frame] = await frames(1);
          expect(frame!.number).toBe(++last);
          expect(isFrame(frame!.data, last)).toBe(true);
        }
      })(),
    ).rejects.toThrow("the stream ended");
    expect(stream.counts).toMatchObject({ received: last + 1, bad: 0 });
  });

  it("waits for the frames of a dataset that has its whole length from the start", async () => {
    const path = join(await temporaryFolder(), "scan.h5");
    const stream = growingStream(path, { watch });
    onTestFinished(() => stream.close());
    const { write } = await writer(path, "latest", 1, "none", 1000);
    const take = taker(stream);
    await write(3);
    expect((await take(3)).map(({ data }) => data[0])).toEqual([0, 1, 2]);
    // Longer than the time to settle: the frames to come are no zeros, and not bad.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(stream.counts).toMatchObject({ received: 3, bad: 0 });
    await write(1);
    expect((await take(1))[0]!.data[0]).toBe(3);
  });

  it("gives frames that share a chunk when the next chunk is begun, or nothing changes", async () => {
    const path = join(await temporaryFolder(), "scan.h5");
    const stream = growingStream(path, { watch });
    onTestFinished(() => stream.close());
    const { write } = await writer(path, "swmr", 4);
    const take = taker(stream);
    await write(3);
    expect((await take(3)).map(({ data }) => data[0])).toEqual([0, 1, 2]);
    await write(6);
    expect((await take(6)).every(({ data, number }) => isFrame(data, number))).toBe(true);
  });

  it("leaves a frame out that was skipped, when later ones have come", async () => {
    const path = join(await temporaryFolder(), "scan.h5");
    runPython(
      `
import sys, h5py, numpy as np
with h5py.File(sys.argv[1], "w") as f:
    d = f.create_dataset("data", (4, 5, 6), chunks=(1, 5, 6), dtype="u2")
    for i in (0, 2, 3):
        d[i] = i
print("null")`,
      path,
    );
    const troubles: CakelabError[] = [];
    const onTrouble = (trouble: CakelabError): void => void troubles.push(trouble);
    const stream = growingStream(path, { watch, onTrouble });
    onTestFinished(() => stream.close());
    expect((await taker(stream)(3)).map(({ number }) => number)).toEqual([0, 2, 3]);
    expect(troubles.map(({ message }) => message)).toEqual([
      `${path}#1: was not written, though later frames were`,
    ]);
    expect(stream.counts).toMatchObject({ received: 4, given: 3, bad: 1 });
  });

  it("gives what was written some time ago at once", async () => {
    const path = join(await temporaryFolder(), "scan.h5");
    const { write } = await writer(path, "latest");
    await write(3);
    await utimes(path, new Date(), new Date(Date.now() - 3000));
    const stream = growingStream(path, { watch: { interval: 0.02, settle: 60 } });
    onTestFinished(() => stream.close());
    expect(await taker(stream)(3)).toHaveLength(3);
  });

  it("begins anew with a file that does", async () => {
    const folder = await temporaryFolder();
    const [path, next] = [join(folder, "scan.h5"), join(folder, "next.h5")];
    const first = await writer(path, "early");
    await first.write(5);
    const second = await writer(next, "early");
    await second.write(2);
    const troubles: CakelabError[] = [];
    const onTrouble = (trouble: CakelabError): void => void troubles.push(trouble);
    const stream = growingStream(`${path}::/entry/data/data`, { watch, onTrouble });
    onTestFinished(() => stream.close());
    const take = taker(stream);
    await take(5);
    first.process.kill("SIGKILL");
    await copyFile(next, path);
    expect((await take(2)).map(({ number, index }) => [number, index])).toEqual([
      [0, 5],
      [1, 6],
    ]);
    expect(troubles[0]!.message).toContain("was begun anew");
  });
});

it("a file that is no HDF5 is told of when it stays so, once", async () => {
  const path = join(await temporaryFolder(), "scan.h5");
  await writeFile(path, "no HDF5 at all");
  const troubles: CakelabError[] = [];
  const onTrouble = (trouble: CakelabError): void => void troubles.push(trouble);
  const stream = growingStream(path, {
    watch: { interval: 0.02, settle: 0.1 },
    timeout: 0.5,
    onTrouble,
  });
  for await (const _ of stream) throw new Error("there is nothing");
  expect(troubles.map(({ message }) => message.startsWith(path))).toEqual([true]);
});

it("one that is not there yet is waited for", async () => {
  const path = join(await temporaryFolder(), "scan.h5");
  const stream = growingStream(path, { watch, timeout: 0.3, onTrouble: () => expect.fail() });
  for await (const _ of stream) throw new Error("there is nothing");
  expect(stream.counts.received).toBe(0);
});
