import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasJupyter, type KernelRun, runCells, temporaryFolder } from "./run-cells.js";

const shown = `({ [Symbol.for("Jupyter.display")]() {
  return { "text/html": "<b>x</b>", "image/png": new Uint8Array([1, 2, 3]) };
} })`;

const cells = {
  value: "const a = 20; a + 1",
  later: "a * 2",
  shorthand: "const b = 3; const sum = { a, inner: { b, a } }; ({ ...sum, a })",
  shorthandError: "const pair = { a, b }; const word: string = pair.a;",
  awaited: "await new Promise<number>((resolve) => setTimeout(resolve, 20, 7))",
  streams: 'console.log("one"); await null; console.error("two");',
  shown,
  tslabDisplay: `import { display } from "tslab"; display.html("<i>t</i>");`,
  display: `import { display } from "cakelab/widgets";
display(1).update(2);
display({ [Symbol.for("Jupyter.display")]: async () => ({ "text/html": "<i>late</i>" }) });`,
  displayFails: `display({ [Symbol.for("Jupyter.display")]: async () => { throw new Error("no picture") } });`,
  thrown: 'function f(): never { throw new RangeError("too far"); }\nf()',
  rejected: 'await Promise.reject(new Error("no"))',
  nothing: "throw undefined",
  wrongType: 'const n: number = "a";',
  afterError: "a",
  browserTypes: "(element: HTMLElement) => element.title",
  late: 'setTimeout(() => { throw new Error("late") }, 1); await new Promise((r) => setTimeout(r, 50))',
  alive: "a",
} as const;

describe.skipIf(!hasJupyter)("cells (need .venv and a build)", () => {
  const [folder, remove] = temporaryFolder({});
  let kernel: KernelRun;
  const run = (name: keyof typeof cells) => kernel.runs[Object.keys(cells).indexOf(name)]!;

  beforeAll(async () => {
    kernel = await runCells(Object.values(cells), { folder });
  });
  afterAll(remove);

  it("shows the last expression, and keeps variables", () => {
    const result = { type: "execute_result", data: { "text/plain": "21" } };
    expect(run("value").outputs).toEqual([expect.objectContaining(result)]);
    expect(run("later").outputs[0]!.data).toEqual({ "text/plain": "40" });
  });

  it("knows variables of earlier cells in the short form of properties", () => {
    const text = "{ a: 20, inner: { b: 3, a: 20 } }";
    expect(run("shorthand").outputs[0]!.data).toEqual({ "text/plain": text });
    const column = cells.shorthandError.indexOf("word") + 1;
    expect(run("shorthandError").reply.evalue).toBe(
      `1:${column} - Type 'number' is not assignable to type 'string'.`,
    );
  });

  it("awaits at the top level", () => {
    expect(run("awaited").outputs[0]!.data).toEqual({ "text/plain": "7" });
  });

  it("streams what a cell prints, and nothing of Node's warnings", () => {
    expect(run("streams").outputs).toEqual([
      { type: "stream", name: "stdout", text: "one\n" },
      { type: "stream", name: "stderr", text: "two\n" },
    ]);
  });

  it("shows an object by its MIME bundle, bytes in base64", () => {
    const data = { "text/html": "<b>x</b>", "image/png": "AQID" };
    expect(run("shown").outputs).toEqual([
      expect.objectContaining({ type: "execute_result", data }),
    ]);
    expect(run("tslabDisplay").outputs[0]).toMatchObject({
      type: "display_data",
      data: { "text/html": "<i>t</i>" },
    });
  });

  it("displays values and updates them, also when they take time to show themselves", () => {
    const [first, second, third] = run("display").outputs;
    expect(first).toMatchObject({ type: "display_data", data: { "text/plain": "1" } });
    expect(second).toMatchObject({ type: "update_display_data", data: { "text/plain": "2" } });
    expect(second!.transient).toEqual(first!.transient);
    expect(third).toMatchObject({ type: "display_data", data: { "text/html": "<i>late</i>" } });
    expect(run("displayFails").reply).toMatchObject({ status: "error", evalue: "no picture" });
  });

  it.each([
    ["thrown", "RangeError", "too far"],
    ["rejected", "Error", "no"],
    ["nothing", "Thrown", "undefined"],
  ] as const)("fails with what a cell throws: %s", (name, ename, evalue) => {
    expect(run(name).reply).toMatchObject({ status: "error", ename, evalue });
    expect(run(name).outputs).toEqual([expect.objectContaining({ type: "error", ename, evalue })]);
  });

  it("leaves the kernel out of the traceback", () => {
    expect(run("thrown").outputs[0]!.traceback).toEqual([
      "RangeError: too far",
      "    at f (Cell [11], line 1)",
      "    at Cell [11], line 2",
    ]);
  });

  it("does not run a cell with a type error, and says where it is", () => {
    expect(run("wrongType").reply).toMatchObject({
      status: "error",
      ename: "TypeScriptError",
      evalue: "1:7 - Type 'string' is not assignable to type 'number'.",
    });
    expect(run("wrongType").outputs[0]!.traceback!.join("\n")).toContain(`  ${cells.wrongType}\n`);
  });

  it("goes on after an error, and after one that nobody awaited", () => {
    expect(run("afterError").outputs[0]!.data).toEqual({ "text/plain": "20" });
    expect(run("late").outputs[0]).toMatchObject({ type: "stream", name: "stderr" });
    expect(run("alive").outputs[0]!.data).toEqual({ "text/plain": "20" });
  });

  it("knows the types of browsers", () => {
    expect(run("browserTypes").reply.status).toBe("ok");
  });

  it("counts cells, tells its language, and ends cleanly when asked to", () => {
    expect(run("value").reply.execution_count).toBe(1);
    expect(run("alive").reply.execution_count).toBe(Object.keys(cells).length);
    expect(kernel.info).toMatchObject({ status: "ok", language_info: { name: "typescript" } });
    expect(kernel).toMatchObject({ alive: false, exitCode: 0 });
  });
});

describe.skipIf(!hasJupyter)("cells sent together (need .venv and a build)", () => {
  const statuses = async (stopOnError: boolean): Promise<string[]> => {
    const [folder, remove] = temporaryFolder({});
    const sent = ["const a = 1", "throw new Error()", "a", "a"];
    const { runs } = await runCells(sent, { folder, together: true, stopOnError });
    remove();
    return runs.map(({ reply }) => reply.status);
  };

  it("are not run after one that failed", async () => {
    expect(await statuses(true)).toEqual(["ok", "error", "aborted", "aborted"]);
  });

  it("are run, if errors are not to stop them", async () => {
    expect(await statuses(false)).toEqual(["ok", "error", "ok", "ok"]);
  });
});

describe.skipIf(!hasJupyter)("cells that are interrupted (need .venv and a build)", () => {
  it("end at once, and variables stay", async () => {
    const [folder, remove] = temporaryFolder({});
    const busy = "const from = Date.now(); while (Date.now() - from < 30_000);";
    const waiting = "await new Promise((resolve) => setTimeout(resolve, 30_000))";
    const sent = ["let kept = 5", busy, waiting, "kept"];
    const started = performance.now();
    const { runs } = await runCells(sent, { folder, interruptAfter: 0.5 });
    remove();
    expect(performance.now() - started).toBeLessThan(25_000);
    expect(runs.map(({ reply }) => reply.status)).toEqual(["ok", "error", "error", "ok"]);
    expect(runs[3]!.outputs[0]!.data).toEqual({ "text/plain": "5" });
  });
});
