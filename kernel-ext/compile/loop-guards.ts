import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./load-compiler.js";
import type { TextEdits } from "./text-edits.js";

/** What a function with loops has in scope besides `GUARD_VARIABLES`, one of its own each. */
export const LOOP_VARIABLES = "let $cell$turns = 0;";

/** Turns between two looks at the flag; fewer where a turn may take long. */
const TURNS = 256;
const SLOW_TURNS = 2;

/** An expression that is true, or throws when the run is to end. */
export function look(run: string): string {
  return `($cell$flag[0] === 0 || $cell.check(${run}))`;
}

// Measured in optimized functions that sum a Float64Array or an array: a count that ends in a call,
// at these places, costs nothing that can be seen; reading the flag in each turn costs 1.2 to 1.5
// times the loop.
function count(turns: number, run: string): string {
  return `((($cell$turns = ($cell$turns + 1) | 0) & ${turns - 1}) !== 0 || $cell.check(${run}))`;
}

/**
 * Makes a loop look at the flag when it begins and again and again while it runs.
 *
 * @param run what `$cell.check` is called with.
 * @returns what ends the guard when what is inside the loop has been visited.
 */
export function guardLoop(
  ts: Compiler,
  source: TypeScript.SourceFile,
  loop: TypeScript.IterationStatement,
  run: string,
  edits: TextEdits,
): () => void {
  const start = startOfStatement(ts, loop);
  // Functions with short loops never get as far as the look of their count.
  if (start !== undefined) edits.insert(start.getStart(source), `;${look(run)};`);

  const body = loop.statement;
  const turn = count(mayBeSlow(ts, loop) ? SLOW_TURNS : TURNS, run);
  if (ts.isForStatement(loop)) {
    const { incrementor } = loop;
    if (incrementor !== undefined) return () => edits.insert(incrementor.end, `, ${turn}`);
    // The parenthesis that ends the head stands right before what surrounds the body.
    return () => edits.insert(body.pos - 1, ` ${turn}`);
  }
  if (ts.isWhileStatement(loop) || ts.isDoStatement(loop)) {
    const { expression } = loop;
    edits.insert(expression.getStart(source), "(");
    return () => edits.insert(expression.end, `) && ${turn}`);
  }
  if (ts.isBlock(body)) {
    edits.insert(body.getStart(source) + 1, ` ${turn};`);
    return () => undefined;
  }
  edits.insert(body.getStart(source), `{ ${turn}; `);
  return () => edits.insert(body.end, " }");
}

/** The loop with its labels, if another statement may stand before it. */
function startOfStatement(
  ts: Compiler,
  loop: TypeScript.IterationStatement,
): TypeScript.Node | undefined {
  let node: TypeScript.Node = loop;
  while (ts.isLabeledStatement(node.parent)) node = node.parent;
  const { parent } = node;
  const isListed =
    ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent);
  return isListed ? node : undefined;
}

/** Whether a turn calls what may take long without looking at the flag. */
function mayBeSlow(ts: Compiler, node: TypeScript.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node)) return true;
  if (ts.isCallExpression(node) && !isMath(ts, node.expression)) return true;
  if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return true;
  return ts.forEachChild(node, (child) => mayBeSlow(ts, child)) ?? false;
}

function isMath(ts: Compiler, called: TypeScript.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(called) &&
    ts.isIdentifier(called.expression) &&
    called.expression.text === "Math"
  );
}
