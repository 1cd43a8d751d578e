import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isBuilt, type OpenNotebook, openNotebook } from "./open-notebook.js";

/** What a cell would go on for, in milliseconds; and when it is interrupted. */
const LONG = 20_000;
const INTERRUPTED_AT = 300;
/** The time until the interrupt is counted from here, so that a slow compiler is no matter. */
const BEGUN = "(globalThis as any).begun();";

const until = `Date.now() < from + ${LONG}`;
const sleep = "const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));";

const endless = {
  "a loop": `const from = Date.now(); while (${until}) kept++;`,
  "a loop in a function": `const from = Date.now();
function work() { for (let i = 0; ${until}; i++) kept++; }
work();`,
  "a call within a call": `const from = Date.now();
const fib = (n: number): number => n < 2 || !(${until}) ? 1 : fib(n - 1) + fib(n - 2);
fib(60);`,
  "a wait": `${sleep} await sleep(${LONG});`,
  "a loop after a wait": `${sleep} const from = Date.now(); await sleep(1); while (${until}) kept++;`,
  "calls after a wait": `${sleep} const from = Date.now();
await sleep(1);
function deep(n: number): number { return n < 2 || !(${until}) ? 1 : deep(n - 1) + deep(n - 2); }
deep(60);`,
  "a loop of slow turns after a wait": `${sleep} const from = Date.now(); await sleep(1);
const numbers = Float64Array.from({ length: 200_000 }, Math.random);
while (${until}) numbers.slice().sort();`,
  "a loop of waits": `${sleep} for (;;) { kept++; await sleep(20); }`,
  "waits in a function": `${sleep}
async function poll() { for (;;) { kept++; await sleep(20); } }
await poll();`,
  "a loop in a timer": `${sleep} const from = Date.now();
setTimeout(() => { while (${until}) kept++; }, 10);
await sleep(${LONG});`,
  "for await": `${sleep}
async function* ticks() { for (;;) { yield kept++; await sleep(20); } }
for await (const tick of ticks());`,
  "an import that waits": `await import("./slow.ts")`,
} as const;

describe.skipIf(!isBuilt)("cells that are interrupted (need a build)", () => {
  let notebook: OpenNotebook;
  const strays: unknown[] = [];
  const onStray = (error: unknown): void => void strays.push(error);

  beforeAll(async () => {
    notebook = await openNotebook({
      "slow.ts": `await new Promise((done) => setTimeout(done, ${LONG})); export const slow = 1;`,
    });
    await notebook.value("let kept = 0");
  });
  afterAll(() => notebook.close());

  it.each(Object.entries(endless))("end soon, with variables kept: %s", async (_, code) => {
    // Vitest fails on what nobody catches; the kernel prints it.
    const listeners = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException").on("uncaughtException", onStray);
    try {
      await notebook.value("kept = 5; kept");
      await notebook.interruptAfter(INTERRUPTED_AT);
      const { ename } = await notebook.failure(`const start = performance.now(); ${BEGUN} ${code}`);
      expect(await notebook.value("performance.now() - start")).toBeLessThan(INTERRUPTED_AT + 2000);
      expect(ename).toBe("Interrupted");
      expect(await notebook.value("kept")).toBeGreaterThanOrEqual(5);
      const before = await notebook.value("kept");
      await new Promise((done) => setTimeout(done, 100));
      expect(await notebook.value("kept")).toBe(before);
    } finally {
      process.removeAllListeners("uncaughtException");
      for (const listener of listeners) process.on("uncaughtException", listener);
    }
    for (const stray of strays) expect(stray).toMatchObject({ name: "Interrupted" });
  });

  it("leaves what earlier cells have begun alone", async () => {
    await notebook.value(`let ticks = 0; ${sleep}
const clock = setInterval(() => { for (let i = 0; i < 10; i++) ticks++; }, 10);`);
    await notebook.interruptAfter(50);
    await notebook.failure(`${BEGUN} await sleep(${LONG})`);
    const before = await notebook.value("ticks");
    await new Promise((done) => setTimeout(done, 100));
    expect(await notebook.value("clearInterval(clock); ticks")).toBeGreaterThan(before as number);
  });

  it("keeps what the interrupted cell itself has declared", async () => {
    await notebook.interruptAfter(50);
    await notebook.failure(`let counted = 0; ${BEGUN} for (;;) counted++;`);
    expect(await notebook.value("counted")).toBeGreaterThan(0);
  });
});
