import { describe, expect, it } from "vitest";
import { StreamError } from "../../src/errors.js";
import { setNoticeHook } from "../../src/notice.js";
import { FrameQueue, type NewFrame } from "../../src/stream/frame-queue.js";
import { taker } from "./stream-support.js";

const frame = (number: number): NewFrame => ({
  data: Uint8Array.of(number),
  shape: [1, 1],
  number,
  timestamp: 0,
  source: `test#${number}`,
});

const soon = (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 20, "waits"));

describe("a queue that keeps all", () => {
  it("gives every frame in order, and makes its source wait when it is full", async () => {
    const queue = new FrameQueue("test", { queue: 2 });
    const take = taker(queue);
    queue.put(frame(5));
    await queue.room();
    queue.put(frame(6));
    const room = queue.room().then(() => "room");
    expect(await Promise.race([room, soon()])).toBe("waits");
    expect((await take(1)).map(({ index, number }) => [index, number])).toEqual([[0, 5]]);
    expect(await room).toBe("room");
    expect((await take(1))[0]).toMatchObject({ index: 1, number: 6 });
    expect(queue.counts).toEqual({ received: 2, given: 2, dropped: 0, bad: 0, bytes: 2 });
  });

  it("gives sources that wait their turns, also when one has nothing more", async () => {
    const queue = new FrameQueue("test", { queue: 1 });
    const take = taker(queue);
    const order: string[] = [];
    const source = async (name: string, count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        order.push(name);
        queue.put(frame(i));
        await queue.room();
      }
    };
    const sources = [source("a", 1), source("b", 3), source("c", 3)];
    expect(order.join("")).toBe("abc");
    await take(7);
    await Promise.all(sources);
    expect(order.join("")).toBe("abcbcbc");
  });

  it("gives what had come before it was closed, and then ends", async () => {
    const queue = new FrameQueue("test", {});
    let stopped = 0;
    queue.onStop(() => void stopped++);
    queue.put(frame(1));
    await queue.close();
    await queue.close();
    queue.put(frame(2));
    const got: number[] = [];
    for await (const { number } of queue) got.push(number);
    expect(got).toEqual([1]);
    expect(stopped).toBe(1);
    expect(queue.counts.received).toBe(1);
  });

  it("stops its source when the loop is left", async () => {
    const queue = new FrameQueue("test", {});
    let stopped = false;
    queue.onStop(async () => {
      stopped = true;
    });
    for (let i = 0; i < 3; i++) queue.put(frame(i));
    for await (const _ of queue) break;
    expect(stopped).toBe(true);
    expect(queue.counts).toMatchObject({ received: 3, given: 1, dropped: 2 });
  });

  it("ends for a reader who waits, when it is left", async () => {
    const queue = new FrameQueue("test", {});
    const frames = queue[Symbol.asyncIterator]();
    const waiting = frames.next();
    await frames.return!();
    expect(await waiting).toEqual({ value: undefined, done: true });
  });

  it("throws what ended it after the frames before", async () => {
    const queue = new FrameQueue("test", {});
    queue.put(frame(1));
    queue.end(new StreamError("test", "is no image"));
    const frames = queue[Symbol.asyncIterator]();
    expect((await frames.next()).value?.number).toBe(1);
    await expect(frames.next()).rejects.toThrow("test: is no image");
    expect((await frames.next()).done).toBe(true);
  });

  it("is read once", () => {
    const queue = new FrameQueue("test", {});
    queue[Symbol.asyncIterator]();
    expect(() => queue[Symbol.asyncIterator]()).toThrow(StreamError);
  });
});

describe("a queue that keeps the latest", () => {
  it("replaces what waits, never makes its source wait, and counts", async () => {
    const queue = new FrameQueue("test", { keep: "latest" });
    const take = taker(queue);
    for (let i = 0; i < 100; i++) {
      queue.put(frame(i));
      await queue.room();
    }
    expect((await take(1))[0]).toMatchObject({ index: 99, number: 99 });
    expect(queue.counts).toEqual({ received: 100, given: 1, dropped: 99, bad: 0, bytes: 100 });
  });
});

describe("a signal", () => {
  it("ends the stream at once with its reason, for who waits too", async () => {
    const abort = new AbortController();
    const queue = new FrameQueue("test", { signal: abort.signal });
    const waiting = queue[Symbol.asyncIterator]().next();
    abort.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
  });

  it("takes back what waits, of a closed stream too", async () => {
    for (const isClosed of [false, true]) {
      const abort = new AbortController();
      const queue = new FrameQueue("test", { signal: abort.signal });
      queue.put(frame(1));
      if (isClosed) await queue.close();
      abort.abort(new Error("enough"));
      await expect(queue[Symbol.asyncIterator]().next()).rejects.toThrow("enough");
      expect(queue.counts).toMatchObject({ received: 1, given: 0, dropped: 1 });
    }
  });

  it("that has aborted opens nothing", () => {
    expect(() => new FrameQueue("test", { signal: AbortSignal.abort(new Error("no")) })).toThrow(
      "no",
    );
  });
});

it("ends by itself when nothing comes, but not while its reader is at work", async () => {
  const queue = new FrameQueue("test", { timeout: 0.05 });
  queue.put(frame(1));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(queue.isOver).toBe(false);
  const got: number[] = [];
  for await (const { number } of queue) got.push(number);
  expect(got).toEqual([1]);
});

it("gives the memory of frames back when the next but one is asked for", async () => {
  const queue = new FrameQueue("test", { reuse: true });
  const large = (): NewFrame => ({ ...frame(1), data: new Uint8Array(2 ** 20) });
  for (let i = 0; i < 3; i++) queue.put(large());
  const take = taker(queue);
  const [first, second] = await take(2);
  expect([first!.data.length, second!.data.length]).toEqual([2 ** 20, 2 ** 20]);
  await take(1);
  expect([first!.data.length, second!.data.length]).toEqual([0, 2 ** 20]);
});

it("ends with what its listener throws", async () => {
  const onTrouble = (): never => {
    throw new Error("no more");
  };
  const queue = new FrameQueue("test", { onTrouble });
  const take = taker(queue);
  queue.put(frame(1));
  queue.bad(new StreamError("test#2", "cut off"), 1);
  expect(await take(1)).toHaveLength(1);
  await expect(take(1)).rejects.toThrow("no more");
  expect(queue.isOver).toBe(true);
});

it("tells those who do not listen of a hundred troubles and no more", () => {
  const told: string[] = [];
  const before = setNoticeHook((text) => told.push(text));
  try {
    const queue = new FrameQueue("test", {});
    for (let i = 0; i < 500; i++) queue.bad(new StreamError(`test#${i}`, "is cut off"), 10);
    expect(told).toHaveLength(100);
    expect(told[99]).toContain("further troubles of test are only counted");
    expect(queue.counts).toMatchObject({ received: 500, bad: 500, bytes: 5000 });
  } finally {
    setNoticeHook(before);
  }
});

it.each([
  ["keep", { keep: "some" }],
  ["queue", { queue: 0 }],
  ["timeout", { timeout: 0 }],
])("refuses a wrong %s", (name, options) => {
  expect(() => new FrameQueue("test", options as never)).toThrow(`${name}: is to be`);
});
