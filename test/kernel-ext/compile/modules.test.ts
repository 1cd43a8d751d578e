import { mkdirSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isBuilt, type OpenNotebook, openNotebook } from "./open-notebook.js";

const json = JSON.stringify;

const files = {
  "data.json": json({ answer: 42 }),
  "local.ts": `import { half } from "./lib/half.js";
import type { Known } from "only-types";
export interface Point { x: number }
export enum Kind { A, B }
export const point: Point = { x: half(4) };
export default class Thing { static made = 1; kind = Kind.B }`,
  "lib/half.ts": "export function half(n: number): number { return n / 2; }",
  "plain.mjs": "export const plain = 'js';",
  "old.cjs": "module.exports = { old: 'cjs' };",
  "waits.ts": "export const waited = await Promise.resolve(3);",
  "circle-a.ts": `import { b } from "./circle-b"; export const a = () => 1 + b();
export const one = 1;`,
  "circle-b.ts": `import { one } from "./circle-a"; export const b = () => one;`,
  "changing.ts": "export const version = 1;",
  "uses-changing.ts": `export { version } from "./changing";`,
  "wrong.ts": `export const n: number = "text";`,
  "throws.ts": `export function fails(): void {\n\n  throw new RangeError("deep");\n}`,
  "../outside/shared.ts": `import data from "./data.json"; export const shared = data.n;`,
  "../outside/data.json": json({ n: 7 }),
  "node_modules/esm-only/package.json": json({
    name: "esm-only",
    type: "module",
    exports: {
      ".": "./index.js",
      "./sub": { import: "./sub.js" },
      "./package.json": "./package.json",
    },
  }),
  "node_modules/esm-only/index.js": "export const esm = await Promise.resolve('top-level await');",
  "node_modules/esm-only/index.d.ts": "export declare const esm: string;",
  "node_modules/esm-only/sub.js": "export const sub = 'sub'; export default () => 'default';",
  "node_modules/esm-only/sub.d.ts":
    "export declare const sub: string; declare const f: () => string; export default f;",
  "node_modules/only-types/package.json": json({ name: "only-types", types: "index.d.ts" }),
  "node_modules/only-types/index.d.ts": "export interface Known { x: number }",
  "node_modules/untyped/package.json": json({ name: "untyped", main: "main.js" }),
  "node_modules/untyped/main.js": "exports.named = () => 'no types';",
  "node_modules/callable/package.json": json({ name: "callable", types: "index.d.ts" }),
  "node_modules/callable/index.js": "module.exports = function call() { return 'called'; }",
  "node_modules/callable/index.d.ts": "declare function call(): string; export = call;",
  "packages/work/package.json": json({ name: "work", main: "src/main.ts" }),
  "packages/work/src/main.ts": `import { helper } from "./helper"; export const work = helper();`,
  "packages/work/src/helper.ts": "export const helper = (): string => 'workspace';",
};

