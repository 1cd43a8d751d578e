import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

interface Locked {
  name?: string;
  hasInstallScript?: boolean;
}

const lock = JSON.parse(
  readFileSync(join(resolve(import.meta.dirname, ".."), "package-lock.json"), "utf8"),
) as { packages: Record<string, Locked> };

const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
const nameOf = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + 13);

describe("package-lock.json", () => {
  it("has no gl, a build of minutes, and no webgpu, 85 MB: gpu.js does without", () => {
    const heavy = packages.filter(([path]) => /^(gl|webgpu)$/.test(nameOf(path)));
    expect(heavy.length).toBeGreaterThan(0);
    for (const [, { name }] of heavy) expect(name).toBe("empty-npm-package");
  });

  it("has no other package with an install script than those that were seen to do without", () => {
    const names = packages
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([p]) => nameOf(p));
    const known = ["esbuild", "zeromq"];
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });
});
