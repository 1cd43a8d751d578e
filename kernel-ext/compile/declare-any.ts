import type { Compiler } from "./load-compiler.js";
import { TextEdits } from "./text-edits.js";

/**
 * A cell in which variables have the type `any` that have, by inference, a type no other cell can
 * name: one that a module keeps to itself.
 *
 * @param positions of the names of those variables.
 */
export function declareAny(ts: Compiler, code: string, positions: readonly number[]): string {
  const source = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest);
  const edits = new TextEdits();
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, type } of statement.declarationList.declarations) {
      if (type === undefined && positions.includes(name.getStart(source))) {
        edits.insert(name.end, ": any");
      }
    }
  }
  return edits.apply(code);
}
