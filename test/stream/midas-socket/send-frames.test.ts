import { describe, expect, it } from "vitest";
import type { TypedArray } from "../../../src/array.js";
import { type CakelabError, OptionError, StreamError } from "../../../src/errors.js";
import { listenFrames } from "../../../src/stream/midas-socket/listen-frames.js";
import { FrameSender, sendFrames } from "../../../src/stream/midas-socket/send-frames.js";
import { server, taker, until, values } from "../stream-support.js";

const shape: [number, number] = [2, 3];
const image = (data: TypedArray) => ({ data, shape });

describe("a sender", () => {
  it.each([false, true])("sends every type whole (compress: %s)", async (compress) => {
    const { stream } = await server({ shape });
    const sender = new FrameSender({ port: stream.port, compress });
    const sent = [
      Uint8Array.of(0, 1, 2, 253, 254, 255),
      Int8Array.of(-128, -1, 0, 1, 2, 127),
      Uint16Array.of(0, 1, 2, 3, 65534, 65535),
      Int16Array.of(-32768, -1, 0, 1, 2, 32767),
      Uint32Array.of(0, 1, 2, 65535, 65536, 4294967295),
      Int32Array.of(-2147483648, -1, 0, 1, 65536, 2147483647),
      Float32Array.of(-1.5, 0, Number.NaN, 1, 2, Infinity),
      Float64Array.of(-1e300, 0, 1, 2, 3, 0.1),
    ];
    for (const data of sent) await sender.send(image(data));
    await sender.close();
    const frames = await taker(stream)(sent.length);
    expect(frames.map(({ data }) => values(data))).toEqual(sent.map(values));
    expect(frames.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(sender.sent).toBe(8);
  });

  it("numbers frames as it is told, and on from there", async () => {
    const { stream } = await server({ shape });
    const sender = new FrameSender({ port: stream.port });
    await sender.send(image(new Uint8Array(6)), 65535);
    await sender.send(image(new Uint8Array(6)));
    await sender.send(image(new Uint8Array(6)), 70000);
    await sender.close();
    expect((await taker(stream)(3)).map(({ number }) => number)).toEqual([65535, 65536, 70000]);
  });

  it("waits for a receiver that begins later, and gives up after the time it is given", async () => {
    const first = await listenFrames({ shape, port: 0 });
    const { port } = first;
    await first.close();
    const sender = new FrameSender({ port, retry: 20 });
    const sending = sender.send(image(new Uint16Array(6)));
    await new Promise((resolve) => setTimeout(resolve, 120));
    const stream = await listenFrames({ shape, port });
    await sending;
    await sender.close();
    await taker(stream)(1);
    await stream.close();

    const nobody = new FrameSender({ port, retry: 0.1 }).send(image(new Uint16Array(6)));
    await expect(nobody).rejects.toThrow("nobody listens there (ECONNREFUSED)");
    await expect(nobody).rejects.toBeInstanceOf(StreamError);
  });

  it("sends a frame again whose connection was lost", async () => {
    const troubles: CakelabError[] = [];
    const { stream } = await server({ shape: [512, 512], queue: 1 });
    const { port } = stream;
    const onTrouble = (trouble: CakelabError): void => void troubles.push(trouble);
    const sender = new FrameSender({ port, onTrouble });
    const data = new Uint16Array(512 * 512);
    const sending = (async () => {
      for (let i = 0; i < 60; i++) await sender.send({ data: data.fill(i), shape: [512, 512] });
      await sender.close();
    })();
    await taker(stream)(5);
    await stream.close();
    const { stream: next } = await (async () => ({
      stream: await listenFrames({ shape: [512, 512], port }),
    }))();
    const take = taker(next);
    const frames = [...(await take(1))];
    while (frames.at(-1)!.number < 59) frames.push(...(await take(1)));
    await sending;
    await next.close();
    const numbers = frames.map(({ number }) => number);
    // From the first that came over the new connection on, none is missing, doubled or torn.
    expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i));
    expect(frames.every(({ data: all, number }) => all.every((value) => value === number))).toBe(
      true,
    );
    expect(troubles.length).toBeGreaterThan(0);
    expect(troubles[0]!.message).toMatch(
      /the connection was lost \(E?\w+.*\); frame \d+ is sent again/,
    );
  });

  it("does not run ahead of a slow receiver", async () => {
    const { stream } = await server({ shape: [512, 512], queue: 1 });
    const sender = new FrameSender({ port: stream.port });
    const data = new Uint16Array(512 * 512);
    let sent = 0;
    const sending = (async () => {
      for (; sent < 100; sent++) await sender.send({ data, shape: [512, 512] });
    })();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(sent).toBeLessThan(60);
    await taker(stream)(100);
    await sending;
    await sender.close();
  });

  it("stops when the signal aborts, while it waits too", async () => {
    const abort = new AbortController();
    const { stream } = await server({ shape: [512, 512], queue: 1 });
    const sender = new FrameSender({ port: stream.port, signal: abort.signal });
    const data = new Uint16Array(512 * 512);
    const sending = (async () => {
      for (;;) await sender.send({ data, shape: [512, 512] });
    })();
    setTimeout(() => abort.abort(new Error("enough")), 50);
    await expect(sending).rejects.toThrow("enough");
    await sender.close();
  });

  it("refuses wrong options", () => {
    expect(() => new FrameSender({ port: 0 })).toThrow(OptionError);
    expect(() => new FrameSender({ retry: -1 })).toThrow("retry: is to be");
    expect(() => new FrameSender({ compres: true } as never)).toThrow("compress");
  });
});

it("a series is sent with the numbers that its frames have", async () => {
  const { stream } = await server({ shape });
  async function* series() {
    for (const number of [3, 4, 9])
      yield { ...image(Uint8Array.of(1, 2, 3, 4, 5, number)), number };
  }
  expect(await sendFrames(series(), { port: stream.port })).toBe(3);
  const images = [0, 1].map((index) => ({ ...image(new Uint8Array(6)), index }));
  expect(await sendFrames(images, { port: stream.port })).toBe(2);
  const frames = await taker(stream)(5);
  expect(frames.map(({ number }) => number)).toEqual([3, 4, 9, 0, 1]);
  await until(() => stream.clients === 0);
});
