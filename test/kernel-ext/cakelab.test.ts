import { spawnSync } from "node:child_process";
import { accessSync, chmodSync, constants, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { userDataFolder } from "../../kernel-ext/jupyter-folders.js";
import { hasJupyter, python, root, runCells, temporaryFolder } from "./run-cells.js";

const bin = join(root, "dist/bin/cakelab.js");

function cakelab(args: string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [bin, ...args], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
}

describe.skipIf(!existsSync(bin))("the cakelab command (needs a build)", () => {
  const [folder, remove] = temporaryFolder({});
  afterAll(remove);
  const spec = (jupyter: string): string => join(folder, jupyter, "kernels/cakelab/kernel.json");

  it("has the library's commands, and those of the notebook", () => {
    const { status, stdout } = cakelab(["--help"]);
    expect(status).toBe(0);
    for (const name of ["integrate", "cake", "info", "convert", "kernel", "lab"]) {
      expect(stdout).toMatch(new RegExp(`^ +${name} `, "m"));
    }
  });

  it("can be executed as it is", () => {
    expect(readFileSync(bin, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(() => accessSync(bin, constants.X_OK)).not.toThrow();
  });

  it("tells of what it does not know in words of its own, not as Node's warnings", () => {
    const path = join(root, "test/fixtures/midas/tilted/parameters.txt");
    const parameters = join(folder, "parameters.txt");
    writeFileSync(parameters, `${readFileSync(path, "utf8")}Nonsense 1\n`);
    const { status, stderr } = cakelab(["midas-map", parameters]);
    expect(status).toBe(0);
    expect(stderr).toBe(
      `note: ${parameters}: the key Nonsense is not used here and kept as it is\n`,
    );
  });

  it("installs the kernel in a prefix, bound to this Node and this package, and removes it", () => {
    const prefix = ["--prefix", folder];
    expect(cakelab(["kernel", "install", ...prefix])).toMatchObject({ status: 0 });
    const { argv, display_name } = JSON.parse(readFileSync(spec("share/jupyter"), "utf8"));
    expect(display_name).toBe("TypeScript (CakeLab)");
    expect(argv).toEqual(
      expect.arrayContaining([process.execPath, join(root, "dist/kernel-ext/kernel.js")]),
    );
    const views = join(folder, "share/jupyter/labextensions/cakelab/package.json");
    expect(JSON.parse(readFileSync(views, "utf8")).jupyterlab._build.load).toMatch(/remoteEntry/);

    expect(cakelab(["kernel", "uninstall", ...prefix])).toMatchObject({ status: 0 });
    expect(existsSync(spec("share/jupyter"))).toBe(false);
    expect(existsSync(views)).toBe(false);
    expect(cakelab(["kernel", "uninstall", ...prefix]).stdout).toContain("nothing to remove");
  });

  it("installs the kernel for the user, unless told otherwise", () => {
    const { status } = cakelab(["kernel", "install"], { JUPYTER_DATA_DIR: join(folder, "mine") });
    expect(status).toBe(0);
    expect(existsSync(spec("mine"))).toBe(true);
  });

  it.skipIf(process.platform === "win32")("installs the kernel for the Python on the PATH", () => {
    const [environment, removeEnvironment] = temporaryFolder({
      "bin/python3": `#!/bin/sh\necho "$(dirname "$(dirname "$0")")"\n`,
    });
    chmodSync(join(environment, "bin/python3"), 0o755);
    const env = { PATH: `${join(environment, "bin")}:${process.env.PATH}` };
    const { stdout, status } = cakelab(["kernel", "install", "--sys-prefix"], env);
    expect(status).toBe(0);
    expect(stdout).toContain(environment);
    expect(existsSync(join(environment, "share/jupyter/kernels/cakelab/logo-svg.svg"))).toBe(true);
    removeEnvironment();
  });

  it.skipIf(!hasJupyter)("installs a kernel that Jupyter can start (needs .venv)", async () => {
    expect(cakelab(["kernel", "install", "--prefix", folder])).toMatchObject({ status: 0 });
    const jupyterPath = join(folder, "share/jupyter");
    const { runs, exitCode } = await runCells(["6 * 7"], { folder, jupyterPath });
    expect(runs[0]!.outputs[0]!.data).toEqual({ "text/plain": "42" });
    expect(exitCode).toBe(0);
  });

  it("interrupts by message, which also works where there are no signals", () => {
    const relocatable = join(root, "share/jupyter/kernels/cakelab/kernel.json");
    const { argv, interrupt_mode } = JSON.parse(readFileSync(relocatable, "utf8"));
    expect(interrupt_mode).toBe("message");
    expect(argv.join(" ")).toContain("{resource_dir}/../../../../dist/kernel-ext/kernel.js");
  });

  it.each([
    [["kernel"], "say install or uninstall"],
    [["kernel", "remove"], "say install or uninstall"],
    [["kernel", "install", "--user", "--sys-prefix"], "exclude each other"],
    [["kernel", "install", "--sys-prefx"], "--sys-prefix"],
  ])("refuses %s", (args, message) => {
    const { status, stderr } = cakelab(args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it("says so where there is no Python, and no JupyterLab", () => {
    const none = { PATH: folder };
    const { status, stderr } = cakelab(["kernel", "install", "--sys-prefix"], none);
    expect(status).toBe(2);
    expect(stderr).toContain("no Python on the PATH");
  });

  it.skipIf(!hasJupyter)("runs JupyterLab, with its arguments and exit code (needs .venv)", () => {
    const version = spawnSync(python, ["-m", "jupyterlab", "--version"], { encoding: "utf8" });
    expect(cakelab(["lab", "--version"]).stdout).toContain(version.stdout.trim());
    expect(cakelab(["lab", "--no-such-option=1", "--version=2"]).status).not.toBe(0);
  });
});

describe("the user's data folder of Jupyter", () => {
  it.skipIf(process.platform !== "linux")("follows XDG on Linux", () => {
    expect(userDataFolder({ XDG_DATA_HOME: "/data" })).toBe("/data/jupyter");
    expect(userDataFolder({})).toMatch(/\/\.local\/share\/jupyter$/);
  });
});
