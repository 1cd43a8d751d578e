import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  anywidget,
  Button,
  DatePicker,
  DatetimePicker,
  FileUpload,
  HBox,
  IntSlider,
  Layout,
  NaiveDatetimePicker,
  Text,
  TimePicker,
  VBox,
} from "../../../kernel-ext/widgets/index.js";
import { OptionError } from "../../../src/errors.js";
import { FakePage } from "./fake-page.js";

let page: FakePage;
beforeEach(() => {
  page = new FakePage();
});
afterEach(() => page.close());

describe("a widget's traits", () => {
  it("are told to the page when it is made, and when they change", () => {
    const slider = new IntSlider({ value: 5, readoutFormat: ".1f" });
    const [opened] = page.take();
    expect(opened).toMatchObject({ type: "comm_open", metadata: { version: "2.1.0" } });
    expect(opened!.content).toMatchObject({
      comm_id: slider.modelId,
      target_name: "jupyter.widget",
      data: { state: { value: 5, max: 100, readout_format: ".1f" }, buffer_paths: [] },
    });
    slider.readout_format = "d";
    expect(slider.readoutFormat).toBe("d");
    expect(page.takeData()).toEqual([
      { method: "update", state: { readout_format: "d" }, buffer_paths: [] },
    ]);
    slider.readoutFormat = "d";
    expect(page.take()).toEqual([]);
  });

  it.each([
    [{ value: "a" }, "IntSlider.value: 'a' is not a whole number"],
    [{ value: 2.5 }, "IntSlider.value: 2.5 is not a whole number; Math.round makes it 3"],
    [{ disabled: 1 }, "IntSlider.disabled: 1 is not true or false"],
    [{ orientation: "verticl" }, 'did you mean "vertical"?'],
    [{ vaule: 1 }, 'IntSlider has no trait "vaule"; did you mean value?'],
    [{ min: 5, max: 1 }, "IntSlider.min: 5 is above max, which is 1"],
    [{ readoutFormat: "%d%d" }, 'is not a number format of d3, such as ".2f"'],
    [{ style: { handleColor: "stelblue" } }, 'did you mean "steelblue"?'],
    [{ layout: 3 }, "IntSlider.layout: 3 is not a widget"],
    [{ max: Number.NaN }, "IntSlider.max: NaN is not a whole number"],
  ])("are checked: %o", (options, message) => {
    const make = () => new IntSlider(options as object);
    expect(make).toThrow(OptionError);
    expect(make).toThrow(message);
  });

  it("stay as they are when one of several is wrong", () => {
    const slider = new IntSlider({ value: 5 });
    expect(() => slider.set({ value: 6, max: "x" })).toThrow("IntSlider.max");
    expect(slider.value).toBe(5);
  });

  it("are set together by set and hold, and observed once each", () => {
    const slider = new IntSlider({ value: 5 });
    const seen: unknown[] = [];
    slider.observe(({ name, old, new: now }) => seen.push([name, old, now]), ["min", "value"]);
    page.take();
    slider.set({ min: 200, max: 300 });
    slider.hold(() => {
      slider.max = 20;
      slider.min = 0;
      slider.value = 7;
      expect(slider.value).toBe(7);
    });
    expect(page.takeData().map(({ state }) => state)).toEqual([
      { min: 200, max: 300, value: 200 },
      { min: 0, max: 20, value: 7 },
    ]);
    expect(seen).toEqual([
      ["min", 0, 200],
      ["value", 5, 200],
      ["min", 200, 0],
      ["value", 200, 7],
    ]);
    expect(() =>
      slider.hold(() => {
        slider.min = 500;
      }),
    ).toThrow("above max");
    expect(slider.min).toBe(0);
  });

  it("are no longer observed after unobserve", () => {
    const text = new Text();
    const seen: unknown[] = [];
    const note = ({ name }: { name: string }) => seen.push(name);
    text.observe(note, ["value", "description"]);
    text.unobserve(note, "value");
    text.value = "a";
    text.description = "b";
    text.unobserveAll();
    text.description = "c";
    expect(seen).toEqual(["description"]);
  });
});

