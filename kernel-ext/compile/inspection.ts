import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Inspection } from "./cell-executor.js";
import type { Compiler } from "./load-compiler.js";
import type { Notebook } from "./notebook.js";

/**
 * The signature and documentation of the name at the cursor, or of the function whose arguments the
 * cursor stands in.
 *
 * @param detail 0 without, 1 with what is documented of parameters, errors and examples.
 */
export function inspection(
  { tslab, declarations }: Notebook,
  code: string,
  cursor: number,
  detail: 0 | 1,
): Inspection | undefined {
  const at = (position: number): TypeScript.QuickInfo | undefined =>
    tslab.inspect(declarations, code, position);
  const info = at(cursor) ?? at(cursor - 1) ?? at(calledName(tslab.ts, code, cursor) ?? cursor);
  if (info === undefined) return undefined;
  const signature = textOf(info.displayParts);
  // Of a name that it has never seen, the compiler says that it may be anything.
  if (signature === "any") return undefined;
  const documentation = textOf(info.documentation);
  const tags = detail === 0 ? [] : (info.tags ?? []).map(tagText);
  const plain = [signature, documentation, tags.map(({ plain }) => plain).join("\n")];
  const markdown = [
    `\`\`\`typescript\n${signature}\n\`\`\``,
    documentation,
    tags.map(({ markdown }) => markdown).join("\n\n"),
  ];
  const paragraphs = (parts: string[]): string => parts.filter((part) => part !== "").join("\n\n");
  return { data: { "text/plain": paragraphs(plain), "text/markdown": paragraphs(markdown) } };
}

function textOf(parts: readonly TypeScript.SymbolDisplayPart[] | undefined): string {
  return (parts ?? []).map(({ text }) => text).join("");
}

function tagText({ name, text }: TypeScript.JSDocTagInfo): { plain: string; markdown: string } {
  const about = textOf(text);
  const isBlock = about.includes("\n") || about.startsWith("```");
  return {
    plain: `@${name} ${about}`.trimEnd(),
    markdown: `*@${name}*${isBlock ? "\n" : " "}${about}`.trimEnd(),
  };
}

/** The place of the name in the innermost call whose parentheses hold the cursor. */
function calledName(ts: Compiler, code: string, cursor: number): number | undefined {
  const source = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest);
  // Nodes end before the space that follows them.
  const last = code.slice(0, cursor).trimEnd().length;
  let found: number | undefined;
  const visit = (node: TypeScript.Node): void => {
    if (last <= node.pos || last > node.end) return;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const { expression } = node;
      const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
      if (last > expression.end) found = name.getStart(source);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
