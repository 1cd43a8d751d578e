import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

const compilers = {
  "5.0, which tslab carries": "node_modules/@tslab/typescript-for-tslab/lib/tsc.js",
  "7": "node_modules/typescript/bin/tsc",
};

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  exports: Record<string, string | { types: string }>;
};
const entries = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
  typeof target === "string" ? [] : [{ name: join("cakelab", subpath), types: target.types }],
);
const built = entries.every(({ types }) => existsSync(join(root, types)));

/** A project of a user: every entry imported, every name of it looked at. */
const consumer = entries
  .map(
    ({ name }, i) =>
      `import * as entry${i} from "${name}";\nexport const names${i} = Object.keys(entry${i});`,
  )
  .join("\n");

describe.skipIf(!built)("the declarations that the package ships (need a build)", () => {
  const folder = mkdtempSync(join(tmpdir(), "cakelab-consumer-"));

  beforeAll(() => {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/cakelab"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(join(folder, "consumer.ts"), consumer);
    writeFileSync(
      join(folder, "wrong.ts"),
      'import { CakelabError } from "cakelab";\nexport const n: number = CakelabError;\n',
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const check = (compiler: string, resolution: string, file: string): string[] => {
    const module = resolution === "nodenext" ? "nodenext" : "esnext";
    const options = ["--noEmit", "--strict", "--skipLibCheck", "false", "--target", "es2022"];
    const lib = ["--lib", "es2022,dom,dom.iterable"];
    const how = ["--module", module, "--moduleResolution", resolution];
    const tsc = [join(root, compiler), ...options, ...lib, ...how, file];
    const { stdout } = spawnSync(process.execPath, tsc, { cwd: folder, encoding: "utf8" });
    return stdout.split("\n").filter((line) => line.includes("error TS"));
  };

  describe.each(Object.entries(compilers))("under TypeScript %s", (_, compiler) => {
    it.each(["bundler", "nodenext"])("check without diagnostics, %s resolution", (resolution) => {
      expect(check(compiler, resolution, "consumer.ts")).toEqual([]);
    });

    it("are found: a wrong use of them is an error", () => {
      expect(check(compiler, "bundler", "wrong.ts")).toHaveLength(1);
    });
  });
});
