import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Completions } from "./cell-executor.js";
import type { Compiler } from "./load-compiler.js";
import type { Notebook } from "./notebook.js";

/** What may stand at the cursor, best first. */
export function completions(
  { tslab, declarations, packages }: Notebook,
  code: string,
  cursor: number,
): Completions {
  const { start, end, candidates, original } = tslab.complete(declarations, code, cursor);
  const text = stringAt(tslab.ts, code, cursor);
  if (text === undefined) return { start, end, matches: candidates };
  // tslab completes names; in a text, it does not say what its candidates replace.
  const begun = code.slice(text.start, cursor);
  const names = original?.entries.map(({ name }) => name) ?? [];
  if (text.isModule) names.push(...packages);
  const matches = names.filter((name) => name.startsWith(begun));
  return { start: text.start, end: text.end, matches: [...new Set(matches)] };
}

interface QuotedText {
  start: number;
  end: number;
  /** Whether it names what is imported. */
  isModule: boolean;
}

/** The part between the quotes of the text that the cursor stands in. */
function stringAt(ts: Compiler, code: string, cursor: number): QuotedText | undefined {
  const source = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true);
  const find = (node: TypeScript.Node): QuotedText | undefined => {
    if (cursor <= node.pos || cursor > node.end) return undefined;
    if (!ts.isStringLiteralLike(node)) return ts.forEachChild(node, find);
    const start = node.getStart(source) + 1;
    const isClosed = node.end > start && code[node.end - 1] === code[start - 1];
    const end = isClosed ? node.end - 1 : node.end;
    if (cursor < start || cursor > end) return undefined;
    const { parent } = node;
    const isImportCall =
      ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword;
    return { start, end, isModule: ts.isImportDeclaration(parent) || isImportCall };
  };
  return find(source);
}
