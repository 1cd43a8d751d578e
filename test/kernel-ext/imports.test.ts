import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CellRun, hasJupyter, root, runCells, temporaryFolder } from "./run-cells.js";

const json = JSON.stringify;

const packages = {
  "node_modules/import-only/package.json": json({
    name: "import-only",
    version: "1.0.0",
    exports: {
      ".": { import: { types: "./index.d.mts", default: "./index.mjs" } },
      "./sub": { import: { types: "./index.d.mts", default: "./index.mjs" } },
    },
  }),
  "node_modules/import-only/index.mjs":
    "await Promise.resolve();\nexport const answer = 42;\nexport default function half() { return answer / 2; }\n",
  "node_modules/import-only/index.d.mts":
    "export declare const answer: number;\nexport default function half(): number;\n",
  "node_modules/old-style/package.json": json({ name: "old-style", version: "1.0.0" }),
  "node_modules/old-style/index.js":
    "const o = module.exports; ['a', 'b'].forEach((k) => { o[k] = k + k; });\n",
  "node_modules/old-style/index.d.ts":
    "export declare const a: string;\nexport declare const b: string;\n",
  "node_modules/only-types/package.json": json({
    name: "only-types",
    version: "1.0.0",
    types: "./index.d.ts",
  }),
  "node_modules/only-types/index.d.ts": "export interface Point { x: number }\n",
  "node_modules/broken/package.json": json({
    name: "broken",
    version: "1.0.0",
    exports: { import: { types: "./index.d.mts", default: "./index.mjs" } },
  }),
  "node_modules/broken/index.mjs": 'throw new Error("this package cannot start");\n',
  "node_modules/broken/index.d.mts": "export declare const nothing: number;\n",
  "local.ts": 'import { answer } from "import-only";\nexport const next: number = answer + 1;\n',
};

const cells = {
  "the library": 'import { isCakelabError } from "cakelab"; typeof isCakelabError',
  "an entry of the library":
    'import * as simulate from "cakelab/simulate"; typeof simulate.simulatePowder',
  "the library's widgets": 'import * as widgets from "cakelab/widgets"; typeof widgets',
  "a package of the library, by its exports map":
    'import { fromArrayBuffer } from "geotiff"; typeof fromArrayBuffer',
  "names of a package for import only": 'import { answer } from "import-only"; answer',
  "its default": 'import half from "import-only"; half()',
  "its sub-path": 'import * as sub from "import-only/sub"; sub.answer',
  "it in an expression": '(await import("import-only")).answer',
  "a package for require": 'import { a, b } from "old-style"; a + b',
  "types from a package without code":
    'import type { Point } from "only-types"; const p: Point = { x: 1 }; p.x',
  "a local file that imports": 'import { next } from "./local"; next',
  "Node's modules": 'import { basename } from "node:path"; basename("/a/b")',
  "a package that fails": 'import { nothing } from "broken"; nothing',
  "a package that is not there": 'import nothing from "no-such-package";',
};

describe.skipIf(!hasJupyter)("imports in cells (need .venv and a build)", () => {
  const [folder, remove] = temporaryFolder(packages);
  const runs = new Map<string, CellRun>();

  beforeAll(async () => {
    symlinkSync(join(root, "node_modules/geotiff"), join(folder, "node_modules/geotiff"));
    const { runs: all } = await runCells(Object.values(cells), { folder });
    Object.keys(cells).forEach((name, i) => {
      runs.set(name, all[i]!);
    });
  });
  afterAll(remove);

  const expected: Partial<Record<keyof typeof cells, string>> = {
    "the library": "'function'",
    "an entry of the library": "'function'",
    "the library's widgets": "'object'",
    "a package of the library, by its exports map": "'function'",
    "names of a package for import only": "42",
    "its default": "21",
    "its sub-path": "42",
    "it in an expression": "42",
    "a package for require": "'aabb'",
    "types from a package without code": "1",
    "a local file that imports": "43",
    "Node's modules": "'b'",
  };
  it.each(Object.entries(expected))("finds %s", (name, text) => {
    const { outputs } = runs.get(name)!;
    expect(outputs).toEqual([
      expect.objectContaining({ type: "execute_result", data: { "text/plain": text } }),
    ]);
  });

  it("shows the error of a package that fails", () => {
    expect(runs.get("a package that fails")!.reply).toMatchObject({
      status: "error",
      ename: "Error",
      evalue: "this package cannot start",
    });
  });

  it("says that a package is not there", () => {
    const { reply } = runs.get("a package that is not there")!;
    expect(reply).toMatchObject({ status: "error", ename: "TypeScriptError" });
    expect(reply.evalue).toContain("Cannot find module 'no-such-package'");
  });
});

describe.skipIf(!hasJupyter)("a project with its own copy of the library (needs .venv)", () => {
  it("gets that copy in its cells", async () => {
    const [folder, remove] = temporaryFolder({
      "node_modules/cakelab/package.json": json({
        name: "cakelab",
        version: "9.0.0",
        exports: {
          ".": { types: "./i.d.mts", default: "./i.mjs" },
          "./package.json": "./package.json",
        },
      }),
      "node_modules/cakelab/i.mjs": "export const mine = 'own copy';\n",
      "node_modules/cakelab/i.d.mts": "export declare const mine: string;\n",
    });
    try {
      const { runs } = await runCells(['import { mine } from "cakelab"; mine'], { folder });
      expect(runs[0]!.outputs[0]!.data).toEqual({ "text/plain": "'own copy'" });
    } finally {
      remove();
    }
  });
});