describe("layouts and styles", () => {
  it("are made of options, or when first asked for", () => {
    const slider = new IntSlider({ layout: { width: "50%" } });
    const [layout, opened] = page.take();
    expect(layout!.content.data).toMatchObject({ state: { _model_name: "LayoutModel" } });
    const { state } = opened!.content.data as { state: Record<string, unknown> };
    expect(state.layout).toBe(`IPY_MODEL_${slider.layout.modelId}`);
    expect(state).not.toHaveProperty("style");
    slider.style.handleColor = "red";
    expect(page.take().map(({ type }) => type)).toEqual(["comm_open", "comm_msg", "comm_msg"]);
    slider.layout = new Layout({ border: "1px solid" });
    expect([slider.layout.borderTop, slider.layout.border]).toEqual(["1px solid", "1px solid"]);
    slider.layout.borderLeft = "none";
    expect(slider.layout.border).toBeNull();
  });

  it("give widgets CSS classes", () => {
    const box = new VBox([]).addClass("a").addClass("b").addClass("a").removeClass("b");
    expect(box.domClasses).toEqual(["a"]);
  });
});

describe("what the page does", () => {
  it("sets traits, is echoed, and observers hear of it", async () => {
    const slider = new IntSlider({ max: 10 });
    const seen: number[] = [];
    slider.observe(({ new: value }) => seen.push(value), "value");
    page.take();
    await page.say(slider.modelId, { method: "update", state: { value: 4, unknown: 1 } });
    expect(page.takeData()).toEqual([
      { method: "echo_update", state: { value: 4 }, buffer_paths: [] },
    ]);
    await page.say(slider.modelId, { method: "update", state: { value: 40 } });
    expect(page.takeData().map(({ method, state }) => [method, state])).toEqual([
      ["echo_update", { value: 40 }],
      ["update", { value: 10 }],
    ]);
    await page.say(slider.modelId, { method: "update", state: { value: 50 } });
    expect(page.takeData().at(-1)).toMatchObject({ method: "update", state: { value: 10 } });
    expect(seen).toEqual([4, 10]);
  });

  it("waits for promises of observers, and their failures are shown", async () => {
    const slider = new IntSlider();
    let done = false;
    slider.observe(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      done = true;
      throw new RangeError("no such place");
    }, "value");
    let heard = 0;
    slider.observe(() => heard++, "value");
    page.take();
    await page.say(slider.modelId, { method: "update", state: { value: 4 } });
    expect([done, heard]).toEqual([true, 1]);
    const errors = page.take().filter(({ type }) => type === "error");
    expect(errors.map(({ content }) => content.evalue)).toEqual(["no such place"]);
  });

  it("answers to what observers set, though the page has just sent the same trait", async () => {
    const slider = new IntSlider();
    slider.observe(({ new: value }) => {
      if (value % 2 === 1) slider.value = value + 1;
    }, "value");
    page.take();
    await page.say(slider.modelId, { method: "update", state: { value: 3 } });
    expect(page.takeData().at(-1)).toMatchObject({ method: "update", state: { value: 4 } });
  });

  it("cannot break a trait", async () => {
    const slider = new IntSlider({ value: 3 });
    page.take();
    await page.say(slider.modelId, { method: "update", state: { value: "x", max: null } });
    const messages = page.take();
    expect(messages.map(({ type }) => type)).toEqual([
      "comm_msg",
      "display_data",
      "error",
      "comm_msg",
    ]);
    expect(messages.at(-1)!.content.data).toMatchObject({ state: { value: 3, max: 100 } });
  });

  it("clicks, submits, and sends messages of its own", async () => {
    const [button, text] = [new Button(), new Text({ value: "a" })];
    const heard: unknown[] = [];
    button.onClick((clicked) => heard.push(clicked));
    text.onSubmit(({ value }) => heard.push(value));
    text.onMsg(({ content, buffers }) => heard.push(content, buffers.length));
    await page.say(button.modelId, { method: "custom", content: { event: "click" } });
    await page.say(text.modelId, { method: "custom", content: { event: "submit" } }, [
      new Uint8Array(1),
    ]);
    button.click();
    expect(heard).toEqual([button, "a", { event: "submit" }, 1, button]);
  });

  it("closes widgets, as close does", async () => {
    const [one, two] = [new Text(), new Text()];
    page.take();
    one.close();
    one.close();
    expect(page.take().map(({ type }) => type)).toEqual(["comm_close"]);
    await page.send("comm_close", { comm_id: two.modelId, data: {} });
    expect([one.isClosed, two.isClosed]).toEqual([true, true]);
    two.value = "unheard";
    expect(page.take()).toEqual([]);
    expect(two.mimeBundle()).toEqual({ "text/plain": "Text({ value: 'unheard' })" });
  });
});

