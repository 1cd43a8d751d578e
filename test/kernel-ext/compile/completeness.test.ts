import { createRequire } from "node:module";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { describe, expect, it } from "vitest";
import { completeness } from "../../../kernel-ext/compile/completeness.js";

const ts = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as typeof TypeScript;

describe("completeness", () => {
  it.each([
    "",
    "const x = 1",
    "`a`",
    "if (1) {}",
    "await (1 + 1)",
    "await fetch(1);",
    "for await (const x of y) {}",
    'import a from "b"',
    "let x: number = 3 // {",
  ])("%j is complete", (code) => {
    expect(completeness(ts, code)).toEqual({ status: "complete" });
  });

  it.each([
    ["const x = {", "  "],
    ["function f() {", "  "],
    ["class A {\n  b() {", "    "],
    ["const f = (x) =>", "  "],
    ["`a\nb", ""],
    ["`${[1", ""],
    ["f(1,", ""],
    ["/* a", ""],
    ["a.", ""],
    ["if (a)", ""],
    ["'a\\", ""],
  ])("%j is incomplete", (code, indent) => {
    expect(completeness(ts, code)).toEqual({ status: "incomplete", indent });
  });

  it.each([
    "function function",
    "const = 3",
    "import = 7n",
    ")",
    "1 2 )",
    '"a',
    "const s = 'a",
    "/ab",
    "a b",
  ])("%j is invalid", (code) => {
    expect(completeness(ts, code)).toEqual({ status: "invalid" });
  });
});
