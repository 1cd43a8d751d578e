import { afterEach, expect, it, vi } from "vitest";
import { detector } from "../../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import { fastestEngine, measureEngines } from "../../../src/integrate/engine/fastest.js";
import { setNoticeHook } from "../../../src/notice.js";

const shape: [number, number] = [300, 350];
const image = { data: Uint16Array.from({ length: 300 * 350 }, (_, i) => i % 97), shape };
const integrator = (): AzimuthalIntegrator =>
  new AzimuthalIntegrator({
    dist: 0.1,
    poni1: 0.2,
    poni2: 0.003,
    detector: detector({ pixel1: 1e-4 }),
  });

afterEach(() => {
  setNoticeHook(undefined);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it("measures engines, and says which work", async () => {
  const reports = await measureEngines(["js", "wasm", "gpu"]);
  expect(reports.map(({ name }) => name)).toEqual(["js", "wasm", "gpu"]);
  for (const { mode, millisecondsPerMegapixel, reason } of reports) {
    expect(reason).toBeUndefined();
    expect(mode).toBeTypeOf("string");
    expect(millisecondsPerMegapixel).toBeGreaterThan(0);
  }
});

it("takes the fastest engine by itself, without rounding weights of a small image", async () => {
  expect(["js", "wasm"]).toContain(await fastestEngine());
  const result = await integrator().integrate1d(image, 50, { unit: "2th_deg" });
  expect(result.engine.name).toBe(await fastestEngine());
  const plain = await integrator().integrate1d(image, 50, {
    unit: "2th_deg",
    method: { engine: "js" },
  });
  plain.intensity.forEach((value, bin) => {
    if (plain.count[bin]! > 0) expect(result.intensity[bin]! / value).toBeCloseTo(1, 12);
  });
});

it.each(["js", "wasm"] as const)("does as CAKELAB_ENGINE says: %s", async (engine) => {
  vi.stubEnv("CAKELAB_ENGINE", engine);
  const result = await integrator().integrate1d(image, 50, { unit: "2th_deg" });
  expect(result.engine.name).toBe(engine);
});

it("goes on with the js engine, with one notice, where the memory of wasm does not suffice", async () => {
  if ((await fastestEngine()) !== "wasm") return;
  const notices: string[] = [];
  setNoticeHook((text) => notices.push(text));
  vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(() => {
    throw new RangeError("no memory left");
  });
  // Larger than what any memory holds that an earlier plan has left.
  const large: [number, number] = [1200, 1000];
  const frame = { data: new Uint16Array(1200 * 1000).fill(3), shape: large };
  for (let i = 0; i < 2; i++) {
    const { engine, count } = await integrator().integrate1d(frame, 50 + i, { unit: "2th_deg" });
    expect(engine.name).toBe("js");
    expect(count.reduce((sum, pixels) => sum + pixels, 0)).toBeCloseTo(1200 * 1000, 4);
  }
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatch(/wasm.*js engine/);
});