describe("widgets within widgets", () => {
  it("are references, both ways", async () => {
    const [a, b] = [new Text(), new Text()];
    const box = new HBox([a], { boxStyle: "info" });
    expect(box.boxStyle).toBe("info");
    await page.say(box.modelId, {
      method: "update",
      state: { children: [`IPY_MODEL_${b.modelId}`, `IPY_MODEL_${a.modelId}`] },
    });
    expect(box.children).toEqual([b, a]);
    expect(() => new HBox([a, "b" as never])).toThrow("HBox.children[1]: 'b' is not a widget");
  });

  it("show themselves by their model", () => {
    const slider = new IntSlider({ value: 3 });
    const show = slider as unknown as Record<symbol, () => Record<string, unknown>>;
    expect(show[Symbol.for("Jupyter.display")]!()).toEqual({
      "text/plain": "IntSlider({ value: 3 })",
      "application/vnd.jupyter.widget-view+json": {
        version_major: 2,
        version_minor: 0,
        model_id: slider.modelId,
      },
    });
  });
});

describe("dates and files", () => {
  it("travel in parts", async () => {
    const at = new Date("2026-11-20T10:20:30.405Z");
    const state = (widget: { modelId: string }) => {
      const opened = page.take().find(({ content }) => content.comm_id === widget.modelId);
      return (opened!.content.data as { state: { value: unknown } }).state.value;
    };
    const day = { year: 2026, month: 10, date: 20 };
    expect(state(new DatePicker({ value: at }))).toEqual(day);
    const clock = { hours: 10, minutes: 20, seconds: 30, milliseconds: 405 };
    expect(state(new DatetimePicker({ value: at }))).toEqual({ ...day, ...clock });
    expect(state(new TimePicker({ value: "10:20:30.405" }))).toEqual(clock);
    const local = new Date(2026, 10, 20, 10, 20, 30, 405);
    expect(state(new NaiveDatetimePicker({ value: local }))).toEqual({ ...day, ...clock });

    const picker = new DatetimePicker({ max: new Date("2027-01-01T00:00:00Z") });
    await page.say(picker.modelId, { method: "update", state: { value: { ...day, ...clock } } });
    expect(picker.value).toEqual(at);
    picker.value = new Date("2028-01-01T00:00:00Z");
    expect(picker.value).toEqual(picker.max);
    expect(() => new TimePicker({ value: "25:00" })).toThrow(
      "TimePicker.value: '25:00' is not a time",
    );
  });

  it("of an upload have bytes and a date, and are not echoed", async () => {
    const upload = new FileUpload();
    page.take();
    const file = { name: "a.txt", type: "text/plain", size: 2, last_modified: 86_400_000 };
    await page.say(
      upload.modelId,
      { method: "update", state: { value: [file] }, buffer_paths: [["value", 0, "content"]] },
      [new Uint8Array([104, 105])],
    );
    expect(upload.value).toEqual([
      {
        name: "a.txt",
        type: "text/plain",
        size: 2,
        lastModified: new Date(86_400_000),
        content: new Uint8Array([104, 105]),
      },
    ]);
    expect(page.takeData()).toEqual([]);
  });
});

describe("anywidget", () => {
  it("shares its state, typed arrays of the same kind", async () => {
    const widget = anywidget({
      esm: "export default {}",
      css: "a {}",
      state: { count: 1, data: new Float32Array([1.5]) },
    });
    const [opened] = page.take();
    expect(opened!.content.data).toMatchObject({
      state: { _model_module: "anywidget", _model_module_version: "*", _css: "a {}", count: 1 },
      buffer_paths: [["data"]],
    });
    expect(opened!.buffers).toEqual([new Uint8Array(new Float32Array([1.5]).buffer)]);
    widget.count += 1;
    widget.data[0] = 2.5;
    widget.sendState("data");
    expect(page.take().at(-1)!.buffers).toEqual([new Uint8Array(new Float32Array([2.5]).buffer)]);
    // Bytes that begin where no number may.
    const bytes = new Uint8Array(9).subarray(1);
    bytes.set(new Uint8Array(new Float32Array([3, 4]).buffer));
    await page.say(widget.modelId, { method: "update", state: {}, buffer_paths: [["data"]] }, [
      bytes,
    ]);
    expect(widget.data).toEqual(new Float32Array([3, 4]));
    expect(page.takeData().map(({ method }) => method)).toEqual(["echo_update"]);
  });

  it("has no field of a name that every widget has", () => {
    expect(() => anywidget({ esm: "", state: { close: 1 } })).toThrow("state.close");
  });
});
