import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { widgetOf } from "../../../kernel-ext/widgets/abbreviation.js";
import {
  dlink,
  FloatSlider,
  fixed,
  IntSlider,
  interactive,
  interactiveOutput,
  jslink,
  link,
  Output,
  Text,
} from "../../../kernel-ext/widgets/index.js";
import { FakePage } from "./fake-page.js";

let page: FakePage;
beforeEach(() => {
  page = new FakePage();
});
afterEach(() => page.close());

describe("abbreviations", () => {
  it.each([
    [10, "IntSlider", { value: 10, min: -10, max: 30 }],
    [-4, "IntSlider", { value: -4, min: -12, max: 4 }],
    [0, "IntSlider", { value: 0, min: 0, max: 1 }],
    [0.5, "FloatSlider", { value: 0.5, min: -0.5, max: 1.5, step: 0.1 }],
    [0.01, "FloatSlider", { step: 0.001 }],
    [true, "Checkbox", { value: true }],
    ["a", "Text", { value: "a" }],
    [[0, 10], "IntSlider", { value: 5, min: 0, max: 10, step: 1 }],
    [[0, 10, 4], "IntSlider", { value: 4, step: 4 }],
    [[0, 2.5], "FloatSlider", { min: 0, max: 2.5 }],
    [["a", "b"], "Dropdown", { value: "a" }],
    [[1, 2, 3, 4], "Dropdown", { value: 1 }],
    [{ one: 1 }, "Dropdown", { value: 1, label: "one" }],
    [new Date(0), "DatePicker", { value: new Date(0) }],
  ])("%o is a control", (abbreviation, name, traits) => {
    const widget = widgetOf(abbreviation, "x");
    expect(widget.constructor.name).toBe(name);
    expect(widget).toMatchObject({ ...traits, description: "x" });
  });

  it.each([[[3, 1]], [[0, 1, -1]], [() => 1], [null]])("%o is none", (abbreviation) => {
    expect(() => widgetOf(abbreviation, "x")).toThrow(/^x: /);
  });
});

describe("interactive", () => {
  it("runs its function for each change, with its output in its place", async () => {
    const runs: unknown[] = [];
    const made = interactive(
      ({ x, text, constant }) => {
        runs.push([x, text, constant]);
        return x.toFixed(1) + text;
      },
      { x: 1.5, text: "a", constant: fixed(7) },
    );
    await made.update();
    made.controls.x!.value = 1;
    expect(runs.at(-1)).toEqual([1, "a", 7]);
    expect(made.result).toBe("1.0a");
    expect(made.children.map((child) => child.constructor.name)).toEqual([
      "FloatSlider",
      "Text",
      "Output",
    ]);
    expect(page.take().filter(({ type }) => type === "clear_output")[0]!.content).toEqual({
      wait: true,
    });
  });

  it("runs once more for changes that come while it runs", async () => {
    const runs: number[] = [];
    const made = interactive(
      async ({ x }) => {
        runs.push(x);
        await new Promise((resolve) => setTimeout(resolve, 5));
      },
      { x: [0, 10] },
    );
    made.controls.x!.value = 6;
    made.controls.x!.value = 7;
    await expect.poll(() => runs).toEqual([5, 7]);
  });

  it("waits for its button, if it is told to", async () => {
    const runs: number[] = [];
    const made = interactive(({ x }) => runs.push(x), { x: 3 }, { manual: true, manualName: "Go" });
    made.controls.x!.value = 4;
    expect(runs).toEqual([]);
    const button = made.children.at(-2)!;
    expect(button).toMatchObject({ description: "Go" });
    await page.say(button.modelId, { method: "custom", content: { event: "click" } });
    expect(runs).toEqual([4]);
  });

  it("shows what its function throws", async () => {
    const made = interactive(
      () => {
        throw new RangeError("too far");
      },
      { x: 3 },
    );
    await made.update();
    const errors = page.take().filter(({ type }) => type === "error");
    expect(errors.map(({ content }) => content.evalue)).toEqual(["too far", "too far"]);
  });

  it("may have its controls elsewhere", () => {
    const slider = new IntSlider({ value: 3 });
    const runs: number[] = [];
    const output = interactiveOutput(({ x }) => void runs.push(x), { x: slider });
    slider.value = 4;
    expect([output.constructor.name, runs]).toEqual(["Output", [3, 4]]);
  });
});

