import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { TypedArray } from "../../../src/array.js";
import { type CakelabError, OptionError, StreamError } from "../../../src/errors.js";
import { openStream } from "../../../src/stream/open-stream.js";
import { type PvaOptions, pvaStream } from "../../../src/stream/pva/pva-stream.js";
import { python } from "../../support/python.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { taker, until, values } from "../stream-support.js";
import { fakePython } from "./fake-python.js";
import { hasP4p } from "./python-p4p.js";

const TYPES: Record<string, string> = {
  Int8Array: "i1",
  Uint8Array: "u1",
  Int16Array: "i2",
  Uint16Array: "u2",
  Int32Array: "i4",
  Uint32Array: "u4",
  Float32Array: "f4",
  Float64Array: "f8",
  BigInt64Array: "i8",
};

interface Ioc {
  readonly process: ChildProcess;
  readonly server: string;
  post(data: TypedArray | BigInt64Array, job: Record<string, unknown>): Promise<void>;
}

async function freePort(): Promise<number> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

async function ioc(port: number): Promise<Ioc> {
  const program = join(import.meta.dirname, "ndarray-server.py");
  const process = spawn(python, [program, String(port)], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void process.kill("SIGKILL"));
  process.stdin!.on("error", () => {});
  const line = (): Promise<void> => new Promise((resolve) => process.stdout!.once("data", resolve));
  await line();
  return {
    process,
    server: `127.0.0.1:${port}`,
    async post(data, job) {
      const base64 = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
      const type = TYPES[data.constructor.name];
      process.stdin!.write(`${JSON.stringify({ type, base64, shape: [2, 3], ...job })}\n`);
      await line();
    },
  };
}

async function open(options: PvaOptions, channel = "T:Image") {
  const troubles: CakelabError[] = [];
  const onTrouble = (trouble: CakelabError): void => void troubles.push(trouble);
  const stream = await openStream(`pva://${channel}`, { python, onTrouble, ...options });
  onTestFinished(() => stream.close());
  return { stream, troubles };
}

