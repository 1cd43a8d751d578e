import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./load-compiler.js";
import { guardLoop, LOOP_VARIABLES, look } from "./loop-guards.js";
import type { TextEdits } from "./text-edits.js";

/** What a guarded script has in scope, by `$cell` the `CellRuntime`. */
export const GUARD_VARIABLES: string = `const $cell$flag = $cell.flag, $cell$run = $cell.run; ${LOOP_VARIABLES}`;

/** What an async function has besides, because it may outlast the run that has called it. */
const OWN_RUN = "const $cell$run = $cell.run;";

interface Frame {
  /** What the function is called by inside itself. */
  name: string | undefined;
  /** Whether it may go on after an `await`. */
  isAsync: boolean;
  /** Whether it calls itself. */
  recursive: boolean;
  hasLoops: boolean;
  /** Whether it has a body of statements, where the variables of guards can be declared. */
  hasBlock: boolean;
}

function newFrame(known: Pick<Frame, "name" | "isAsync" | "hasBlock">): Frame {
  return { ...known, recursive: false, hasLoops: false };
}

/**
 * Makes code end where its run was interrupted: the turns of a loop, each call of a function that
 * calls itself, and each `await` may throw.
 *
 * @returns whether the code awaits outside of functions.
 */
export function addGuards(ts: Compiler, source: TypeScript.SourceFile, edits: TextEdits): boolean {
  let awaits = false;
  const outermost = newFrame({ name: undefined, isAsync: true, hasBlock: true });
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
    const isLoop = ts.isIterationStatement(node, false);
    frame.hasLoops ||= isLoop;
    let end: (() => void) | undefined;
    if (isLoop) end = guardLoop(ts, source, node, run, edits);
    else if (ts.isAwaitExpression(node) && frame.hasBlock) end = guardAwait(source, node, edits);
    ts.forEachChild(node, visit);
    end?.();
  };

  const visitFunction = (node: TypeScript.Node, body: TypeScript.Node): void => {
    const hasBlock = ts.isBlock(body);
    const isAsync = isAsyncFunction(ts, node);
    const frame = newFrame({ name: ownName(ts, node), isAsync, hasBlock });
    frames.push(frame);
    const start = hasBlock ? startOfBlock(ts, source, body) : body.getStart(source);
    edits.insert(start, () => {
      if (!hasBlock) return frame.recursive ? `(${look("")}, ` : "";
      const loops = frame.hasLoops ? LOOP_VARIABLES : "";
      const call = frame.recursive ? `${look("")};` : "";
      return [isAsync ? OWN_RUN : "", loops, call].map((part) => part && ` ${part}`).join("");
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

/** @returns what ends the guard when what is inside the node has been visited. */
function guardAwait(
  source: TypeScript.SourceFile,
  node: TypeScript.AwaitExpression,
  edits: TextEdits,
): () => void {
  edits.insert(node.getStart(source), "$cell.resume($cell$run, ");
  return () => edits.insert(node.end, ")");
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
