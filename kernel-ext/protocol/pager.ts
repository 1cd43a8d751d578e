import type { CellExecutor } from "../compile/cell-executor.js";
import type { Content } from "./messages.js";

/** `name?`, `a.b??` or `?name`: no TypeScript, but the usual question of notebooks. */
const QUESTION = /^\s*(\?{0,2})([\p{ID_Start}$_][\p{ID_Continue}$.]*)(\?{0,2});?\s*$/u;

/**
 * What the pager of a front end is to show for a cell that asks what a name is; undefined for a cell
 * that is to be run.
 */
export async function pageRequested(
  executor: CellExecutor,
  code: string,
): Promise<Content | undefined> {
  const [, before = "", name = "", after = ""] = QUESTION.exec(code) ?? [];
  if ((before === "") === (after === "")) return undefined;
  const detail = before.length + after.length > 1 ? 1 : 0;
  const found = await executor.inspect(name, name.length, detail);
  const data = found?.data ?? { "text/plain": `${name}: nothing is known of this name` };
  return { source: "page", data, start: 0 };
}
