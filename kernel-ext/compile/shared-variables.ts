import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./load-compiler.js";
import type { TextEdits } from "./text-edits.js";

/**
 * The names of a cell that its functions and classes use. V8 keeps such variables in memory; all
 * others can be in registers, if no function is added that gives other cells access to them.
 */
export function namesInFunctions(
  ts: Compiler,
  source: TypeScript.SourceFile,
  names: ReadonlySet<string>,
): Set<string> {
  const found = new Set<string>();
  const visit = (node: TypeScript.Node, inside: boolean): void => {
    if (inside && ts.isIdentifier(node) && names.has(node.text)) found.add(node.text);
    const isFunction = ts.isFunctionLike(node) || ts.isClassLike(node);
    ts.forEachChild(node, (child) => visit(child, inside || isFunction));
  };
  visit(source, false);
  return found;
}

/** Hands variables over to other cells after each statement of the cell that gives them a value. */
export function handOver(
  ts: Compiler,
  source: TypeScript.SourceFile,
  names: ReadonlySet<string>,
  edits: TextEdits,
): void {
  for (const statement of source.statements) {
    const given = [...namesGivenValues(ts, statement)].filter((name) => names.has(name));
    if (given.length === 0 || ts.isImportDeclaration(statement)) continue;
    const assignments = given.map(assignment).join(" ");
    if (ts.isVariableStatement(statement) || ts.isExpressionStatement(statement)) {
      edits.insert(statement.end, ` ${assignments}`);
    } else {
      // A loop may be interrupted; what it has counted until then is to be there.
      edits.insert(statement.getStart(source), "try { ");
      edits.insert(statement.end, ` } finally { ${assignments} }`);
    }
  }
}

/** The assignment of a cell's variable to what other cells have of it. */
export function assignment(name: string): string {
  return `$cell_${name}.v = ${name};`;
}

function namesGivenValues(ts: Compiler, statement: TypeScript.Statement): Set<string> {
  const names = new Set<string>();
  const addAll = (node: TypeScript.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    else ts.forEachChild(node, addAll);
  };
  const visit = (node: TypeScript.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isVariableDeclaration(node)) addAll(node.name);
    else if (ts.isBinaryExpression(node) && isAssignment(ts, node)) addAll(node.left);
    else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      addAll(node.operand);
    } else if (ts.isForInStatement(node) || ts.isForOfStatement(node)) addAll(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}

function isAssignment(ts: Compiler, { operatorToken }: TypeScript.BinaryExpression): boolean {
  const { FirstAssignment, LastAssignment } = ts.SyntaxKind;
  return operatorToken.kind >= FirstAssignment && operatorToken.kind <= LastAssignment;
}
