import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const environment = join(root, ".venv");
const MINUTES = 60_000;

const succeeds = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { cwd: root }).status === 0;
const canRun =
  succeeds("git", "rev-parse") &&
  succeeds("python3", "-c", "import ensurepip, venv") &&
  succeeds("bash", "--version");

describe("binder/environment.yml", () => {
  const text = (name: string): string => readFileSync(join(root, "binder", name), "utf8");

  it("pins the Python packages of requirements.txt", () => {
    const pins = [...text("requirements.txt").matchAll(/^[\w-]+==.*$/gm)].map(([pin]) => pin);
    const inYaml = [...text("environment.yml").matchAll(/^ {6}- (.*)$/gm)].map(([, pin]) => pin);
    expect(pins.length).toBeGreaterThan(0);
    expect(inYaml).toEqual(pins);
  });

  it("asks for a Node that package.json allows", () => {
    const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      engines: { node: string };
    };
    expect(text("environment.yml")).toContain(`- nodejs${engines.node}`);
  });
});

describe.skipIf(!canRun)(
  "binder/postBuild in a clean prefix (needs git, bash and Python's venv)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "cakelab-binder-"));
    const [clone, prefix, home] = ["clone", "prefix", "home"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    // The home is empty; only the caches of what is downloaded are shared. Without install scripts,
    // because npm holds them back sooner or later.
    const { JUPYTER_PATH: _, VIRTUAL_ENV: __, ...inherited } = process.env;
    const env = {
      npm_config_cache: join(homedir(), ".npm"),
      PIP_CACHE_DIR: join(homedir(), ".cache", "pip"),
      ...inherited,
      npm_config_ignore_scripts: "true",
      HOME: home,
      PATH: `${join(prefix, "bin")}:${process.env.PATH}`,
    };
    const run = (cwd: string, command: string, ...args: string[]): string => {
      const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
      if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${stdout}\n${stderr}`);
      return stdout;
    };

    // The packages of .venv are those of binder/requirements.txt, and installing them takes long.
    const installPython = (): void => {
      const has = existsSync(environment);
      run(folder, "python3", "-m", "venv", ...(has ? ["--without-pip"] : []), prefix);
      const python = join(prefix, "bin", "python");
      if (!has) {
        run(clone, python, ...["-m", "pip", "install", "--quiet", "-r", "binder/requirements.txt"]);
        return;
      }
      const ask = ["-c", "import sysconfig; print(sysconfig.get_path('purelib'))"];
      const theirs = run(folder, join(environment, "bin", "python"), ...ask);
      writeFileSync(join(run(folder, python, ...ask).trim(), "packages.pth"), theirs);
    };

    beforeAll(() => {
      mkdirSync(home);
      copyTree(clone);
      copyBuilt(clone);
      installPython();
      run(clone, "bash", "binder/postBuild");
    }, 8 * MINUTES);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it("puts the kernel into the prefix", () => {
      expect(readdirSync(join(prefix, "share/jupyter/kernels"))).toContain("cakelab");
    });

    it("opens JupyterLab on the tutorial", () => {
      const lab = ["-m", "jupyterlab", "--show-config-json"];
      const shown = run(clone, join(prefix, "bin", "python"), ...lab);
      const { LabApp } = JSON.parse(shown.slice(shown.indexOf("{"))) as {
        LabApp: { default_url: string };
      };
      expect(LabApp.default_url).toMatch(/^\/lab\/tree\/notebooks\/.*\.ipynb$/);
      expect(existsSync(join(clone, LabApp.default_url.replace("/lab/tree/", "")))).toBe(true);
    });

    // test/notebooks runs these, and looks at their numbers.
    const elsewhere = [
      "00-calibration.ipynb",
      "02-live-caking.ipynb",
      "03-scan-map.ipynb",
      "04-live.ipynb",
    ];
    const notebooks = readdirSync(join(root, "notebooks")).filter(
      (name) => name.endsWith(".ipynb") && !elsewhere.includes(name),
    );
    it.each(notebooks)("makes %s run from top to bottom", { timeout: 4 * MINUTES }, (name) => {
      const convert = ["-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir", folder];
      run(clone, join(prefix, "bin", "python"), ...convert, `notebooks/${name}`);
      expect(existsSync(join(folder, name))).toBe(true);
    });
  },
);

/** Copies what was built: `npm test` has built it all, and compiling takes most of a minute. */
function copyBuilt(to: string): void {
  const list = ["ls-files", "--others", "--ignored", "--exclude-standard", "-z", "src", "widgets"];
  const files = spawnSync("git", list, { cwd: root, encoding: "utf8" }).stdout.split("\0");
  for (const path of ["dist", ...files.filter((name) => name !== "")]) {
    if (!existsSync(join(root, path))) continue;
    cpSync(join(root, path), join(to, path), { recursive: true, preserveTimestamps: true });
  }
}

/** Copies what a clone of the working tree would have: tracked files, and new ones. */
function copyTree(to: string): void {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const files = spawnSync("git", list, { cwd: root, encoding: "utf8" }).stdout.split("\0");
  for (const file of files.filter((name) => name !== "" && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(root, file), join(to, file), { preserveTimestamps: true });
  }
}
