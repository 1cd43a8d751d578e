import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Completions } from "./cell-executor.js";
import type { Compiler } from "./load-compiler.js";
import type { Notebook } from "./notebook.js";

/** What may stand at the cursor, best first. */
export function completions(
  { tslab, declarations }: Notebook,
  code: string,
  cursor: number,
): Completions {
  const { start, end, candidates, original } = tslab.complete(declarations, code, cursor);
  const text = stringAt(tslab.ts, code, cursor);
  if (text === undefined) return { start, end, matches: candidates };
  // tslab completes names; in a text, it does not say what its candidates replace.
  const begun = code.slice(text.start, cursor);
  const names = original?.entries.map(({ name }) => name) ?? [];
  return { ...text, matches: names.filter((name) => name.startsWith(begun)) };
}

/** The part between the quotes of the text that the cursor stands in. */
function stringAt(
  ts: Compiler,
  code: string,
  cursor: number,
): { start: number; end: number } | undefined {
  const source = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest);
  const find = (node: TypeScript.Node): { start: number; end: number } | undefined => {
    if (cursor <= node.pos || cursor > node.end) return undefined;
    if (!ts.isStringLiteralLike(node)) return ts.forEachChild(node, find);
    const start = node.getStart(source) + 1;
    const quote = code[start - 1];
    const isClosed = node.end > start && code[node.end - 1] === quote;
    const end = isClosed ? node.end - 1 : node.end;
    return cursor >= start && cursor <= end ? { start, end } : undefined;
  };
  return find(source);
}
