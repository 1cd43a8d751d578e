import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasJupyter, root, runCells } from "../kernel-ext/run-cells.js";

const names = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));

// JupyterLab writes these into a notebook that it opens. Where they are there already, opening one
// changes nothing, and git sees no difference until the user makes one.
describe.skipIf(!hasJupyter)("the metadata of notebooks (needs .venv and a build)", () => {
  it("names the kernel, and its language as the kernel does", async () => {
    const { info } = await runCells([], { folder: root });
    for (const name of names) {
      const { metadata } = JSON.parse(readFileSync(join(root, "notebooks", name), "utf8"));
      expect(metadata, name).toEqual({
        kernelspec: {
          display_name: "TypeScript (CakeLab)",
          language: "typescript",
          name: "cakelab",
        },
        language_info: info.language_info,
      });
    }
  });
});
