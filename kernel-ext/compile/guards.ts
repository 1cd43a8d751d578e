import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./load-compiler.js";
import type { TextEdits } from "./text-edits.js";

/**
 * What guarded code has in scope, by `$cell` the `CellRuntime`. Local variables of each function, and
 * a flag that is read in each turn of a loop: a counter that is looked at less often would cost more,
 * because then V8 reads arrays anew in each turn.
 */
export const GUARD_VARIABLES = "const $cell_run = $cell.run, $cell_flag = $cell.flag;";

const LOOK = "($cell_flag[0] === 0 || $cell.check($cell_run))";

interface Frame {
  /** What the function is called by inside itself. */
  name: string | undefined;
  /** Whether guards stand in it. */
  guarded: boolean;
  /** Whether it calls itself. */
  recursive: boolean;
  /** Whether it has a body of statements, where the variables of guards can be declared. */
  hasBlock: boolean;
}

/**
 * Makes code end where its run was interrupted: each turn of a loop, each call of a function that
 * calls itself, and each `await` may throw.
 *
 * @returns whether the code awaits outside of functions.
 */
export function addGuards(ts: Compiler, source: TypeScript.SourceFile, edits: TextEdits): boolean {
  let awaits = false;
  const outermost: Frame = { name: undefined, guarded: true, recursive: false, hasBlock: true };
  const frames: Frame[] = [outermost];

  const visit = (node: TypeScript.Node): void => {
    const body = bodyOf(ts, node);
    if (body !== undefined) {
      visitFunction(node, body);
      return;
    }
    const frame = frames.at(-1)!;
    if (ts.isCallExpression(node)) {
      const name = calledName(ts, node);
      for (const caller of frames) caller.recursive ||= name !== undefined && caller.name === name;
    }
    awaits ||= frame === outermost && isAwaiting(ts, node);
    const end = frame.hasBlock ? addGuard(ts, source, node, edits) : undefined;
    if (end !== undefined) frame.guarded = true;
    ts.forEachChild(node, visit);
    end?.();
  };

  const visitFunction = (node: TypeScript.Node, body: TypeScript.Node): void => {
    const hasBlock = ts.isBlock(body);
    const frame: Frame = { name: ownName(ts, node), guarded: false, recursive: false, hasBlock };
    frames.push(frame);
    const start = hasBlock ? startOfBlock(ts, source, body) : body.getStart(source);
    edits.insert(start, () => {
      if (!frame.guarded && !frame.recursive) return "";
      const begin = frame.recursive ? `${LOOK};` : "";
      return hasBlock ? ` ${GUARD_VARIABLES} ${begin}` : "($cell.check($cell.run), ";
    });
    ts.forEachChild(node, visit);
    if (!hasBlock) edits.insert(body.end, () => (frame.recursive ? ")" : ""));
    frames.pop();
  };

  visit(source);
  return awaits;
}

function bodyOf(ts: Compiler, node: TypeScript.Node): TypeScript.Node | undefined {
  if (ts.isFunctionLike(node)) return (node as TypeScript.FunctionLikeDeclaration).body;
  return ts.isClassStaticBlockDeclaration(node) ? node.body : undefined;
}

/** Where a block's first statement may be put: after directives such as "use strict". */
function startOfBlock(
  ts: Compiler,
  source: TypeScript.SourceFile,
  block: TypeScript.Block,
): number {
  let start = block.getStart(source) + 1;
  for (const statement of block.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression)) break;
    start = statement.end;
  }
  return start;
}

function isAwaiting(ts: Compiler, node: TypeScript.Node): boolean {
  return (
    ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)
  );
}

/** @returns what ends the guard when what is inside the node has been visited; nothing for others. */
function addGuard(
  ts: Compiler,
  source: TypeScript.SourceFile,
  node: TypeScript.Node,
  edits: TextEdits,
): (() => void) | undefined {
  if (ts.isAwaitExpression(node)) {
    edits.insert(node.getStart(source), "$cell.resume($cell_run, ");
    return () => edits.insert(node.end, ")");
  }
  if (!ts.isIterationStatement(node, false)) return undefined;
  const body = node.statement;
  if (ts.isForStatement(node)) {
    const { incrementor } = node;
    if (incrementor !== undefined) return () => edits.insert(incrementor.end, `, ${LOOK}`);
    // The parenthesis that ends the head stands right before what surrounds the body.
    return () => edits.insert(body.pos - 1, ` ${LOOK}`);
  }
  if (ts.isWhileStatement(node)) {
    const { expression } = node;
    edits.insert(expression.getStart(source), "(");
    return () => edits.insert(expression.end, `) && ${LOOK}`);
  }
  if (ts.isBlock(body)) {
    edits.insert(body.getStart(source) + 1, ` ${LOOK};`);
    return () => undefined;
  }
  edits.insert(body.getStart(source), `{ ${LOOK}; `);
  return () => edits.insert(body.end, " }");
}

function ownName(ts: Compiler, node: TypeScript.Node): string | undefined {
  const named = (node as TypeScript.NamedDeclaration).name ?? declared(ts, node.parent);
  return named !== undefined && ts.isIdentifier(named) ? named.text : undefined;
}

function declared(ts: Compiler, parent: TypeScript.Node): TypeScript.Node | undefined {
  const names = [ts.isVariableDeclaration, ts.isPropertyAssignment, ts.isPropertyDeclaration];
  return names.some((is) => is(parent)) ? (parent as TypeScript.NamedDeclaration).name : undefined;
}

function calledName(ts: Compiler, { expression }: TypeScript.CallExpression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}
