import { afterEach, expect, test, vi } from "vitest";
import { beamline } from "./beamline.js";
import { run } from "./run.js";

afterEach(() => vi.unstubAllEnvs());

/** The engine that a command says it has used. */
async function engineOf(command: string, options: readonly string[]): Promise<unknown> {
  const { at, poni } = await beamline();
  const bins = ["-p", poni, "--npt", "20", "-o", at("out"), "--json"];
  const ran = await run([command, at("frame_1.tif"), ...bins, ...options]);
  expect(ran.stderr).not.toContain("failed");
  expect(ran.code).toBe(0);
  return JSON.parse(ran.stdout).engine.name;
}

test.each(["integrate", "cake"])("%s takes the engine that is named", async (command) => {
  for (const engine of ["js", "wasm", "gpu"]) {
    expect(await engineOf(command, ["--engine", engine])).toBe(engine);
  }
  expect(await engineOf(command, ["--method", "full_csr_js"])).toBe("js");
});

test.each(["integrate", "cake"])(
  "%s takes the one of CAKELAB_ENGINE, unless one is named",
  async (command) => {
    for (const engine of ["js", "wasm"]) {
      vi.stubEnv("CAKELAB_ENGINE", engine);
      expect(await engineOf(command, [])).toBe(engine);
    }
    expect(await engineOf(command, ["--engine", "js"])).toBe("js");
    expect(["js", "wasm"]).toContain(await engineOf(command, ["--engine", "auto"]));
  },
);

test("a CAKELAB_ENGINE that is none is an error that names it", async () => {
  vi.stubEnv("CAKELAB_ENGINE", "abacus");
  const { at, poni } = await beamline();
  const ran = await run(["cake", at("frame_1.tif"), "-p", poni, "-o", at("out")]);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(/CAKELAB_ENGINE.*"abacus".*auto, js, wasm, gpu/);
});

test("info --engines lists all, how they work here, and how fast", async () => {
  const { code, stdout } = await run(["info", "--engines", "--json"]);
  expect(code).toBe(0);
  const engines = JSON.parse(stdout);
  expect(Object.keys(engines)).toEqual(["wasm", "gpu", "js"]);
  for (const engine of Object.values(engines)) {
    expect(engine).toMatchObject({ mode: expect.any(String) });
    expect((engine as Record<string, number>)["ms per megapixel"]).toBeGreaterThan(0);
  }
  expect((await run(["info", "--engines"])).stdout).toMatch(/^wasm +mode .*ms per megapixel \d/m);
});

test("info --engines says why one does not work", async () => {
  vi.spyOn(WebAssembly, "instantiate").mockRejectedValue(new Error("no WebAssembly today"));
  try {
    const { stdout } = await run(["info", "--engines", "--json"]);
    const { wasm, js } = JSON.parse(stdout);
    expect(wasm).toBe("does not work here: no WebAssembly today");
    expect(js).toMatchObject({ mode: "float64" });
  } finally {
    vi.restoreAllMocks();
  }
});
