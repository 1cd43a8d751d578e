"""Runs jupyter_kernel_test with samples in TypeScript and prints what became of each test, as JSON."""

import io
import json
import unittest

import jupyter_kernel_test as jkt


class CakelabKernel(jkt.KernelTests):
    kernel_name = "cakelab"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = 'console.log("hello, world");'
    code_stderr = 'console.error("oops");'
    completion_samples = [
        {"text": "Number.MAX_V", "matches": ["MAX_VALUE"]},
        {"text": "const value = 5; value.toFi", "matches": ["toFixed"]},
    ]
    complete_code_samples = [
        "1",
        'console.log("hello, world")',
        "function f(x: number): number {\n  return x * 2;\n}\n",
        "await Promise.resolve(1)",
        "await (async () => 1)()",
    ]
    incomplete_code_samples = [
        "function f(x: number): number {",
        "const o = {",
        "`a\nb",
        "if (true) {\n  1",
        "Math.max(1,",
    ]
    invalid_code_samples = ["import = 7n", "function function", "const s = 'a", "1 2 )"]
    code_page_something = "Math.hypot?"
    code_generate_error = 'throw new Error("no")'
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "[1, 2].map((x) => x * 111)", "result": "[ 111, 222 ]"},
        {"code": '"a" + "b"', "result": "'ab'"},
    ]
    code_display_data = [
        {
            "code": 'import { display } from "cakelab/widgets"; display(new Map([[1, 2]]));',
            "mime": "text/plain",
        },
        {
            "code": 'display({ "text/html": "<b>1</b>" }, { raw: true });',
            "mime": "text/html",
        },
    ]
    code_history_pattern = "1 ?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.hypot"
    code_clear_output = (
        'import { clearOutput } from "cakelab/widgets"; clearOutput({ wait: true });'
    )


class CakelabWelcome(jkt.IopubWelcomeTests):
    kernel_name = "cakelab"
    support_iopub_welcome = True


class Recorder(unittest.TestResult):
    """Remembers every test by its name, with the text of what went wrong."""

    def __init__(self):
        super().__init__(io.StringIO())
        self.report = {}

    def startTest(self, test):
        super().startTest(test)
        self.report[test._testMethodName] = "passed"

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.report[test._testMethodName] = f"skipped: {reason}"

    def _exc_info_to_string(self, err, test):
        text = super()._exc_info_to_string(err, test)
        self.report[getattr(test, "_testMethodName", str(test))] = text
        return text

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.report[test._testMethodName] = str((self.failures + self.errors)[-1][1])


recorder = Recorder()
loader = unittest.TestLoader()
unittest.TestSuite(
    loader.loadTestsFromTestCase(case) for case in (CakelabKernel, CakelabWelcome)
).run(recorder)
print(json.dumps(recorder.report, default=str))
