import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./load-compiler.js";
import type { TextEdits } from "./text-edits.js";

/**
 * What guarded code has in scope, by `$cell` the `CellRuntime`: the run that it belongs to, and how
 * many turns of loops it may make before it looks whether that run is to end. Local variables of each
 * function, because V8 keeps those in registers: an array loop takes some 5 % longer.
 */
export const GUARD_VARIABLES = "let $cell_run = $cell.run, $cell_left = $cell.enter();";

const COUNT = "($cell_left = $cell_left - 1 | 0) < 0";
const LOOK = "$cell_left = $cell.check($cell_run)";
const IN_BODY = `if (${COUNT}) ${LOOK};`;

interface Frame {
  /** What the function is called by inside itself. */
  name: string | undefined;
  /** Whether guards stand in it. */
  guarded: boolean;
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
  const outermost: Frame = { name: undefined, guarded: true, hasBlock: true };
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
      for (const caller of frames)
        if (name !== undefined && caller.name === name) caller.guarded = true;
    }
    awaits ||= frame === outermost && isAwaiting(ts, node);
    const end = frame.hasBlock ? addGuard(ts, source, node, edits) : undefined;
    if (end !== undefined) frame.guarded = true;
    ts.forEachChild(node, visit);
    end?.();
  };

  const visitFunction = (node: TypeScript.Node, body: TypeScript.Node): void => {
    const hasBlock = ts.isBlock(body);
    const frame: Frame = { name: ownName(ts, node), guarded: false, hasBlock };
    frames.push(frame);
    const start = hasBlock ? startOfBlock(ts, source, body) : body.getStart(source);
    edits.insert(start, () => {
      if (!frame.guarded) return "";
      return hasBlock ? ` ${GUARD_VARIABLES}` : "($cell.enter(), ";
    });
    ts.forEachChild(node, visit);
    if (!hasBlock) edits.insert(body.end, () => (frame.guarded ? ")" : ""));
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
    // The cheapest place. The parenthesis that ends the head stands right before the body's trivia.
    const look = `${COUNT} && (${LOOK})`;
    const { incrementor } = node;
    if (incrementor !== undefined) return () => edits.insert(incrementor.end, `, ${look}`);
    return () => edits.insert(body.pos - 1, ` ${look}`);
  }
  if (ts.isBlock(body)) {
    edits.insert(body.getStart(source) + 1, ` ${IN_BODY}`);
    return () => undefined;
  }
  edits.insert(body.getStart(source), `{ ${IN_BODY} `);
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