const cells: Record<string, [code: string, value: unknown]> = {
  "an ESM package": [`import { esm } from "esm-only"; esm`, "top-level await"],
  "a sub-path of an exports map": [
    `import f, { sub } from "esm-only/sub"; f() + sub`,
    "defaultsub",
  ],
  "a namespace": [
    `import * as all from "esm-only/sub"; Object.keys(all).sort().join()`,
    "default,sub",
  ],
  "import() of a package": [`(await import("esm-only")).esm`, "top-level await"],
  "import() of a name that is computed": [
    `const name = "esm-only/" + "sub"; (await import(name)).sub`,
    "sub",
  ],
  "a package without types": [`import { named } from "untyped"; named()`, "no types"],
  "a package that is a function": [`import call from "callable"; call()`, "called"],
  "local TypeScript": [
    `import Thing, { Kind, type Point, point } from "./local"; const p: Point = point; [p.x, new Thing().kind === Kind.B]`,
    [2, true],
  ],
  "local TypeScript by its extension": [`import { half } from "./lib/half.ts"; half(2)`, 1],
  "local TypeScript by .js": [`import { half as h } from "./lib/half.js"; h(6)`, 3],
  "import() of local TypeScript": [`(await import("./local")).point.x`, 2],
  "a local file that awaits": [`import { waited } from "./waits"; waited`, 3],
  "files that import each other": [`import { a } from "./circle-a"; a()`, 2],
  "a file outside the folder": [`import { shared } from "../outside/shared"; shared`, 7],
  JSON: [`import data from "./data.json"; data.answer`, 42],
  "local JavaScript": [`import { plain } from "./plain.mjs"; plain`, "js"],
  "local CommonJS": [`import old from "./old.cjs"; old.old`, "cjs"],
  "a workspace package whose main is TypeScript": [
    `import { work } from "work"; work`,
    "workspace",
  ],
  "types only": [`import type { Point as P } from "./local"; const q: P = { x: 1 }; q.x`, 1],
  "a built-in module": [
    `import fs, { readFileSync } from "node:fs"; fs.readFileSync === readFileSync`,
    true,
  ],
  "a built-in module by its short name": [
    `import * as path from "path"; path.basename("/a/b")`,
    "b",
  ],
  require: [`require("node:path").basename("/a/b")`, "b"],
  "the library": [`import { isCakelabError } from "cakelab"; typeof isCakelabError`, "function"],
  "the library's widgets": [
    `import { display } from "cakelab/widgets"; typeof display`,
    "function",
  ],
  "import.meta": [`import.meta.url.startsWith("file://")`, true],
};

describe.skipIf(!isBuilt)("what cells import (needs a build)", () => {
  let notebook: OpenNotebook;

  beforeAll(async () => {
    notebook = await openNotebook(files);
    mkdirSync(join(notebook.folder, "node_modules"), { recursive: true });
    symlinkSync(
      join(notebook.folder, "packages/work"),
      join(notebook.folder, "node_modules/work"),
      "junction",
    );
  });
  afterAll(() => notebook.close());

  it.each(Object.entries(cells))("%s", async (_, [code, value]) => {
    expect(await notebook.value(code)).toEqual(value);
  });

  it("names of earlier imports stay", async () => {
    await notebook.value(`import { esm as kept } from "esm-only"`);
    expect(await notebook.value("kept")).toBe("top-level await");
  });

  it("a file that has changed is loaded and checked again, also through another", async () => {
    const cell = `import { version } from "./uses-changing"; version`;
    expect(await notebook.value(cell)).toBe(1);
    expect(await notebook.value(cell)).toBe(1);
    notebook.write({ "changing.ts": `export const version = "second";` });
    utimesSync(join(notebook.folder, "changing.ts"), new Date(), new Date(Date.now() + 5000));
    expect(await notebook.value(`${cell}.toUpperCase()`)).toBe("SECOND");
  });

  it("a file that appears after it was missed", async () => {
    const cell = `import { late } from "./late"; late`;
    expect((await notebook.failure(cell)).evalue).toMatch(/Cannot find module '.\/late'/);
    notebook.write({ "late.ts": "export const late = 1;" });
    expect(await notebook.value(cell)).toBe(1);
  });

  it("a type error in a local file is told with its place", async () => {
    const { ename, evalue, traceback } = await notebook.failure(`import { n } from "./wrong"; n`);
    expect([ename, evalue]).toEqual([
      "TypeScriptError",
      "1:14 - Type 'string' is not assignable to type 'number'.",
    ]);
    expect(traceback.join("\n")).toMatch(/wrong\.ts:1:14/);
  });

  it("an error in a local file has its line in the traceback", async () => {
    const { traceback } = await notebook.failure(`import { fails } from "./throws";\n\nfails();`);
    expect(traceback[1]).toMatch(/at fails \(.*throws\.ts:3:9\)$/);
    expect(traceback[2]).toMatch(/at Cell \[\d+\], line 3$/);
  });
});
