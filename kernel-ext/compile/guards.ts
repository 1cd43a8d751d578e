import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./load-compiler.js";
import type { TextEdits } from "./text-edits.js";

// A second `$`, because `$cell_name` leads to the variable `name` of a cell.
/** What a guarded script has in scope, by `$cell` the `CellRuntime`. */
export const GUARD_VARIABLES = "const $cell$flag = $cell.flag, $cell$run = $cell.run;";

/** What an async function has besides, because it may outlast the run that has called it. */
const OWN_RUN = "const $cell$run = $cell.run;";

// In optimized functions that sum a million numbers, this costs 1.1 to 1.2 times the loop over an array
// and 1.3 over a Float64Array, whose turns take about a nanosecond: so does any further branch, also one
// that passes by the read in most turns. A count that ends in a call costs 1.2 and 2.0: the call is made
// now and then, so V8 compiles it into the loop, whereas a call that has never been made leaves no code.
const look = (run: string): string => `($cell$flag[0] === 0 || $cell.check(${run}))`;

interface Frame {
  /** What the function is called by inside itself. */
  name: string | undefined;
  /** Whether it may go on after an `await`. */
  isAsync: boolean;
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
  const outermost: Frame = { name: undefined, isAsync: true, recursive: false, hasBlock: true };
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
    const run = frame.isAsync ? "$cell$run" : "";
    const end = frame.hasBlock ? addGuard(ts, source, node, look(run), edits) : undefined;
    ts.forEachChild(node, visit);
    end?.();
  };

  const visitFunction = (node: TypeScript.Node, body: TypeScript.Node): void => {
    const hasBlock = ts.isBlock(body);
    const isAsync = isAsyncFunction(ts, node);
    const frame: Frame = { name: ownName(ts, node), isAsync, recursive: false, hasBlock };
    frames.push(frame);
    const start = hasBlock ? startOfBlock(ts, source, body) : body.getStart(source);
    edits.insert(start, () => {
      if (!hasBlock) return frame.recursive ? `(${look("")}, ` : "";
      return ` ${isAsync ? OWN_RUN : ""} ${frame.recursive ? `${look("")};` : ""}`.trimEnd();
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

function isAsyncFunction(ts: Compiler, node: TypeScript.Node): boolean {
  return (
    (ts.getCombinedModifierFlags(node as TypeScript.Declaration) & ts.ModifierFlags.Async) !== 0
  );
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
  look: string,
  edits: TextEdits,
): (() => void) | undefined {
  if (ts.isAwaitExpression(node)) {
    edits.insert(node.getStart(source), "$cell.resume($cell$run, ");
    return () => edits.insert(node.end, ")");
  }
  if (!ts.isIterationStatement(node, false)) return undefined;
  const body = node.statement;
  if (ts.isForStatement(node)) {
    const { incrementor } = node;
    if (incrementor !== undefined) return () => edits.insert(incrementor.end, `, ${look}`);
    // The parenthesis that ends the head stands right before what surrounds the body.
    return () => edits.insert(body.pos - 1, ` ${look}`);
  }
  if (ts.isWhileStatement(node)) {
    const { expression } = node;
    edits.insert(expression.getStart(source), "(");
    return () => edits.insert(expression.end, `) && ${look}`);
  }
  if (ts.isBlock(body)) {
    edits.insert(body.getStart(source) + 1, ` ${look};`);
    return () => undefined;
  }
  edits.insert(body.getStart(source), `{ ${look}; `);
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
