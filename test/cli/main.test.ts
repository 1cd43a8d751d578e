import { expect, test } from "vitest";
import type { Command } from "../../src/cli/command.js";
import { commands } from "../../src/cli/commands.js";
import { main } from "../../src/cli/main.js";
import { OutputError } from "../../src/errors.js";
import { version } from "../../src/version.js";
import { run } from "./run.js";

test("help, overall and of each command", async () => {
  const all = await run(["--help"]);
  expect(all.code).toBe(0);
  for (const { name, summary } of commands) {
    expect(all.stdout).toContain(`${name} `);
    expect(all.stdout).toContain(summary);
    const one = await run([name, "--help"]);
    expect(one).toMatchObject({ code: 0, stderr: "" });
    expect(one.stdout).toContain(`usage: cakelab ${name} `);
    expect((await run([name, "-h"])).stdout).toBe(one.stdout);
  }
});

test("the version", async () => {
  expect(await run(["--version"])).toEqual({ code: 0, stdout: `cakelab ${version}\n`, stderr: "" });
});

test.each([
  [[], "usage: cakelab <command>"],
  [["cack"], 'there is no command "cack"; did you mean cake or mask?'],
  [["cack"], "See cakelab --help"],
  [["cake"], "See cakelab cake --help"],
  [["frobnicate"], "choose integrate, cake, calibrate, mask, info, convert"],
  [["cake", "--first-cake-angel", "3"], "did you mean --first-cake-angle?"],
  [["cake", "x.tif"], "-p, --poni PONI is missing"],
  [["integrate", "x.tif", "-p", "x.poni", "-o", "out"], "-c, --npt NPT is missing"],
])("%j is wrong usage", async (argv, message) => {
  const { code, stdout, stderr } = await run(argv);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
});

test.each([
  [new OutputError("a.dat", "not written"), 1, "cakelab: a.dat: not written\n"],
  [
    new TypeError("a bug"),
    1,
    "an error that should not happen; please report it.\nTypeError: a bug",
  ],
])("%s is a failure", async (error, expected, message) => {
  const failing: Command = {
    name: "fail",
    summary: "Fail",
    run: async () => {
      throw error;
    },
  };
  let stderr = "";
  const write = (text: string) => {
    stderr += text;
  };
  const io = { stdout: { write }, stderr: { write }, isTTY: false, env: {} };
  expect(await main(["fail"], io, [failing])).toBe(expected);
  expect(stderr).toContain(message);
});
