import { describe, expect, it } from "vitest";
import { mayUseNodeTypes } from "../../../kernel-ext/compile/node-types.js";
import { isBuilt, openNotebook } from "./open-notebook.js";

describe("mayUseNodeTypes", () => {
  it.each([
    ["1 + 1", false],
    ["const exported = [1].map((n) => n * 2); new Error('x')", false],
    ['import { readImage } from "cakelab"', true],
    ['const { join } = await import("node:path")', true],
    ["declare global { interface Array<T> { own: T } }", true],
    ["globalThis.process", true],
    ['Error?.["captureStackTrace"]', true],
    ["// @ts-ignore\nprocess.nothing", true],
    ['/// <reference types="node" />', true],
  ])("%s: %s", (code, expected) => {
    expect(mayUseNodeTypes(code)).toBe(expected);
  });
});

describe.skipIf(!isBuilt)("types of Node in the first cell (need a build)", () => {
  it.each([
    ["a name", "const n: boolean = process.version", "'string'"],
    ["a property of globalThis", "const n: boolean = globalThis.process.version", "'string'"],
    ["a property in brackets", 'const n: boolean = Error["stackTraceLimit"]', "'number'"],
    [
      "under a silenced compiler",
      "// @ts-ignore\nconst v = process.version;\nconst n: boolean = v",
      "'string'",
    ],
    ["a module", 'import { sep } from "node:path"; const n: boolean = sep', "'string'"],
  ])("are known: %s", async (_, code, type) => {
    const notebook = await openNotebook();
    try {
      expect((await notebook.failure(code)).evalue).toContain(type);
    } finally {
      await notebook.close();
    }
  });

  it("leave the variables of earlier cells as they are", async () => {
    const notebook = await openNotebook();
    try {
      await notebook.value("const list = [1, 2]; class Own { at = list.at(-1) }");
      await notebook.value("const bytes = Buffer.from(list)");
      expect(await notebook.value("bytes.readUInt8(1) + new Own().at")).toBe(4);
      expect((await notebook.failure("const t: string = new Own().at")).evalue).toContain("number");
    } finally {
      await notebook.close();
    }
  });

  it("are loaded when nothing is asked, so that no cell waits for them", async () => {
    const notebook = await openNotebook();
    try {
      const first = await secondsOf(() => notebook.value("1 + 1"));
      await new Promise((done) => setTimeout(done, 2500));
      const later = await secondsOf(() => notebook.value("process.pid"));
      expect(later).toBeLessThan(first / 4);
    } finally {
      await notebook.close();
    }
  });
});

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}
