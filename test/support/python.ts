import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The Python with the packages of test/requirements.txt; `CAKELAB_TEST_PYTHON` names another one. */
export const python: string = process.env.CAKELAB_TEST_PYTHON ?? ".venv-test/bin/python";

export const hasPython: boolean = existsSync(python);

/** What a Python program prints, read as JSON. */
export function runPython<T>(program: string, ...args: string[]): T {
  const output = execFileSync(python, ["-W", "ignore", "-c", program, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, MPLBACKEND: "agg" },
  });
  return JSON.parse(output) as T;
}
