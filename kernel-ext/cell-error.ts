import { inspect } from "node:util";
import { describeError, type ErrorBox } from "./show/error-box.js";

/** Why a cell failed, in the words of Jupyter's protocol. */
export interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
  /** What the library says to people, where the error is its own. */
  box?: ErrorBox;
}

/** One complaint of the compiler; lines and columns count from 1. */
export interface Complaint {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** The error of a cell that threw `value`; of its stack, the part outside the kernel. */
export function thrownError(value: unknown): CellError {
  if (!(value instanceof Error)) {
    return { ename: "Thrown", evalue: String(value), traceback: [`Thrown: ${inspect(value)}`] };
  }
  const ename = value.name;
  const evalue = value.message;
  const frames = ownFrames(inspect(value));
  const box = describeError(value);
  if (box === undefined) return { ename, evalue, traceback: frames };
  // The box says the rest, and the way through the library explains nothing that it does not.
  const inCells = frames.filter((line) => CELL_FRAME.test(line));
  const [what] = evalue.split("; ");
  return { ename, evalue, traceback: [`${ename}: ${what}`, ...inCells], box };
}

/** The error of a cell that did not compile and so did not run. */
export function compileError(source: string, complaints: readonly Complaint[]): CellError {
  const lines = source.split("\n");
  const reports = complaints.map(({ file, line, column, message }) => {
    const at = `${file === "" ? "cell" : file}:${line}:${column} - ${message}`;
    const code = file === "" ? lines[line - 1] : undefined;
    return code === undefined ? at : `${at}\n  ${code}\n  ${" ".repeat(column - 1)}^`;
  });
  const ename = "TypeScriptError";
  const first = complaints[0];
  const evalue = first === undefined ? "" : `${first.line}:${first.column} - ${first.message}`;
  return { ename, evalue, traceback: [ename, ...reports] };
}

const CELL_FRAME = /^\s+at .*\bcell[ -]\d/;

const KERNEL_FRAME =
  /^\s+at .*([\\/](tslab[\\/]dist|kernel-ext[\\/](compile|protocol))[\\/]|\bnode:(vm|internal)\b)/;

// Node puts the line that failed above the stack of what `vm` throws: a line of compiled code.
const COMPILED_LINE = /^[^\n]+:\d+\n[^\n]*\n *\^+ *\n\n/;

function ownFrames(stack: string): string[] {
  return stack
    .replace(COMPILED_LINE, "")
    .split("\n")
    .filter((line) => !KERNEL_FRAME.test(line));
}
