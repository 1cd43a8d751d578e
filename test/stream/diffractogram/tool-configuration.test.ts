import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/config/parse-yaml.js";
import { setNoticeHook } from "../../../src/notice.js";
import { toolConfigurationSchema } from "../../../src/stream/diffractogram/configuration-schema.js";
import { DiffractogramTool } from "../../../src/stream/diffractogram/diffractogram-tool.js";
import {
  formatToolConfiguration,
  parseToolConfiguration,
  TOOL_CONFIGURATION_KEYS,
} from "../../../src/stream/diffractogram/tool-configuration.js";
import { TOOL_UNITS } from "../../../src/stream/diffractogram/unit.js";

const folder = join(import.meta.dirname, "../../fixtures/diffractogram");
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  toolConfigurationSchema,
);

let notices: string[] = [];
beforeEach(() => {
  notices = [];
  setNoticeHook((text) => notices.push(text));
});
afterEach(() => {
  setNoticeHook(undefined);
});

/** An example of LaVue's, with the calibration that lies beside it. */
function example(name: string): Record<string, unknown> {
  const json = JSON.parse(readFileSync(join(folder, name), "utf8"));
  return { ...json, calibration: join(folder, json.calibration) };
}

describe.each(["lavue-manual.json", "lavue-controller.json"])("LaVue's example %s", (name) => {
  it("is told again as it was, as LaVue's own test demands", async () => {
    const given = example(name);
    expect(validate(given)).toBe(true);
    const tool = new DiffractogramTool();
    await tool.configure(JSON.stringify(given));
    expect(tool.configuration).toMatchObject(given);
    expect(validate(tool.configuration)).toBe(true);
    expect(notices).toEqual([]);
    const again = new DiffractogramTool();
    await again.configure(formatToolConfiguration(tool.configuration));
    expect(again.configuration).toEqual(tool.configuration);
  });
});

it("writes every state that it has with LaVue's keys", async () => {
  const tool = new DiffractogramTool();
  expect(tool.configuration).toEqual({
    diff_number: 1,
    diff_ranges: [[null, null, null, null]],
    diff_units: "q [1/nm]",
    buffer_size: 1024,
    buffering: false,
    collect: false,
    show_diff: false,
    main_plot: "image",
  });
});

it("takes buffering at its word, where LaVue switches whatever it says", async () => {
  const tool = new DiffractogramTool();
  for (const buffering of [true, true, false, false]) {
    await tool.configure({ buffering });
    expect(tool.settings.isBuffering).toBe(buffering);
  }
});

it("takes q [1/A] for what it says, where LaVue falls back to 1/nm", async () => {
  const tool = new DiffractogramTool();
  for (const [name, unit] of [
    ["q [1/A]", "q_A^-1"],
    ["Q [1/a]", "q_A^-1"],
    ["q_A^-1", "q_A^-1"],
    ["r [pixel]", "r_pixel"],
    ["R [MM]", "r_mm"],
  ] as const) {
    await tool.configure({ diff_units: name as never });
    expect(tool.settings.unit).toBe(unit);
    expect(tool.configuration.diff_units).toBe(
      TOOL_UNITS.find((known) => known === name) ?? tool.configuration.diff_units,
    );
  }
});

it("has as many ranges as diff_number says, those that are not given without limits", async () => {
  const tool = new DiffractogramTool();
  await tool.configure({ diff_number: 3, diff_ranges: [[10, 20, 0, 10]] });
  expect(tool.sectors).toEqual([{ azimuth: [10, 20], twoTheta: [0, 10] }, {}, {}]);
  await tool.configure({ diff_number: 1 });
  expect(tool.settings.ranges).toEqual([[10, 20, 0, 10]]);
  await tool.configure({ diff_number: 0 });
  expect(tool.settings.ranges).toEqual([]);
  await tool.configure({
    diff_ranges: Array.from({ length: 6 }, (_, i) => [i, i + 1, null, null]),
  });
  expect(tool.buffers.length).toBe(6);
  await tool.configure({ main_plot: "Buffer 6" });
  expect(tool.configuration.main_plot).toBe("buffer 6");
});

