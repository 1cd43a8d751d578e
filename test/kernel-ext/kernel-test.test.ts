import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { hasPython, python } from "../support/python.js";
import { root, runPython } from "./run-cells.js";

const built = existsSync(join(root, "share/jupyter/kernels/cakelab/kernel.json"));

const names = [
  "test_clear_output",
  "test_completion",
  "test_display_data",
  "test_error",
  "test_execute_result",
  "test_execute_stderr",
  "test_execute_stdout",
  "test_history",
  "test_inspect",
  "test_is_complete",
  "test_kernel_info",
  "test_pager",
  "test_recv_iopub_welcome_msg",
];

describe.skipIf(!hasPython || !built)(
  "jupyter_kernel_test with cells in TypeScript (needs .venv-test and a build)",
  () => {
    let report: Record<string, string> = {};

    beforeAll(async () => {
      const script = join(import.meta.dirname, "kernel_test.py");
      const { code, stdout, stderr } = await runPython([script], { python });
      if (code !== 0) throw new Error(stderr);
      report = JSON.parse(stdout) as typeof report;
    });

    it("has these tests and no others", () => {
      expect(Object.keys(report).sort()).toEqual(names);
    });

    it.each(names)("%s", (name) => {
      expect(report[name]).toBe("passed");
    });
  },
);
