import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import type { TypedArray } from "../../../src/array.js";
import { FrameSender } from "../../../src/stream/midas-socket/send-frames.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { client, server, taker, values } from "../stream-support.js";

interface Recorded {
  shape: [number, number];
  bytes: string;
  frames: { number: number; dtype: string; values: number[] }[];
}

const recorded: Recorded = JSON.parse(
  readFileSync(new URL("../../fixtures/stream/midas-socket.json", import.meta.url), "utf8"),
);

const TYPES: Record<string, string> = {
  uint8: "Uint8Array",
  uint16: "Uint16Array",
  uint32: "Uint32Array",
  int64: "Float64Array",
  float32: "Float32Array",
  float64: "Float64Array",
};

it("what midas-integrate sends arrives: every type, every number", async () => {
  const { stream, troubles } = await server({ shape: recorded.shape });
  const socket = await client(stream.port);
  const bytes = Buffer.from(recorded.bytes, "base64");
  socket.write(bytes.subarray(0, 101));
  socket.write(bytes.subarray(101));
  const frames = await taker(stream)(recorded.frames.length);
  expect(frames.map(({ number }) => number)).toEqual(recorded.frames.map(({ number }) => number));
  expect(frames.map(({ data }) => values(data))).toEqual(
    recorded.frames.map((frame) => frame.values),
  );
  expect(frames.slice(0, 6).map(({ data }) => data.constructor.name)).toEqual(
    recorded.frames.slice(0, 6).map(({ dtype }) => TYPES[dtype]),
  );
  expect(troubles).toEqual([]);
});

const python = process.env.CAKELAB_BENCH_PYTHON ?? ".venv-bench/bin/python";
const program = join(import.meta.dirname, "midas-peer.py");
const shape: [number, number] = [12, 16];
const pixels = 12 * 16;

describe.skipIf(!existsSync(python))("midas-integrate (needs .venv-bench)", () => {
  it("its sender feeds our server", { timeout: 120_000 }, async () => {
    const { stream, troubles } = await server({ shape });
    const peer = spawn(python, [program, "send", String(stream.port)], {
      stdio: ["pipe", "ignore", "inherit"],
    });
    onTestFinished(() => void peer.kill());
    const sent = ["uint8", "uint16", "uint32", "float32", "float64"].map((dtype, i) => ({
      dtype,
      number: 65533 + i,
      values: Array.from({ length: pixels }, (_, pixel) => (pixel * (7 + i)) % 251),
    }));
    peer.stdin.end(sent.map((job) => `${JSON.stringify(job)}\n`).join(""));
    const frames = await taker(stream)(sent.length);
    expect(frames.map(({ data }) => values(data))).toEqual(sent.map((job) => job.values));
    expect(frames.map(({ data }) => data.constructor.name)).toEqual(
      sent.map(({ dtype }) => TYPES[dtype]),
    );
    expect(frames.map(({ number }) => number)).toEqual([65533, 65534, 65535, 65536, 65537]);
    expect(troubles).toEqual([]);
  });

  it.each([false, true])(
    "our sender feeds its server (compress: %s)",
    { timeout: 120_000 },
    async (compress) => {
      const folder = await temporaryFolder();
      const peer = spawn(python, [program, "serve", folder], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      onTestFinished(() => void peer.kill());
      const lines = createInterface(peer.stdout)[Symbol.asyncIterator]();
      const port = Number((await lines.next()).value);
      const sender = new FrameSender({ port, compress });
      const ramp = (step: number, first = 0): number[] =>
        Array.from({ length: pixels }, (_, i) => first + step * i);
      const sent: TypedArray[] = [
        Uint8Array.from(ramp(1)),
        Int8Array.from(ramp(1, -64)),
        Uint16Array.from(ramp(300)),
        Int16Array.from(ramp(300, -30000)),
        Uint32Array.from(ramp(20000)),
        Int32Array.from(ramp(20000, -50000)),
        Float32Array.from(ramp(0.5, -3)),
        Float64Array.from(ramp(0.25, -3)),
      ];
      for (const data of sent) await sender.send({ data, shape });
      for (const data of sent) {
        expect(JSON.parse((await lines.next()).value!)).toEqual(values(data));
      }
      await sender.close();
      peer.stdin.end();
      await new Promise((resolve) => peer.once("close", resolve));
      // A radius and an intensity as float64 for each of 8 bins and each frame.
      expect((await stat(join(folder, "lineout.bin"))).size).toBe(sent.length * 8 * 2 * 8);
    },
  );
});