describe.skipIf(!hasP4p)("an EPICS channel (needs .venv-test with p4p)", () => {
  it("gives each image by the type, shape, number and time that it says", async () => {
    const { server, post } = await ioc(await freePort());
    const { stream, troubles } = await open({ server });
    const take = taker(stream);
    const sent = [
      Uint8Array.of(1, 2, 3, 4, 5, 255),
      Int8Array.of(1, 2, 3, 4, 5, -1),
      Uint16Array.of(1, 2, 3, 4, 5, 65535),
      Int16Array.of(1, 2, 3, 4, 5, -1),
      Uint32Array.of(1, 2, 3, 4, 5, 4294967295),
      Int32Array.of(1, 2, 3, 4, 5, -1),
      Float32Array.of(1, 2, 3, 4, 5, 0.5),
      Float64Array.of(1, 2, 3, 4, 5, 0.1),
    ];
    await connected(take, () => post(sent[0]!, { uniqueId: 100 }));
    for (const [i, data] of sent.entries()) {
      await post(data, { uniqueId: 101 + i, seconds: 1_700_000_000 + i });
      let [frame] = await take(1);
      while (frame!.number === 100) [frame] = await take(1);
      expect(frame).toMatchObject({
        number: 101 + i,
        timestamp: 1_700_000_000.5 + i,
        shape: [2, 3],
        source: `pva://T:Image#${101 + i}`,
        header: { uniqueId: String(101 + i) },
      });
      expect(frame!.data).toEqual(data);
    }
    await post(Uint16Array.of(1, 2, 3, 4), { uniqueId: 109, shape: [1, 4] });
    expect((await take(1))[0]!.shape).toEqual([1, 4]);
    await post(Uint16Array.of(5, 6, 7, 8), { uniqueId: 110, shape: [1, 4], only: true });
    const [last] = await take(1);
    expect([last!.number, last!.shape, values(last!.data)]).toEqual([110, [1, 4], [5, 6, 7, 8]]);
    expect(troubles).toEqual([]);
  });

  it("unpacks what areaDetector packs, refuses the rest, and goes on", async () => {
    const { server, post } = await ioc(await freePort());
    const { stream, troubles } = await open({ server });
    const take = taker(stream);
    const large = Uint16Array.from({ length: 64 * 100 }, (_, i) => (i * i) % 1000);
    const shape = [64, 100];
    await connected(take, () => post(large, { uniqueId: 1, shape }));
    for (const [i, codec] of ["lz4", "bslz4", "blosc"].entries()) {
      await post(large, { uniqueId: 10 + i, shape, codec });
      let [frame] = await take(1);
      while (frame!.number === 1) [frame] = await take(1);
      expect([frame!.number, frame!.data]).toEqual([10 + i, large]);
    }
    await post(large, { uniqueId: 13, shape, codec: "jpeg" });
    await post(large, { uniqueId: 14, shape: [80, 80, 1] });
    await post(large, { uniqueId: 15, shape: [10, 10, 64] });
    const [next] = await take(1);
    expect([next!.number, next!.shape]).toEqual([14, [80, 80]]);
    await until(() => stream.counts.bad >= 2);
    expect(troubles[0]!.message).toContain("#13: is packed with jpeg, which is not read");
    expect(troubles[1]!.message).toContain("#15: has the dimensions [64, 10, 10]");
  });

  it("waits for a channel that goes away, and tells of it and of gaps", async () => {
    const port = await freePort();
    const before = await ioc(port);
    const { stream, troubles } = await open({ server: before.server });
    const take = taker(stream);
    const data = new Uint16Array(6);
    await connected(take, () => before.post(data, { uniqueId: 1 }));
    for (const uniqueId of [2, 3, 7]) await before.post(data, { uniqueId });
    let number = 1;
    while (number < 7) number = (await take(1))[0]!.number;
    expect(troubles.map(({ message }) => message)).toEqual([
      "pva://T:Image: 3 frames after #3 did not come: the detector was faster than the network or the reader",
    ]);
    before.process.kill("SIGKILL");
    await until(() => troubles.length === 2);
    expect(troubles[1]!.message).toContain("its server went away");
    const after = await ioc(port);
    await connected(take, () => after.post(data, { uniqueId: 50 }));
  });

  it("says what a channel is that gives no images", async () => {
    const { server } = await ioc(await freePort());
    const { stream } = await open({ server }, "T:Scalar");
    await expect(taker(stream)(1)).rejects.toThrow("is a channel of epics:nt/NTScalar:1.0");
  });

  it("leaves no process behind, also when it is closed while images come", async () => {
    const { server, post } = await ioc(await freePort());
    const { stream } = await open({ server, queue: 1 });
    const data = new Uint16Array(2 ** 18);
    const take = taker(stream);
    await connected(take, () => post(data, { uniqueId: 1, shape: [512, 512] }));
    for (let i = 2; i < 12; i++) await post(data, { uniqueId: i, shape: [512, 512] });
    const begun = performance.now();
    await stream.close();
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

describe("the bridge", () => {
  it("is missed with the command that installs it", async () => {
    const folder = await temporaryFolder();
    const path = await fakePython(folder, {
      kind: "no-p4p",
      reason: "No module",
      python: "/x/python",
    });
    const opening = pvaStream("T:Image", { python: path });
    await expect(opening).rejects.toThrow("install it with: /x/python -m pip install p4p");
    await expect(opening).rejects.toBeInstanceOf(StreamError);
    const none = pvaStream("T:Image", { python: join(folder, "no-python") });
    await expect(none).rejects.toThrow("cannot be started; install Python");
  });

  it("that dies ends the stream with what it said", async () => {
    const python = await fakePython(
      await temporaryFolder(),
      { kind: "ready" },
      "echo oops >&2; exit 9",
    );
    const stream = await pvaStream("T:Image", { python });
    await expect(taker(stream)(1)).rejects.toThrow("the bridge to EPICS ended (exit code 9): oops");
  });

  it("that says something else ends it too", async () => {
    const python = await fakePython(
      await temporaryFolder(),
      { kind: "ready" },
      "echo this is no message of the bridge",
    );
    const stream = await pvaStream("T:Image", { python });
    await expect(taker(stream)(1)).rejects.toThrow("what came is no message of the bridge");
  });

  it("tells of a channel that nobody serves", async () => {
    const python = await fakePython(await temporaryFolder(), { kind: "ready" }, "cat > /dev/null");
    const troubles: string[] = [];
    const onTrouble = ({ message }: CakelabError): void => void troubles.push(message);
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const stream = await pvaStream("T:Image", { python, onTrouble });
    onTestFinished(() => stream.close());
    vi.advanceTimersByTime(4999);
    expect(troubles).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(troubles[0]).toContain(
      "nobody has served this channel for 5 s, and it is still waited for",
    );
  });

  it("is not started for what is no channel", async () => {
    await expect(pvaStream("")).rejects.toBeInstanceOf(OptionError);
    await expect(openStream("pva://", {})).rejects.toThrow("channel: is to be the name");
  });
});

/** Posts an image until it comes: before the channel is connected nobody hears of it. */
async function connected(
  take: (count: number) => Promise<unknown>,
  post: () => Promise<void>,
): Promise<void> {
  let hasCome = false;
  const coming = take(1).then(() => {
    hasCome = true;
  });
  while (!hasCome) {
    await post();
    await Promise.race([coming, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
}