it.each([
  [[null, null, null, null], {}],
  [[10, null, null, null], { azimuth: [10, 360] }],
  [[null, 20, null, null], { azimuth: [0, 20] }],
  [[null, null, 5, null], { twoTheta: [5, 90] }],
  [[null, null, null, 20], { twoTheta: [0, 20] }],
  [[20, 10, 15, 5], { azimuth: [10, 20], twoTheta: [5, 15] }],
  [[-5, 5, 5, 120], { azimuth: [-5, 5], twoTheta: [5, 90] }],
  [[350, 370, null, null], { azimuth: [350, 370] }],
] as const)("reads the range %j", async (range, sector) => {
  const tool = new DiffractogramTool();
  await tool.configure({ diff_ranges: [range] });
  expect(tool.sectors).toEqual([sector]);
});

it("tells that it has swapped azimuths, and how the other sector is written", async () => {
  await new DiffractogramTool().configure({ diff_ranges: [[350, 10, null, null]] });
  expect(notices.join()).toMatch(/350 to 10° is taken as 10 to 350°.*write 350 to 370°/);
});

it("tells of keys that LaVue does not have, with what may be meant, and keeps them", async () => {
  const tool = new DiffractogramTool();
  await tool.configure(
    { diff_range: [[1, 2, 3, 4]], sample: { name: "steel" } } as never,
    "job.json",
  );
  expect(notices).toEqual([
    `job.json: LaVue's diffractogram tool has no key "diff_range"; did you mean diff_ranges?`,
    `job.json: LaVue's diffractogram tool has no key "sample"; it does nothing`,
  ]);
  expect(tool.settings.ranges).toEqual([[null, null, null, null]]);
  expect(tool.configuration).toMatchObject({
    diff_range: [[1, 2, 3, 4]],
    sample: { name: "steel" },
  });
  expect(JSON.parse(formatToolConfiguration(tool.configuration))).toMatchObject({
    sample: { name: "steel" },
  });
});

it("does in their order what a configuration asks for", async () => {
  const tool = new DiffractogramTool({ points: 20, method: { engine: "js" } });
  const shape: [number, number] = [50, 40];
  const image = { data: new Uint16Array(2000).fill(5), shape, timestamp: 7 };
  const poni = join(folder, "small.poni");
  await expect(tool.configure({ show_diff: true })).rejects.toThrow(/there is none yet/);
  await tool.configure({ calibration: poni, next: true, collect: true });
  expect(tool).toMatchObject({ isShown: false, isCollecting: true, calibration: poni });
  await tool.put(image);
  expect(tool.buffers[0]!.length).toBe(0);
  await tool.configure({ next: true });
  expect(tool.buffers[0]!.length).toBe(1);
  await tool.configure({ show_diff: true });
  await tool.put(image);
  expect(tool.buffers[0]!.length).toBe(2);
  await tool.configure({ reset: true, stop_diff: true, buffer_size: 1024 });
  expect(tool).toMatchObject({ isShown: false });
  expect(tool.buffers[0]!.length).toBe(0);
  await tool.configure({ next: false, reset: false, stop_diff: false, show_diff: true });
  expect(tool.isShown).toBe(true);
  await tool.configure({ show_diff: false, collect: false });
  expect(tool).toMatchObject({ isShown: false, isCollecting: false });
});

const WRONG: readonly (readonly [string, unknown, RegExp])[] = [
  ["calibration", 3, /path of a PONI file/],
  ["diff_number", -1, /whole number from 0 to 1024/],
  ["diff_number", 1.5, /whole number/],
  ["diff_number", 1e9, /to 1024/],
  ["diff_number", "2", /whole number/],
  ["diff_ranges", {}, /list of/],
  ["diff_ranges", [[1, 2, 3]], /no range/],
  ["diff_ranges", [[1, 2, 3, 4, 5]], /no range/],
  ["diff_ranges", [[1, 2, 3, "4"]], /no range/],
  ["diff_ranges", [1, 2, 3, 4], /no range/],
  ["diff_ranges", Array(2000).fill([1, 2, 3, 4]), /1024 at most/],
  ["diff_units", "furlong", /choose from/],
  ["diff_units", 2, /a unit/],
  ["buffering", "true", /true or false/],
  ["buffer_size", 0, /whole number from 1/],
  ["buffer_size", "512", /whole number/],
  ["buffer_size", null, /whole number/],
  ["collect", 1, /true or false/],
  ["show_diff", null, /true or false/],
  ["main_plot", "buffer", /"buffer 1"/],
  ["main_plot", "buffer 0", /"buffer 1"/],
  ["main_plot", 1, /"image"/],
  ["stop_diff", [], /true or false/],
  ["next", "yes", /true or false/],
  ["reset", {}, /true or false/],
];

