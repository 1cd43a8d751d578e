import { existsSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import type { TypedArray } from "../../src/array.js";
import type { CakelabError } from "../../src/errors.js";
import type { FrameStream, StreamFrame } from "../../src/stream/frame-stream.js";
import {
  type FrameServer,
  type ListenOptions,
  listenFrames,
} from "../../src/stream/midas-socket/listen-frames.js";

/** The protocol's header, written down here once more. */
export function header(number: number, code: number): Uint8Array {
  return Uint8Array.of(number & 255, (number >> 8) & 255, code & 255, code >> 8);
}

/** A plain frame, as bytes. */
export function frameBytes(number: number, code: number, data: ArrayBufferView): Uint8Array {
  return joined([
    header(number, code),
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  ]);
}

/** A hybrid frame, as bytes. */
export function hybridBytes(
  number: number,
  base: Uint16Array,
  patches: readonly (readonly [index: number, value: bigint])[],
): Uint8Array {
  const count = Uint32Array.of(patches.length);
  const indices = Int32Array.from(patches.map(([index]) => index));
  const values = BigInt64Array.from(patches.map(([, value]) => value));
  return joined([
    header(number, 6),
    ...[count, base, indices, values].map((part) => new Uint8Array(part.buffer)),
  ]);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((all, part) => all + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const built = resolve(import.meta.dirname, "../../dist/src/stream/midas-socket/listen-frames.js");

export const isBuilt: boolean = existsSync(built);

/** Of what was built, which has a file for the thread that receives. */
export async function listenBuilt(options: ListenOptions): Promise<FrameServer> {
  const module: { listenFrames: typeof listenFrames } = await import(pathToFileURL(built).href);
  return module.listenFrames(options);
}

/** A server on a free port, closed after the test, and the troubles that it told. */
export async function server(
  options: Omit<ListenOptions, "port">,
  listen: typeof listenFrames = listenFrames,
): Promise<{ stream: FrameServer; troubles: CakelabError[] }> {
  const troubles: CakelabError[] = [];
  const onTrouble = (trouble: CakelabError): void => void troubles.push(trouble);
  const stream = await listen({ port: 0, onTrouble, ...options });
  onTestFinished(() => stream.close());
  return { stream, troubles };
}

/** A bare connection; its errors are of no interest. */
export async function client(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  return socket;
}

export function closed(socket: Socket): Promise<void> {
  return socket.closed
    ? Promise.resolve()
    : new Promise((resolve) => socket.once("close", () => resolve()));
}

/** The next frames of a stream, which goes on. */
export function taker(stream: FrameStream): (count: number) => Promise<StreamFrame[]> {
  const frames = stream[Symbol.asyncIterator]();
  return async (count) => {
    const taken: StreamFrame[] = [];
    while (taken.length < count) {
      const { value, done } = await frames.next();
      if (done) throw new Error(`the stream ended after ${taken.length} frames`);
      taken.push(value);
    }
    return taken;
  };
}

/** Until something is so; the test's own time limit ends it otherwise. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

export function values(data: TypedArray): number[] {
  return [...data];
}