describe("an Output", () => {
  it("takes the output of the request that runs, and gives it back", async () => {
    const output = new Output();
    const id = page.parent!.msg_id;
    const seen: string[] = [];
    output.observe(({ new: value }) => seen.push(value), "msgId");
    expect(output.run(() => output.run(() => 5))).toBe(5);
    expect(seen).toEqual([id, ""]);
    expect(page.comms.captured.size).toBe(0);
    const slow = output.run(async () => {
      await null;
      return output.msgId;
    });
    expect(await slow).toBe(id);
    expect(output.msgId).toBe("");
    await output.run(() => Promise.reject(new Error("no")));
    expect(page.take().filter(({ type }) => type === "error")).toHaveLength(1);
  });

  it("keeps its cell from ending until the page has said all that it shows", async () => {
    const output = new Output();
    const started = performance.now();
    output.run(() => 1);
    let heard = 0;
    const say = (text: string) => {
      heard = performance.now();
      output.outputs = [{ output_type: "stream", name: "stdout", text }];
    };
    setTimeout(() => say("a"), 20);
    setTimeout(() => say("ab"), 40);
    expect(page.awaited).toHaveLength(1);
    await page.awaited[0];
    expect(heard).toBeGreaterThan(started + 35);
    expect(performance.now() - heard).toBeGreaterThan(40);
    // Without a page, it does not wait for ever.
    output.run(() => 2);
    await page.awaited[1];
  });

  it("is appended to and emptied", async () => {
    const output = new Output();
    output.appendStdout("a\n");
    await output.appendDisplay(5);
    expect(output.outputs).toEqual([
      { output_type: "stream", name: "stdout", text: "a\n" },
      { output_type: "display_data", data: { "text/plain": "5" }, metadata: {} },
    ]);
    page.take();
    output.clear({ wait: true });
    const kinds = page.take().map(({ type }) => type);
    expect(kinds).toEqual(["comm_msg", "clear_output", "comm_msg"]);
  });
});

describe("links", () => {
  it("keep traits equal, in the kernel", () => {
    const [a, b] = [new IntSlider({ value: 5 }), new FloatSlider({ value: 1 })];
    const linked = link([a, "value"], [b, "value"]);
    expect(b.value).toBe(5);
    b.value = 8;
    expect(a.value).toBe(8);
    linked.unlink();
    a.value = 2;
    expect(b.value).toBe(8);
  });

  it("may go one way and change the value", () => {
    const [a, b] = [new IntSlider({ value: 5 }), new Text()];
    dlink([a, "value"], [b, "value"], (value: number) => `${2 * value}`);
    a.value = 6;
    expect(b.value).toBe("12");
    b.value = "x";
    expect(a.value).toBe(6);
  });

  it("may be the page's own", () => {
    const [a, b] = [new IntSlider(), new IntSlider()];
    page.take();
    const linked = jslink([a, "readoutFormat"], [b, "readout_format"]);
    const { state } = page.take()[0]!.content.data as { state: Record<string, unknown> };
    expect(state).toMatchObject({
      _model_name: "LinkModel",
      source: [`IPY_MODEL_${a.modelId}`, "readout_format"],
      target: [`IPY_MODEL_${b.modelId}`, "readout_format"],
    });
    linked.unlink();
    expect(page.take()[0]!.type).toBe("comm_close");
    expect(() => jslink([a, "valeu"], [b, "value"])).toThrow("did you mean value?");
  });
});
