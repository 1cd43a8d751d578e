import { expect, it } from "vitest";
import { OptionError } from "../../src/errors.js";
import { workAhead } from "../../src/integrate/work-ahead.js";

const nothing = new Promise<never>(() => {});

/** Numbers from 0 to `count`, and what happens to their source. */
function numbers(count: number): { items: AsyncGenerator<number>; log: string[] } {
  const log: string[] = [];
  async function* generate(): AsyncGenerator<number> {
    try {
      for (let i = 0; i < count; i++) {
        log.push(`asked ${i}`);
        yield i;
      }
    } finally {
      log.push("closed");
    }
  }
  return { items: generate(), log };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const turns = async (count = 20): Promise<void> => {
  for (let i = 0; i < count; i++) await Promise.resolve();
};

it("gives results in order, however long each takes", async () => {
  const { items, log } = numbers(7);
  const work = async (n: number): Promise<number> => {
    await new Promise((resume) => setTimeout(resume, n % 2 === 0 ? 4 : 0));
    return 10 * n;
  };
  expect(await collect(workAhead(items, work))).toEqual([0, 10, 20, 30, 40, 50, 60]);
  expect(log.at(-1)).toBe("closed");
  expect(await collect(workAhead([3, 1, 2], work))).toEqual([30, 10, 20]);
  expect(await collect(workAhead([], work))).toEqual([]);
});

it("asks for the next item while it works, and works while a result is used, one ahead", async () => {
  const { items, log } = numbers(9);
  const done: (() => void)[] = [];
  const work = (n: number): Promise<number> => {
    log.push(`work ${n}`);
    return new Promise((resolve) => done.push(() => resolve(n)));
  };
  const results = workAhead(items, work);
  const first = results.next();
  await turns();
  expect(log).toEqual(
    ["asked 0", "asked 1", "work 0"].sort((a, b) => log.indexOf(a) - log.indexOf(b)),
  );
  expect(log).toHaveLength(3);
  done[0]!();
  expect(await first).toEqual({ value: 0, done: false });
  await turns();
  expect(log.filter((entry) => entry.startsWith("work"))).toEqual(["work 0", "work 1"]);
  done[1]!();
  await turns();
  // Result 1 is ready, and nobody has asked for it yet.
  expect(log).not.toContain("work 2");
  expect(log.filter((entry) => entry.startsWith("asked"))).toHaveLength(3);
  const second = results.next();
  await turns();
  expect(await second).toEqual({ value: 1, done: false });
  expect(log).toContain("work 2");
  done[2]!();
  await results.return();
  expect(log.at(-1)).toBe("closed");
});

it("does not ask ahead for items that come at once, whose array may be used again", async () => {
  const shared = { value: 0 };
  function* items(): Generator<{ value: number }> {
    for (let i = 0; i < 4; i++) {
      shared.value = i;
      yield shared;
    }
  }
  const work = async ({ value }: { value: number }): Promise<number[]> => {
    await turns();
    return [value, shared.value];
  };
  expect(await collect(workAhead(items(), work))).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
});

it("throws what the source throws after the results before it", async () => {
  async function* failing(): AsyncGenerator<number> {
    yield 1;
    yield 2;
    throw new Error("the disk is gone");
  }
  const seen: number[] = [];
  const use = async (): Promise<void> => {
    for await (const n of workAhead(failing(), async (n) => n)) {
      seen.push(n);
      await turns();
    }
  };
  await expect(use()).rejects.toThrow("the disk is gone");
  expect(seen).toEqual([1, 2]);
});

it("throws what the work throws when its turn comes, and closes the source", async () => {
  const { items, log } = numbers(9);
  const seen: number[] = [];
  const work = async (n: number): Promise<number> => {
    if (n === 2) throw new Error("not this one");
    return n;
  };
  const use = async (): Promise<void> => {
    for await (const n of workAhead(items, work)) {
      seen.push(n);
      await turns();
    }
  };
  await expect(use()).rejects.toThrow("not this one");
  expect(seen).toEqual([0, 1]);
  expect(log.at(-1)).toBe("closed");
});

it("closes the source of who ends early, after the work that has begun", async () => {
  const { items, log } = numbers(9);
  let busy = 0;
  const work = async (n: number): Promise<number> => {
    busy++;
    await new Promise((resume) => setTimeout(resume, 5));
    busy--;
    return n;
  };
  for await (const n of workAhead(items, work)) if (n === 1) break;
  expect(busy).toBe(0);
  expect(log.at(-1)).toBe("closed");
  expect(log.filter((entry) => entry.startsWith("asked")).length).toBeLessThanOrEqual(4);
});

it("ends although its source never gives another item, and tells the source", async () => {
  let closed = 0;
  let count = 0;
  const items: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({
      next: () => (count < 2 ? Promise.resolve({ value: count++, done: false }) : nothing),
      return: async () => {
        closed++;
        return { value: undefined, done: true };
      },
    }),
  };
  for await (const n of workAhead(items, async (n) => n)) if (n === 1) break;
  expect(closed).toBe(1);
});

it("stops waiting for an item when the signal aborts", async () => {
  const controller = new AbortController();
  async function* resting(): AsyncGenerator<number> {
    yield 1;
    await nothing;
  }
  const results = workAhead(resting(), async (n) => n, controller.signal);
  expect(await results.next()).toEqual({ value: 1, done: false });
  const second = results.next();
  setTimeout(() => controller.abort(new Error("enough")), 5);
  await expect(second).rejects.toThrow("enough");
  expect(await results.next()).toEqual({ value: undefined, done: true });
});

it("gives no result any more once the signal has aborted, ready or not", async () => {
  const controller = new AbortController();
  const { items, log } = numbers(9);
  const results = workAhead(items, async (n) => n, controller.signal);
  await results.next();
  await turns();
  controller.abort(new Error("enough"));
  await expect(results.next()).rejects.toThrow("enough");
  expect(log.at(-1)).toBe("closed");
});

it.each([undefined, null, 3, { data: [], shape: [1, 1] }])("%s is no series", async (items) => {
  const results = workAhead(items as never, async (n) => n);
  await expect(results.next()).rejects.toThrow(OptionError);
});
