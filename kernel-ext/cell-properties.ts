import type * as TypeScript from "@tslab/typescript-for-tslab";

/**
 * A cell with its property names written so that tslab does not take them for names of earlier cells,
 * nor such names for property names: `{ name }` becomes `{ name: name }`, and `const { name: own } = …`
 * becomes `const { "name": own } = …`.
 */
export function spellOutProperties(ts: typeof TypeScript, code: string): string {
  const source = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest);
  let written = "";
  let from = 0;
  const replace = (name: TypeScript.Node, by: string): void => {
    written += code.slice(from, name.getStart(source)) + by;
    from = name.end;
  };
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
  return written + code.slice(from);
}
