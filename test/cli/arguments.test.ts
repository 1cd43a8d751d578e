import { expect, test } from "vitest";
import { type OptionTable, parseArguments } from "../../src/cli/arguments.js";
import { UsageError } from "../../src/cli/command.js";

const table: OptionTable = {
  "radial-range": { value: "A,B", help: "limits" },
  npt: { short: "c", value: "NPT", help: "number of bins" },
  dark: { short: "d", value: "DARK,…", help: "darks", list: true },
  polarization: { value: "F", help: "factor" },
  order: { value: "ORDER", help: "direction" },
  json: { help: "as JSON" },
};
const parse = (...argv: string[]) => parseArguments(argv, table);

test("options, their short forms and positionals in any order", () => {
  const args = parse("a.tif", "-c", "100", "--json", "b.tif", "--order=clockwise", "--", "-c");
  expect(args.positionals).toEqual(["a.tif", "b.tif", "-c"]);
  expect(args.count("npt")).toBe(100);
  expect(args.has("json")).toBe(true);
  expect(args.choice("order", ["clockwise", "anticlockwise"])).toBe("clockwise");
  expect(args.text("polarization")).toBeUndefined();
});

test("values may be negative", () => {
  expect(parse("--radial-range", "-5,-.5").range("radial-range")).toEqual([-5, -0.5]);
  expect(parse("--radial-range=-5,5").range("radial-range")).toEqual([-5, 5]);
  expect(parse("--polarization", "-1").number("polarization")).toBe(-1);
  expect(() => parse("-c", "-7").count("npt")).toThrow(/whole number above 0, not -7/);
});

test("lists are given by commas or again", () => {
  expect(parse("-d", "a,b", "--dark", "c").list("dark")).toEqual(["a", "b", "c"]);
  expect(parse().list("dark")).toEqual([]);
});

test.each<[string[], (args: ReturnType<typeof parse>) => unknown, RegExp]>([
  [
    ["--radial-rang", "1,2"],
    () => 0,
    /there is no option --radial-rang; did you mean --radial-range\?/,
  ],
  [["-x"], () => 0, /there is no option -x; --help lists the options/],
  [["--__proto__", "1"], () => 0, /there is no option --__proto__/],
  [["--npt"], () => 0, /-c, --npt NPT needs a value: number of bins/],
  [["--json=yes"], () => 0, /--json takes no value/],
  [["-c", "1", "-c", "2"], (args) => args.count("npt"), /given 2 times; give it once/],
  [["-c", "many"], (args) => args.count("npt"), /is a number, not "many"/],
  [["-c", "1.5"], (args) => args.count("npt"), /whole number above 0, not 1.5/],
  [
    ["--radial-range", "1"],
    (args) => args.range("radial-range"),
    /two numbers, such as 2,8; not "1"/,
  ],
  [["--radial-range", "1,2,3"], (args) => args.range("radial-range"), /two numbers/],
  [["--radial-range", "1,"], (args) => args.range("radial-range"), /is a number, not ""/],
  [
    ["--order", "left"],
    (args) => args.choice("order", ["up", "down"]),
    /cannot be "left"; choose up, down/,
  ],
  [[], (args) => args.required("npt"), /-c, --npt NPT is missing: number of bins/],
])("%j is refused", (argv, ask, message) => {
  const asking = () => ask(parse(...argv));
  expect(asking).toThrow(UsageError);
  expect(asking).toThrow(message);
});
