import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isBuilt, type OpenNotebook, openNotebook } from "./open-notebook.js";

/** Cells of one notebook each, and what the last comes to. */
const notebooks: Record<string, [cells: string[], value: unknown]> = {
  "the last expression": [["let n = 1; n += 1; n"], 2],
  "no value after a declaration": [["1; const a = 2"], undefined],
  "a variable that is declared again, of another type": [
    ["let x = 1", 'let x = "a"; x', "x.toUpperCase()"],
    "A",
  ],
  "a function of an earlier cell sees a new value": [
    ["let limit = 1; const within = (n: number) => n < limit;", "limit = 10", "within(5)"],
    true,
  ],
  "a function of an earlier cell sees a name that is declared again": [
    ["const scale = 2", "const scaled = (n: number) => n * scale;", "const scale = 3", "scaled(1)"],
    3,
  ],
  "a later cell sees what an earlier function changes": [
    ["let count = 0; function increase() { count++; }", "increase(); increase()", "count"],
    2,
  ],
  "assignments by loops, patterns and updates": [
    [
      "let i = 0, [p, q] = [1, 2]; for (; i < 3; i++); [p, q] = [q, p]; if (p > 0) q += 10;",
      "[i, p, q]",
    ],
    [3, 2, 11],
  ],
  "assignments to names of earlier cells": [
    ["let u = 1, v = 2", "[u, v] = [v, u]; u++; ({ u } = { u: u * 10 })", "[u, v]"],
    [30, 1],
  ],
  "classes, enums, interfaces, types and generics": [
    [
      "class Base<T> { #own = 1; constructor(readonly value: T) {} get own() { return this.#own } }",
      "enum Level { Low, High }; interface Sized { size: number }; type Pair<T> = [T, T];",
      "class Child extends Base<number> { static level = Level.High }",
      "const s: Sized = { size: 1 }; const pair: Pair<Level> = [Level.Low, Child.level];",
      "[new Child(4).value + new Child(1).own + s.size, pair, Level[1]]",
    ],
    [6, [0, 1], "High"],
  ],
  "await at the top level": [["await new Promise((done) => setTimeout(done, 1, 7))"], 7],
  "await with parentheses": [
    ["const later = Promise.resolve(3)", "(await (later)) + await (later)"],
    6,
  ],
  "for await at the top level": [
    ["let sum = 0; for await (const n of [1, Promise.resolve(2)]) sum += n; sum"],
    3,
  ],
  "awaits in declarations": [
    [
      "const { a, b = await 2 } = await Promise.resolve({ a: 1 } as { a: number; b?: number }); a + b!",
    ],
    3,
  ],
  "current library": [
    [
      "[[3, 1].toSorted(), [1, 2, 3].findLast((n) => n < 3), new Float32Array([2, 1]).toSorted()[0], [1].with(0, 5)]",
    ],
    [[1, 3], 2, 1, [5]],
  ],
  "globals of Node": [
    [
      `[typeof console.log, typeof fetch, new URL("a:b").href, structuredClone(1), typeof setTimeout,
typeof performance.now(), new AbortController().signal.aborted, typeof process.pid, Buffer.from("a").length]`,
    ],
    ["function", "function", "a:b", 1, "function", "number", false, "number", 1],
  ],
  "the word export": [
    ["export const shown = 1; export function twice(n: number) { return 2 * n }", "twice(shown)"],
    2,
  ],
  "labels, and loops without braces": [
    [
      "let turns = 0; outer: for (const a of [1, 2, 3]) for (const b of [1, 2, 3]) { if (b > a) continue outer; turns++; } turns",
    ],
    6,
  ],
  "names that guards might take": [
    [
      "let flag = 1, run = 2, turns = 3, imports = 4, variables = 5; for (let i = 0; i < 9; i++) turns++;",
      "for (const one of [1, 2]) turns += one; [flag, run, turns, imports, variables]",
    ],
    [1, 2, 15, 4, 5],
  ],
  "generators and closures of loops": [
    [
      "function* three() { for (let i = 0; i < 3; i++) yield () => i; }",
      "[...three()].map((f) => f())",
    ],
    [0, 1, 2],
  ],
  "do and while": [["let d = 0; do d++; while (d < 5); while (d < 9) d++; d"], 9],
  "tagged templates and this": [
    [
      "function tag(this: unknown, parts: TemplateStringsArray) { return [this === undefined || this === globalThis, parts[0]] }",
      "tag`text`",
    ],
    [true, "text"],
  ],
  "the types of browsers, where they are named": [
    ["((element: HTMLElement) => element.title).length"],
    1,
  ],
};

describe.skipIf(!isBuilt)("cells (need a build)", () => {
  it.each(Object.entries(notebooks))("%s", async (_, [cells, value]) => {
    const notebook = await openNotebook();
    try {
      let last: unknown;
      for (const cell of cells) last = await notebook.value(cell);
      // What cells make belongs to the same realm, but vitest compares prototypes.
      expect(structuredCloneOf(last)).toEqual(value);
    } finally {
      await notebook.close();
    }
  });
});

function structuredCloneOf(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

describe.skipIf(!isBuilt)("cells that fail (need a build)", () => {
  let notebook: OpenNotebook;
  beforeAll(async () => {
    notebook = await openNotebook();
  });
  afterAll(() => notebook.close());

  it("do not run with a type error, whose place is told", async () => {
    await notebook.value("let ran = false");
    const { ename, evalue, traceback } = await notebook.failure(
      'ran = true;\nconst n: number = "a";',
    );
    expect([ename, evalue]).toEqual([
      "TypeScriptError",
      "2:7 - Type 'string' is not assignable to type 'number'.",
    ]);
    expect(traceback.join("\n")).toContain('const n: number = "a";\n        ^');
    expect(await notebook.value("ran")).toBe(false);
  });

  it("name the lines of all cells that take part, and nothing of the kernel", async () => {
    await notebook.value(
      "// first\nfunction fails(n: number): never {\n  throw new RangeError(String(n));\n}",
    );
    const { ename, evalue, traceback } = await notebook.failure(
      "interface A { a: number }\n\nfor (const n of [1]) {\n  fails(n);\n}",
    );
    expect([ename, evalue]).toEqual(["RangeError", "1"]);
    expect(traceback).toEqual([
      "RangeError: 1",
      expect.stringMatching(/^ {4}at fails \(Cell \[\d+\], line 3\)$/),
      expect.stringMatching(/^ {4}at Cell \[\d+\], line 4$/),
    ]);
  });

  it("name lines after an await", async () => {
    const { traceback } = await notebook.failure(
      "await null;\nconst one = 1;\nawait null;\nthrow new Error(String(one));",
    );
    expect(traceback[1]).toMatch(/Cell \[\d+\], line 4$/);
  });

  it("keep what was declared before the failure, and former values of what was not", async () => {
    await notebook.value("const before = 1, shared = 1; const show = () => shared;");
    await notebook.failure(
      'const after = 2; throw new Error("stop"); const before = 3, shared = 3; () => shared;'.replace(
        "throw",
        "if (after > 1) throw",
      ),
    );
    expect(await notebook.value("[before, after, show()]")).toEqual([1, 2, 1]);
  });

  it("say so of what has no value", async () => {
    await notebook.failure('if (1 > 0) throw new Error("stop"); const never = 1;');
    expect((await notebook.failure("never")).evalue).toBe("never has no value yet");
  });
});
