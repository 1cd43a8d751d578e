import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { writeNpy } from "../../src/export/npy.js";
import { type Beamline, beamline } from "./beamline.js";

/** The command line as a program of its own, wired as `bin` wires it. */
async function start({ at }: Beamline, argv: readonly string[]): Promise<ChildProcess> {
  const outfile = at("program/cakelab.mjs");
  await build({
    stdin: {
      contents: `
        import { main } from "./src/cli/main.ts";
        const controller = new AbortController();
        process.once("SIGINT", () => controller.abort());
        const { stdout, stderr, env } = process;
        const io = { stdout, stderr, isTTY: false, env, signal: controller.signal };
        process.exitCode = await main(process.argv.slice(2), io);`,
      resolveDir: ".",
    },
    bundle: true,
    platform: "node",
    format: "esm",
    // Some of the packages are CommonJS and require Node's modules.
    banner: {
      js: 'import { createRequire as of } from "node:module"; const require = of(import.meta.url);',
    },
    outfile,
    logLevel: "silent",
  });
  return spawn(process.execPath, [outfile, ...argv], { stdio: ["ignore", "pipe", "pipe"] });
}

test("as a program it writes, prints and ends with its exit code", async () => {
  const line = await beamline();
  const { at, poni } = line;
  const child = await start(line, [
    "cake",
    at("frame_1.tif"),
    "-p",
    poni,
    "--npt",
    "9",
    "-o",
    at("out"),
  ]);
  let stdout = "";
  child.stdout!.on("data", (chunk) => {
    stdout += chunk;
  });
  const [code] = await once(child, "close");
  expect(stdout).toMatch(/^1 of 1 done/);
  expect(code).toBe(0);
  expect(readdirSync(at("out")).sort()).toEqual(["frame_1.dat", "frame_1.json"]);
});

test.skipIf(process.platform === "win32")("an interrupt leaves whole files only", async () => {
  const line = await beamline();
  const { at, poni } = line;
  const frames = 1500;
  await writeNpy(at("stack.npy"), { data: new Uint8Array(2000 * frames), shape: [frames, 40, 50] });
  const argv = ["integrate", at("stack.npy"), "-p", poni, "-c", "500", "-o", at("out")];
  const child = await start(line, argv);
  let stderr = "";
  child.stderr!.on("data", (chunk) => {
    stderr += chunk;
    if (!child.killed && stderr.includes("[3/")) {
      child.kill("SIGINT");
    }
  });
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  expect(stderr).toContain("stopped; every file that was written is whole");
  expect(existsSync(at("out"))).toBe(true);
  const names = readdirSync(at("out"));
  expect(names.length).toBeGreaterThanOrEqual(3);
  expect(names.length).toBeLessThan(frames);
  for (const name of names) {
    expect(name).toMatch(/^stack_\d{5}\.dat$/);
    const rows = readFileSync(at(`out/${name}`), "utf8").match(/^ .*$/gm);
    expect(rows).toHaveLength(500);
  }
});
