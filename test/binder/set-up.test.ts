import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** Runs statements that may use what set-up.mjs and progress.mjs export. */
function script(statements: string, env: Record<string, string> = {}): string {
  const imports = `import * as setUp from "${root}/binder/set-up.mjs";
    import { explain, run, step, StepError } from "${root}/binder/progress.mjs";`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", `${imports}\n${statements}`],
    { cwd: root, encoding: "utf8", env: { ...process.env, ...env } },
  );
  return stdout + stderr;
}

const stamp = "dist/test-set-up/stamp";

afterAll(() => rmSync(join(root, "dist/test-set-up"), { recursive: true, force: true }));

describe("a step that leaves a stamp", () => {
  const once = (state: string, work: string): string =>
    script(`console.log(await setUp.unlessDone("${stamp}", "${state}", async () => ${work}));`);

  it("is done once for one state, and again for another", () => {
    expect(once("a", '"done"')).toBe("done\n");
    expect(once("a", '"done"')).toBe("up to date\n");
    expect(once("b", '"done"')).toBe("done\n");
  });

  it("is done again after it failed", () => {
    once("c", '{ throw new Error("cut off") }');
    expect(existsSync(join(root, stamp))).toBe(false);
    expect(once("c", '"done"')).toBe("done\n");
    expect(readFileSync(join(root, stamp), "utf8")).toBe("c");
  });
});

describe("a step on the screen", () => {
  it("is one line with its time", () => {
    expect(script('await step("npm packages", () => "up to date");')).toMatch(
      /^npm packages … up to date, \d+\.\d s\n$/,
    );
  });

  it("that fails says what failed, what the command said and what to do", () => {
    const said = script(`
      const options = { what: "the build", remedy: "mend it." };
      const fails = ["-e", "console.log('line 3 is wrong'); process.exit(3)"];
      await step("build", () => run(process.execPath, fails, options)).catch(explain);`);
    expect(said).toContain("build … failed\n");
    expect(said).toContain("the build failed: exit code 3");
    expect(said).toContain("    line 3 is wrong");
    expect(said).toContain("What to do: mend it.");
  });

  it("whose command is not there says so", () => {
    const said = script(`
      await run("no-such-command", [], { what: "npm ci", remedy: "install npm." }).catch(explain);`);
    expect(said).toContain("npm ci failed: spawn no-such-command ENOENT");
  });
});

describe.skipIf(process.platform === "win32")("Python", () => {
  const bin = mkdtempSync(join(tmpdir(), "cakelab-bin-"));
  const python = (name: string, lines: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const find = (): string =>
    script("try { console.log(setUp.findPython()) } catch (e) { explain(e) }", { PATH: bin });

  beforeAll(() => rmSync(join(bin, "python3"), { force: true }));
  afterAll(() => rmSync(bin, { recursive: true, force: true }));

  it("is asked for where there is none", () => {
    expect(find()).toMatch(/needs Python 3\.10 or newer, and none was found/);
  });

  it("is refused where it is too old", () => {
    python("python3", "echo 3 9 2");
    expect(find()).toMatch(/needs Python 3\.10 or newer; python3 is 3\.9\.2/);
  });

  it("is found under a longer name, and 3.10 is newer than 3.9", () => {
    python("python3.10", "echo 3 10 4");
    expect(find()).toContain("{ command: 'python3.10', version: '3.10.4' }");
  });

  it("without ensurepip is named with the Debian package that it lacks", () => {
    python("python3", 'case "$2" in *ensurepip*) exit 1;; esac; echo 3 12 1');
    const said = script(
      `await setUp.makeEnvironment("dist/test-set-up/venv", "binder/requirements.txt").catch(explain);`,
      { PATH: bin },
    );
    expect(said).toContain("cannot make virtual environments");
    expect(said).toContain("apt install python3-venv (or python3.12-venv)");
  });
});
