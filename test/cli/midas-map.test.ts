import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { midasCase, withNotices } from "../support/midas-cases.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { run } from "./run.js";

const { folder, parameters } = midasCase("distorted");

describe("cakelab midas-map", () => {
  it("writes midas-integrate's map", async () => {
    const out = join(await temporaryFolder(), "new");
    const ran = await run(["midas-map", "--param-file", parameters.path, "-o", out]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toMatch(/bins +14 × 9, equal in R; \d+ are filled\nrecords +\d+, in/);
    expect(ran.stdout).toContain(join(out, "Map.bin"));
    const same = (name: string) =>
      readFileSync(join(out, name)).equals(readFileSync(join(folder, name)));
    expect(same("nMap.bin")).toBe(true);
    const header = (path: string) => readFileSync(join(path, "Map.bin")).subarray(0, 64);
    expect(header(out)).toEqual(header(folder));
  });

  it("prints a summary as JSON, and takes midas-detector-mapper's words", async () => {
    const out = await temporaryFolder();
    const masked = midasCase("masked");
    const words = [
      "--mask",
      join(masked.folder, "mask.tif"),
      "--flat",
      join(masked.folder, "flat.tif"),
    ];
    const [ran, notices] = await withNotices(() =>
      run(["midas-map", parameters.path, "--out", out, "--json", ...words]),
    );
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      bins: [14, 9],
      axis: "R",
      written: ["Map.bin", "nMap.bin", "maskMap.bin"].map((name) => join(out, name)),
    });
    expect(notices).toEqual([]);
    const quiet = await run([
      "midas-map",
      parameters.path,
      "-o",
      out,
      "-q",
      "--raw-mask",
      ...words,
    ]);
    expect(quiet).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("refuses what it cannot use", async () => {
    expect(await run(["midas-map"])).toMatchObject({ code: 2, stderr: /give --param-file P/ });
    expect(await run(["midas-map", "a", "b"])).toMatchObject({ code: 2 });
    expect(await run(["midas-map", "a", "--param-file", "b"])).toMatchObject({ code: 2 });
    const missing = await run(["midas-map", "none.txt"]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/none\.txt: this MIDAS parameter file cannot be read/);
  });

  it("stops when it is interrupted", async () => {
    const out = await temporaryFolder();
    const ran = await run(["midas-map", parameters.path, "-o", out], {
      signal: AbortSignal.abort(),
    });
    expect(ran.code).toBe(1);
    expect(() => readFileSync(join(out, "Map.bin"))).toThrow();
  });
});
