import { describe, expect, it } from "vitest";
import { InOrder } from "../../../kernel-ext/protocol/in-order.js";

describe("InOrder", () => {
  it("does at once what nothing holds up", () => {
    const done: string[] = [];
    const order = new InOrder();
    expect(order.do("a", (value) => done.push(value))).toBeUndefined();
    expect(done).toEqual(["a"]);
  });

  it("keeps the order where the first comes late, and then does at once again", async () => {
    const done: string[] = [];
    const note = (value: string) => void done.push(value);
    const order = new InOrder();
    let resolve: (value: string) => void = () => undefined;
    const promise = new Promise<string>((settle) => {
      resolve = settle;
    });
    const all = [
      order.do(promise, note),
      order.do("b", note),
      order.do(Promise.resolve("c"), note),
    ];
    await new Promise((next) => setImmediate(next));
    expect(done).toEqual([]);
    resolve("a");
    await Promise.all(all);
    expect(done).toEqual(["a", "b", "c"]);
    await new Promise((next) => setImmediate(next));
    expect(order.do("d", note)).toBeUndefined();
    expect(done.at(-1)).toBe("d");
  });

  it("tells of a failure, and goes on with what follows", async () => {
    const done: string[] = [];
    const order = new InOrder();
    const failed = order.do(Promise.reject(new Error("no")), () => undefined);
    const after = order.do("after", (value) => done.push(value));
    await expect(failed).rejects.toThrow("no");
    await after;
    expect(done).toEqual(["after"]);
  });
});
