import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatted, sourcesOf } from "../../../kernel-ext/widgets/controls/generate.mjs";
import * as widgets from "../../../kernel-ext/widgets/index.js";
import { python, root, temporaryFolder } from "../run-cells.js";
import { FakePage } from "./fake-page.js";

interface SchemaTrait {
  name: string;
  type: string;
  default: unknown;
}

interface Schema {
  ipywidgets: string;
  widgets: { name: string; model: string[]; view: (string | null)[]; traits: SchemaTrait[] }[];
}

const folder = join(root, "kernel-ext/widgets/controls");
const schema = JSON.parse(readFileSync(join(folder, "schema.json"), "utf8")) as Schema;
type Made = widgets.Widget & Record<string, unknown>;
const classes = widgets as unknown as Record<string, new (options: object) => Made>;
const linkless = schema.widgets.filter(({ name }) => !name.endsWith("Link"));

let page: FakePage;
beforeEach(() => {
  page = new FakePage();
});
afterEach(() => page.close());

describe("the controls of ipywidgets", () => {
  it("are what the generator makes of the schema", () => {
    for (const [name, text] of sourcesOf(schema)) {
      expect(formatted(name, text), name).toBe(readFileSync(join(folder, name), "utf8"));
    }
  });

  const version = existsSync(python)
    ? spawnSync(python, ["-c", "import ipywidgets; print(ipywidgets.__version__)"])
    : undefined;
  const same = version?.stdout.toString().trim() === schema.ipywidgets;
  it.skipIf(!same)("have the schema of ipywidgets itself (needs .venv with its version)", () => {
    const [temporary, remove] = temporaryFolder({});
    const made = join(temporary, "schema.json");
    const { status, stderr } = spawnSync(python, [join(folder, "make_schema.py"), made]);
    expect(status, String(stderr)).toBe(0);
    expect(JSON.parse(readFileSync(made, "utf8"))).toEqual(schema);
    remove();
  });

  it.each(linkless)("$name opens with its page's class and defaults", ({ name, ...widget }) => {
    const made = new classes[name]!({});
    const opened = page.take().at(-1)!;
    const { state } = opened.content.data as { state: Record<string, unknown> };
    expect(opened.content.comm_id).toBe(made.modelId);
    expect([state._model_module, state._model_module_version, state._model_name]).toEqual(
      widget.model,
    );
    expect([state._view_module, state._view_module_version, state._view_name]).toEqual(widget.view);
    for (const trait of widget.traits) {
      if (["widget", "bytes"].includes(trait.type)) continue;
      // Nothing is selected without options, where ipywidgets refuses to make some selections.
      if ("options" in made && trait.name === "index") continue;
      expect(state[trait.name], trait.name).toEqual(trait.default);
    }
  });

  it.each(linkless)("$name takes back each of its values", ({ name, traits }) => {
    const made = new classes[name]!({});
    for (const trait of traits) {
      if ("readOnly" in trait || trait.name === "index") continue;
      const property = trait.name.replace(/^_/, "").replace(/_([a-z])/g, (_, c) => c.toUpperCase());
      const value = made[property];
      expect(() => made.set({ [property]: value }), property).not.toThrow();
      expect(made[trait.name.startsWith("_") ? property : trait.name]).toEqual(value);
    }
  });

  it("of a game are set by the page only", () => {
    const controller = new widgets.Controller();
    expect(() => controller.set({ name: "mine" })).toThrow("only the page sets this trait");
  });
});

describe("ranges and limits", () => {
  it("hold values between limits", () => {
    const slider = new widgets.FloatSlider({ min: -1, max: 1, value: 5 });
    expect(slider.value).toBe(1);
    slider.max = 0.5;
    expect(slider.value).toBe(0.5);
    const log = new widgets.FloatLogSlider({ min: 0, max: 2, value: 1000 });
    expect(log.value).toBe(100);
    expect(new widgets.IntProgress({ max: 10, value: 20 }).value).toBe(10);
  });

  it("have two ends", () => {
    const range = new widgets.IntRangeSlider({ min: 0, max: 10 });
    expect(range.value).toEqual([2, 7]);
    range.lower = 5;
    expect([range.value, range.upper]).toEqual([[5, 7], 7]);
    range.max = 6;
    expect(range.value).toEqual([5, 6]);
    expect(() => range.set({ value: [6, 5] })).toThrow("6 is above 5");
    expect(new widgets.FloatRangeSlider({ min: 0, max: 1 }).value).toEqual([0.25, 0.75]);
  });

  it("keep tags to what is allowed", () => {
    const tags = new widgets.TagsInput({ allowedTags: ["iron", "nickel"], value: ["iron"] });
    expect(() => tags.set({ value: ["nikel"] })).toThrow("did you mean nickel?");
    expect(() => new widgets.IntsInput({ min: 1, value: [0] })).toThrow("outside min and max");
  });
});

describe("pages of containers", () => {
  it("have titles and a selection", () => {
    const texts = [new widgets.Text(), new widgets.Text()];
    const tab = new widgets.Tab(texts, { titles: ["a"] });
    expect([tab.titles, tab.selectedIndex]).toEqual([["a", ""], 0]);
    tab.setTitle(1, "b");
    expect(tab.getTitle(1)).toBe("b");
    tab.selectedIndex = 1;
    tab.children = [texts[0]!];
    expect([tab.titles, tab.selectedIndex]).toEqual([["a"], 0]);
    expect(() => tab.set({ selectedIndex: 3 })).toThrow("use 0 to 0, or null");
    expect(() => tab.setTitle(4, "x")).toThrow("there is no page 4");
    expect(new widgets.Accordion(texts).selectedIndex).toBeNull();
  });
});

describe("pictures", () => {
  it("come from files and addresses", async () => {
    const [temporary, remove] = temporaryFolder({ "a.jpg": "bytes" });
    const image = new widgets.Image();
    await image.setFromFile(join(temporary, "a.jpg"));
    expect([image.format, Buffer.from(image.value).toString()]).toEqual(["jpeg", "bytes"]);
    image.setFromUrl("https://example.org/a.png");
    expect(image.format).toBe("url");
    await expect(image.setFromFile("no-such-file.png")).rejects.toThrow("cannot be read");
    remove();
  });
});
