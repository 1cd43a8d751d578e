import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { version } from "../src/version.js";

const root = resolve(import.meta.dirname, "..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  version: string;
  bin: Record<string, string>;
  exports: Record<string, string | Record<string, string>>;
};
const built = existsSync(join(root, "share/jupyter/kernels/cakelab/kernel.json"));

it.skipIf(!built)(
  "the package has what it names, and no more than it needs (needs a build)",
  () => {
    const pack = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const { stdout } = spawnSync("npm", pack, { cwd: root, encoding: "utf8" });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    const paths = files.map(({ path }) => path);

    const named = [
      ...Object.values(manifest.bin),
      ...Object.values(manifest.exports).flatMap((target) =>
        typeof target === "string" ? [target] : Object.values(target),
      ),
    ].map((path) => path.replace(/^\.\//, ""));
    const kernel = ["dist/kernel-ext/kernel.js", "kernel-ext/logo-svg.svg"];
    const spec = ["share/jupyter/kernels/cakelab/kernel.json"];
    const bridge = ["src/stream/pva/p4p-bridge.py"];
    expect(paths).toEqual(expect.arrayContaining([...named, ...kernel, ...spec, ...bridge]));

    const needless = /^dist\/test|^notebooks\/(data|analysis|calibration)|tsbuildinfo$|\.venv/;
    expect(paths.filter((path) => needless.test(path))).toEqual([]);
  },
);

it("has the version that the library tells", () => {
  expect(version).toBe(manifest.version);
});
