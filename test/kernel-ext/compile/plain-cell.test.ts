import { createRequire } from "node:module";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { describe, expect, it } from "vitest";
import { plainCell } from "../../../kernel-ext/compile/plain-cell.js";

const require = createRequire(import.meta.url);
const path = createRequire(require.resolve("tslab")).resolve("@tslab/typescript-for-tslab");
const ts = require(path) as typeof TypeScript;

describe("plainCell", () => {
  it.each([
    ["new View(image, { ai, mask })", "new View(image, { ai: ai, mask: mask })"],
    ["f({ ...a, b: c, d, e() {} })", "f({ ...a, b: c, d: d, e() {} })"],
    ["({ a = 1, b } = c)", "({ a: a = 1, b: b } = c)"],
    ["const { a, b } = c; g({ x: { a } })", "const { a, b } = c; g({ x: { a: a } })"],
    ['"{ a }" + f({ a })', '"{ a }" + f({ a: a })'],
    ["if (a) { b }", "if (a) { b }"],
    ["export const a = 1; export function f() {}", " const a = 1;  function f() {}"],
    ["const { a: { b: c = 1 }, d } = e", `const { "a": { "b": c = 1 }, d } = e`],
    ["for (const { a: b } of c) f({ b })", `for (const { "a": b } of c) f({ b: b })`],
  ])("rewrites %s", (code, expected) => {
    expect(plainCell(ts, code)).toBe(expected);
  });
});
