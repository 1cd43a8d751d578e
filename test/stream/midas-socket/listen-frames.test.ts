import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, it, onTestFinished } from "vitest";
import { listenFrames } from "../../../src/stream/midas-socket/listen-frames.js";
import {
  client,
  closed,
  frameBytes,
  header,
  isBuilt,
  joined,
  listenBuilt,
  server as serverOf,
  taker,
  until,
  values,
} from "../stream-support.js";

const shape = [2, 3] as const;
const pixels = (first: number): Uint16Array => Uint16Array.from({ length: 6 }, (_, i) => first + i);

const modes: [string, typeof listenFrames][] = [["in this thread", listenFrames]];
if (isBuilt) modes.push(["in a thread of its own", listenBuilt]);

it.skipIf(!isBuilt)("frames are received in a thread of their own (needs a build)", () => {
  expect(modes).toHaveLength(2);
});

describe.each(modes)("a server %s", (_, listen) => {
  const server = (options: Parameters<typeof serverOf>[0]) => serverOf(options, listen);

  it("gives frames with their shape, number, time and source", async () => {
    const { stream } = await server({ shape });
    const socket = await client(stream.port);
    const before = Date.now() / 1000;
    socket.write(frameBytes(65535, 1, pixels(5)));
    socket.write(frameBytes(0, 5, Float64Array.from(pixels(9))));
    const [first, second] = await taker(stream)(2);
    expect(first).toMatchObject({ index: 0, number: 65535, shape: [2, 3] });
    expect(first!.data).toEqual(pixels(5));
    expect(first!.source).toBe(`tcp://127.0.0.1:${socket.localPort}#65535`);
    expect(first!.timestamp - before).toBeGreaterThanOrEqual(0);
    expect(second).toMatchObject({ index: 1, number: 65536 });
    expect(values(second!.data)).toEqual(values(pixels(9)));
    expect(stream.counts).toEqual({ received: 2, given: 2, dropped: 0, bad: 0, bytes: 60 });
    expect([stream.name, stream.clients]).toEqual([`tcp://127.0.0.1:${stream.port}`, 1]);
  });

  it("takes frames in pieces of any size, and of clients of which each has its own numbers", async () => {
    const { stream, troubles } = await server({ shape });
    const take = taker(stream);
    const numbers = new Map<string, number[]>();
    const frames = 40;
    const clients = await Promise.all(Array.from({ length: 10 }, () => client(stream.port)));
    await Promise.all(
      clients.map(async (socket, which) => {
        const first = 65535 - 3 * which;
        const all = Array.from({ length: frames }, (_, i) =>
          frameBytes((first + i) & 65535, 1, pixels(1000 * which + i)),
        );
        const bytes = joined(all);
        for (let at = 0; at < bytes.length; at += 5 + 7 * which) {
          socket.write(bytes.subarray(at, at + 5 + 7 * which));
          if (at % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
        }
      }),
    );
    for (const { number, source, data } of await take(10 * frames)) {
      const from = source.split("#")[0]!;
      const seen = numbers.get(from) ?? [];
      const which = clients.findIndex(({ localPort }) => from.endsWith(`:${localPort}`));
      expect(data).toEqual(pixels(1000 * which + seen.length));
      seen.push(number);
      numbers.set(from, seen);
    }
    for (const [which, { localPort }] of clients.entries()) {
      const seen = numbers.get(`tcp://127.0.0.1:${localPort}`);
      expect(seen).toEqual(Array.from({ length: frames }, (_, i) => 65535 - 3 * which + i));
    }
    expect(troubles).toEqual([]);
  });

  it("listens on this machine alone, unless it is told otherwise", async () => {
    const { stream } = await server({ shape });
    expect(stream.host).toBe("127.0.0.1");
    const others = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address } of others) {
      const socket = connect(stream.port, address);
      onTestFinished(() => void socket.destroy());
      const outcome = await new Promise((resolve) => {
        socket.once("error", () => resolve("refused"));
        socket.once("connect", () => resolve("let in"));
      });
      expect(outcome).toBe("refused");
    }
    const { stream: open } = await server({ shape, host: "0.0.0.0" });
    await client(open.port);
    expect(open.name).toBe(`tcp://0.0.0.0:${open.port}`);
  });

  it("makes a fast client wait for a slow reader, and loses nothing", async () => {
    const large = [512, 512] as const;
    const { stream } = await server({ shape: large, queue: 2 });
    const socket = await client(stream.port);
    let isAll = false;
    const data = new Uint16Array(512 * 512);
    for (let i = 0; i < 100; i++) {
      socket.write(frameBytes(i, 1, data.fill(i)), () => {
        if (i === 99) isAll = true;
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    // The queue, one frame that has come before the client was stopped, and what the system holds.
    expect(stream.counts.received).toBeLessThanOrEqual(3);
    expect(isAll).toBe(false);
    const frames = await taker(stream)(100);
    expect(frames.every(({ data: [first], number }, i) => first === i && number === i)).toBe(true);
    expect(stream.counts).toMatchObject({ received: 100, given: 100, dropped: 0, bad: 0 });
  });

  it("gives what had come before it was closed, and frees its port", async () => {
    const { stream } = await server({ shape });
    const socket = await client(stream.port);
    socket.write(joined([1, 2, 3].map((i) => frameBytes(i, 1, pixels(i)))));
    await until(() => stream.counts.received === 3);
    await stream.close();
    await closed(socket);
    const numbers: number[] = [];
    for await (const { number } of stream) numbers.push(number);
    expect(numbers).toEqual([1, 2, 3]);
    const again = await listen({ shape, port: stream.port });
    await again.close();
  });

  it("ends when the loop is left, the signal aborts, or nobody sends for the timeout", async () => {
    const { stream: left } = await server({ shape });
    const socket = await client(left.port);
    socket.write(frameBytes(1, 1, pixels(1)));
    for await (const _ of left) break;
    await closed(socket);

    const abort = new AbortController();
    const { stream: aborted } = await server({ shape, signal: abort.signal });
    const other = await client(aborted.port);
    setTimeout(() => abort.abort(new Error("enough")), 20);
    await expect(taker(aborted)(1)).rejects.toThrow("enough");
    await closed(other);

    const { stream: idle } = await server({ shape, timeout: 0.1 });
    for await (const _ of idle) throw new Error("nothing was sent");
  });

  it("says what stands in its way", async () => {
    const { stream } = await server({ shape });
    const taken = listen({ shape, port: stream.port });
    await expect(taken).rejects.toThrow("another program listens there already");
    await expect(taken).rejects.toMatchObject({ name: "StreamError" });
    await expect(listen({ shape, host: "192.0.2.7" })).rejects.toThrow("no such address");
    await expect(listen({} as never)).rejects.toThrow("shape: is to be [rows, columns]");
    await expect(listen({ shape: [0, 5] })).rejects.toMatchObject({ name: "OptionError" });
    await expect(listen({ shape, port: 70000 })).rejects.toThrow("port: is to be");
    await expect(listen({ shape, sihgned: true } as never)).rejects.toThrow("signed");
  });
});

describe.each(modes)("hostile clients, received %s,", (_, listen) => {
  const server = (options: Parameters<typeof serverOf>[0]) => serverOf(options, listen);

  it("that send half a frame are told of, with its extent", async () => {
    const { stream, troubles } = await server({ shape });
    const socket = await client(stream.port);
    const { localPort } = socket;
    socket.end(joined([frameBytes(1, 1, pixels(1)), frameBytes(2, 1, pixels(2)).subarray(0, 9)]));
    await until(() => stream.counts.bad === 1);
    await until(() => troubles.length > 0);
    expect(troubles[0]!.name).toBe("StreamError");
    expect(troubles[0]!.message).toBe(
      `tcp://127.0.0.1:${localPort}: its connection ended in the middle of a frame: 9 bytes of 16`,
    );
    expect((await taker(stream)(1))[0]!.number).toBe(1);
    expect(stream.counts).toMatchObject({ received: 2, given: 1, bad: 1, bytes: 21 });
  });

  it("that vanish are told of, in the middle of a frame and between two", async () => {
    const { stream, troubles } = await server({ shape });
    const between = await client(stream.port);
    between.write(frameBytes(1, 1, pixels(1)));
    const middle = await client(stream.port);
    middle.write(header(1, 1));
    await until(() => stream.counts.received === 1 && stream.clients === 2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    between.resetAndDestroy();
    middle.resetAndDestroy();
    await until(() => stream.clients === 0 && troubles.length === 2);
    expect(troubles.map(({ message }) => message.replace(/^\S+ /, "")).sort()).toEqual([
      "its connection ended (ECONNRESET) in the middle of a frame: 4 bytes of 16",
      "its connection was lost (ECONNRESET)",
    ]);
    expect(stream.counts).toMatchObject({ received: 2, bad: 1 });
  });

  it("that stop in the middle of a frame are given up, those that rest between two are not", async () => {
    const { stream, troubles } = await server({ shape, clientTimeout: 0.15 });
    const resting = await client(stream.port);
    resting.write(frameBytes(1, 1, pixels(1)));
    const stuck = await client(stream.port);
    stuck.write(frameBytes(1, 1, pixels(1)).subarray(0, 10));
    await closed(stuck);
    await until(() => troubles.length > 0);
    expect(troubles[0]!.message).toContain(
      "nothing came for 0.15 s in the middle of a frame: 10 bytes of 16",
    );
    resting.write(frameBytes(2, 1, pixels(2)));
    expect((await taker(stream)(2)).map(({ number }) => number)).toEqual([1, 2]);
  });

  it("that a slow reader made to wait are not to blame for it", async () => {
    const { stream, troubles } = await server({ shape, clientTimeout: 0.1, queue: 1 });
    const socket = await client(stream.port);
    for (let i = 0; i < 4; i++) socket.write(frameBytes(i, 1, pixels(i)));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await taker(stream)(4)).map(({ number }) => number)).toEqual([0, 1, 2, 3]);
    expect(troubles).toEqual([]);
  });

  it("that send an unknown type are disconnected, and the others go on", async () => {
    const { stream, troubles } = await server({ shape });
    const good = await client(stream.port);
    const bad = await client(stream.port);
    bad.write(header(7, 99));
    await closed(bad);
    await until(() => troubles.length > 0);
    expect(troubles[0]!.message).toContain("the type of a frame is 99, and 0 to 6 are known");
    expect(troubles[0]!.message).toContain("disconnected: check the shape");
    good.write(frameBytes(1, 1, pixels(1)));
    expect((await taker(stream)(1))[0]!.number).toBe(1);
    expect(stream.counts).toMatchObject({ received: 2, given: 1, bad: 1 });
  });

  it("that send frames of another size are told of", async () => {
    const { stream, troubles } = await server({ shape });
    const socket = await client(stream.port);
    const large = Uint16Array.from({ length: 50 }, (_, i) => 40000 + i);
    for (let i = 0; i < 3; i++) socket.write(frameBytes(i, 1, large));
    await closed(socket);
    await until(() => troubles.length > 0);
    expect(troubles[0]!.message).toContain("most often the frames before it were not of 6 pixels");
    expect(stream.counts).toMatchObject({ received: 2, bad: 1 });
  });

  it("are not let in beyond the limit", async () => {
    const { stream, troubles } = await server({ shape, clients: 2 });
    await client(stream.port);
    const second = await client(stream.port);
    await until(() => stream.clients === 2);
    await closed(await client(stream.port));
    await until(() => troubles.length > 0);
    expect(troubles[0]!.message).toContain("not let in: 2 clients are there already");
    second.destroy();
    await until(() => stream.clients === 1);
    const next = await client(stream.port);
    next.write(frameBytes(1, 1, pixels(1)));
    expect((await taker(stream)(1))[0]!.number).toBe(1);
  });

  it("that flood the server with frames leave the others their turns", async () => {
    const large = [256, 256] as const;
    const { stream } = await server({ shape: large, queue: 2 });
    const take = taker(stream);
    const data = new Uint8Array(256 * 256);
    const flood = await client(stream.port);
    for (let i = 0; i < 300; i++) flood.write(frameBytes(i, 0, data));
    await take(20);
    const good = await client(stream.port);
    for (let i = 0; i < 20; i++) good.write(frameBytes(1000 + i, 0, data));
    let others = 0;
    for (let left = 20; left > 0; ) {
      const [frame] = await take(1);
      if (frame!.number >= 1000) left--;
      else others++;
    }
    expect(others).toBeLessThan(150);
  });

  it("that send garbage as fast as they can cost little memory, and the others no frame", async () => {
    const large = [256, 256] as const;
    const { stream, troubles } = await server({ shape: large });
    const garbage = new Uint8Array(2 ** 20).map((_, i) => (i * 2654435761) >>> 13);
    garbage.set(header(1, 77));
    const flood = async (): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        const socket = connect(stream.port, "127.0.0.1");
        socket.on("error", () => {});
        for (let k = 0; k < 16; k++) socket.write(garbage);
        await closed(socket);
      }
    };
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }, 5);
    const good = await client(stream.port);
    const take = taker(stream);
    const flooding = [flood(), flood()];
    const data = new Uint16Array(256 * 256);
    for (let i = 0; i < 50; i++) {
      good.write(frameBytes(i, 1, data.fill(i)));
      const [frame] = await take(1);
      expect([frame!.number, frame!.data[777]]).toEqual([i, i]);
    }
    await Promise.all(flooding);
    await until(() => stream.counts.bad === 80);
    clearInterval(watch);
    expect(stream.counts).toMatchObject({ given: 50, bad: 80 });
    expect(troubles).toHaveLength(80);
    expect(most).toBeLessThan(2 ** 26);
  });
});
