import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  Dropdown,
  Select,
  SelectionRangeSlider,
  SelectMultiple,
} from "../../../kernel-ext/widgets/index.js";
import { FakePage } from "./fake-page.js";

let page: FakePage;
beforeEach(() => {
  page = new FakePage();
});
afterEach(() => page.close());

describe("a selection", () => {
  it.each([
    [
      [1, 2],
      ["1", "2"],
      [1, 2],
    ],
    [
      [
        ["one", 1],
        ["two", 2],
      ],
      ["one", "two"],
      [1, 2],
    ],
    [{ one: 1, two: 2 }, ["one", "two"], [1, 2]],
    [new Map([["one", 1]]), ["one"], [1]],
    [new Set(["a", "b"]), ["a", "b"], ["a", "b"]],
    [[], [], []],
  ])("takes options as %o", (options, labels, values) => {
    const dropdown = new Dropdown({ options });
    const { state } = page.take().at(-1)!.content.data as { state: Record<string, unknown> };
    expect(state._options_labels).toEqual(labels);
    expect(state.index).toBe(labels.length === 0 ? null : 0);
    expect(state).not.toHaveProperty("options");
    expect([dropdown.value, dropdown.label]).toEqual([values[0] ?? null, labels[0] ?? null]);
  });

  it("keeps value, label and index in step", async () => {
    const select = new Select({ options: { one: 1, two: 2, three: 3 }, value: 2 });
    const seen: unknown[] = [];
    select.observe(({ new: value }) => seen.push(value), "value");
    expect([select.index, select.label]).toEqual([1, "two"]);
    select.label = "three";
    await page.say(select.modelId, { method: "update", state: { index: 0 } });
    select.index = null;
    expect(seen).toEqual([3, 1, null]);
    select.options = ["a", "b"];
    expect(select.value).toBeNull();
    select.value = "b";
    select.options = ["c", "d"];
    expect([select.value, select.index]).toEqual(["c", 0]);
  });

  it.each([
    [{ value: "tow" }, "'tow' is not one of the options; did you mean two?"],
    [{ label: "five" }, "is not one of the options"],
    [{ index: 7 }, "use 0 to 1, or null"],
    [{ options: 3 }, "no options to select from"],
  ])("refuses %o", (options, message) => {
    expect(() => new Dropdown({ options: ["one", "two"], ...options } as object)).toThrow(message);
  });

  it("of several is a list", () => {
    const several = new SelectMultiple({ options: ["a", "b", "c"], value: ["c", "a"] });
    expect(several.index).toEqual([2, 0]);
    several.index = [1];
    expect([several.value, several.label]).toEqual([["b"], ["b"]]);
    several.options = ["x"];
    expect(several.value).toEqual([]);
    expect(() => several.set({ value: "x" })).toThrow("is not a list");
    const range = new SelectionRangeSlider({ options: ["a", "b", "c"] });
    expect(range.value).toEqual(["a", "a"]);
    range.value = ["a", "c"];
    expect(range.index).toEqual([0, 2]);
    expect(() => range.set({ index: [1] })).toThrow("two ends");
  });
});