it.each(WRONG)("refuses %s %j, and so does the schema", (key, value, message) => {
  expect(() => parseToolConfiguration({ [key]: value }, "job.json")).toThrow(ConfigError);
  expect(() => parseToolConfiguration({ [key]: value }, "job.json")).toThrow(message);
  expect(() => parseToolConfiguration({ [key]: value }, "job.json")).toThrow(`job.json: ${key} is`);
  expect(validate({ [key]: value })).toBe(false);
});

it.each(["", "[]", "3", '{"a"', "null", "\u0000", '"text"'])("refuses the text %j", (text) => {
  expect(() => parseToolConfiguration(text)).toThrow(ConfigError);
});

it("changes nothing where one of its values cannot be", async () => {
  const tool = new DiffractogramTool();
  const before = tool.configuration;
  for (const wrong of [
    { diff_number: 2, main_plot: "buffer 3" },
    { diff_number: 2, calibration: join(folder, "none.poni") },
    { diff_units: "r [mm]", diff_ranges: [[0, 0, 1, 2]] },
  ]) {
    await expect(tool.configure(wrong as never)).rejects.toThrow();
    expect(tool.configuration).toEqual(before);
  }
});

const angle = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -180, max: 180 }),
  fc.double({ min: 0, max: 80, noNaN: true }),
);
const configuration = fc.record(
  {
    calibration: fc.string(),
    diff_number: fc.nat({ max: 1024 }),
    diff_ranges: fc.array(fc.tuple(angle, angle, angle, angle), { maxLength: 6 }),
    diff_units: fc.constantFrom(...TOOL_UNITS, "2TH [Deg]", "q_nm^-1"),
    buffering: fc.boolean(),
    buffer_size: fc.integer({ min: 1, max: 2 ** 29 }),
    collect: fc.boolean(),
    show_diff: fc.boolean(),
    main_plot: fc.constantFrom("image", "Image", "buffer 1", "BUFFER 12"),
    stop_diff: fc.boolean(),
    next: fc.boolean(),
    reset: fc.boolean(),
  },
  { requiredKeys: [] },
);

it("reads and writes only what its schema knows", () => {
  const keys = Object.keys(toolConfigurationSchema.properties as object);
  expect([...keys].sort()).toEqual([...TOOL_CONFIGURATION_KEYS].sort());
  const property = fc.property(configuration, (given) => {
    expect(validate(given)).toBe(true);
    let parsed: ReturnType<typeof parseToolConfiguration>;
    try {
      parsed = parseToolConfiguration(JSON.stringify(given));
    } catch (error) {
      // What a schema cannot say: that the ends of a range differ, and paths have no NUL.
      expect((error as Error).message).toMatch(/no sector|no range|path of a PONI/);
      return;
    }
    expect(validate(parsed)).toBe(true);
    expect(validate(JSON.parse(formatToolConfiguration(parsed)))).toBe(true);
    expect(parseToolConfiguration(formatToolConfiguration(parsed))).toEqual(parsed);
  });
  fc.assert(property, { seed: 17, numRuns: 300 });
});

it("never fails in another way than by saying what is wrong, whatever it is given", () => {
  const anything = fc.dictionary(
    fc.oneof(fc.constantFrom(...TOOL_CONFIGURATION_KEYS), fc.string()),
    fc.jsonValue(),
  );
  const property = fc.property(anything, (given) => {
    try {
      const parsed = parseToolConfiguration(JSON.stringify(given));
      expect(validate(parsed)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
    }
  });
  fc.assert(property, { seed: 18, numRuns: 500 });
});
