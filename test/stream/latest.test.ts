import { expect, it } from "vitest";
import { Latest } from "../../src/stream/latest.js";

it("gives the newest, skips what nobody took in time, and ends after the last", async () => {
  const latest = new Latest<number>();
  for (const value of [1, 2, 3]) latest.put(value);
  const seen: number[] = [];
  const viewer = (async () => {
    for await (const value of latest) seen.push(value);
  })();
  await new Promise((resolve) => setTimeout(resolve, 5));
  latest.put(4);
  latest.put(5);
  latest.close();
  latest.put(6);
  await viewer;
  expect(seen).toEqual([3, 5]);
  expect(latest.skipped).toBe(3);
});

it("ends a loop that waits when it is left", async () => {
  const latest = new Latest<number>();
  const values = latest[Symbol.asyncIterator]();
  const waiting = values.next();
  await values.return!();
  expect(await waiting).toEqual({ value: undefined, done: true });
});

it("lets several watch: each value goes to one of them", async () => {
  const latest = new Latest<number>();
  const [a, b] = [latest[Symbol.asyncIterator](), latest[Symbol.asyncIterator]()];
  const both = [a.next(), b.next()];
  latest.put(1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  latest.put(2);
  expect((await Promise.all(both)).map(({ value }) => value).sort()).toEqual([1, 2]);
});
