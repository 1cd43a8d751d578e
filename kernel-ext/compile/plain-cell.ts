import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./load-compiler.js";
import { TextEdits } from "./text-edits.js";

/**
 * A cell without what tslab misunderstands: it takes property names for names of earlier cells, and
 * such names for property names. So `{ name }` becomes `{ name: name }`, and
 * `const { name: own } = …` becomes `const { "name": own } = …`. The word `export`, which stands in
 * what is pasted from a module, is left out, since all names are open to other cells.
 */
export function plainCell(ts: Compiler, code: string): string {
  const source = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest);
  const edits = new TextEdits();
  const replace = (node: TypeScript.Node, by: string): void =>
    edits.replace(code, node.getStart(source), node.end, by);
  for (const statement of source.statements) {
    if (!ts.canHaveModifiers(statement)) continue;
    const modifiers = ts.getModifiers(statement) ?? [];
    const [exported] = modifiers.filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    const isDefault = modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
    if (exported !== undefined && !isDefault) replace(exported, "");
  }
  const visit = (node: TypeScript.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) {
      replace(node.name, `${node.name.text}: ${node.name.text}`);
    } else if (
      ts.isBindingElement(node) &&
      node.propertyName &&
      ts.isIdentifier(node.propertyName)
    ) {
      replace(node.propertyName, JSON.stringify(node.propertyName.text));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edits.apply(code);
}
