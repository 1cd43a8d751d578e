import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Completeness } from "./cell-executor.js";

/** A text or a regular expression that its line does not end: no further line can. */
const UNTERMINATED = new Set([1002, 1161]);

/** Whether code parses as it is, could after more lines, or never will. */
export function completeness(ts: typeof TypeScript, code: string): Completeness {
  const file = ts.createSourceFile("cell.ts", code, {
    languageVersion: ts.ScriptTarget.Latest,
    // Only modules know `await` outside of functions.
    setExternalModuleIndicator: (source) => {
      (source as { externalModuleIndicator?: unknown }).externalModuleIndicator = true;
    },
  }) as TypeScript.SourceFile & { parseDiagnostics: readonly TypeScript.DiagnosticWithLocation[] };
  const [first] = file.parseDiagnostics;
  if (first === undefined) return { status: "complete" };
  const atEnd = first.start >= code.trimEnd().length;
  const continued = /\\\s*$/.test(code);
  if (!atEnd || (UNTERMINATED.has(first.code) && !continued)) return { status: "invalid" };
  return { status: "incomplete", indent: nextIndent(code) };
}

function nextIndent(code: string): string {
  const last = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(last)?.[0] ?? "";
  return /[{([]$|=>$/.test(last) ? `${indent}  ` : indent;
}
