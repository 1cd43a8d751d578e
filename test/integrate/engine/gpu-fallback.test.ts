import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Image } from "../../../src/array.js";
import { detector } from "../../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import type { Gpu, GpuMode } from "../../../src/integrate/engine/gpu/gpu-js.js";
import { type NoticeHook, setNoticeHook } from "../../../src/notice.js";

/** What goes wrong with the GPU of a test. */
const fault = vi.hoisted(() => ({
  missing: false,
  scale: 1,
  fails: false,
  lost: false,
  closed: 0,
}));

vi.mock("../../../src/integrate/engine/gpu/gpu-js.js", async (original) => {
  const real = await original<typeof import("../../../src/integrate/engine/gpu/gpu-js.js")>();
  const openGpu = async (mode: GpuMode): Promise<Gpu | undefined> => {
    const gpu = fault.missing ? undefined : await real.openGpu(mode);
    if (gpu === undefined) return undefined;
    return {
      ...gpu,
      kernel: (...made) => {
        const kernel = gpu.kernel(...made);
        return async (...args) => {
          if (fault.fails) throw new Error("out of memory");
          return ((await kernel(...args)) as Float32Array).map((sum) => fault.scale * sum);
        };
      },
      isLost: () => fault.lost,
      close: () => {
        fault.closed++;
        return gpu.close();
      },
    };
  };
  return { ...real, openGpu };
});

const SHAPE: [number, number] = [40, 50];
const image: Image = {
  data: Uint16Array.from({ length: SHAPE[0] * SHAPE[1] }, (_, i) => 10 + ((i * 7919) % 999)),
  shape: SHAPE,
};
const ai = (): AzimuthalIntegrator =>
  new AzimuthalIntegrator({
    dist: 0.1,
    poni1: 0.01,
    poni2: 0.01,
    detector: detector({ pixel1: 5e-4, pixel2: 5e-4, shape: SHAPE }),
  });
const OPTIONS = { unit: "2th_deg", errorModel: "poisson", method: { engine: "gpu" } } as const;

describe("the gpu engine gives way to wasm, says so once, and loses no image", () => {
  const notices: string[] = [];
  let previous: NoticeHook | undefined;
  beforeEach(() => {
    Object.assign(fault, { missing: false, scale: 1, fails: false, lost: false, closed: 0 });
    notices.length = 0;
    previous = setNoticeHook((text) => notices.push(text));
  });
  afterEach(() => {
    setNoticeHook(previous);
  });

  async function expectWasm(integrator: AzimuthalIntegrator, why: RegExp): Promise<void> {
    const method = { engine: "js" } as const;
    const plain = await integrator.integrate1d(image, 30, { ...OPTIONS, method });
    for (let frame = 0; frame < 3; frame++) {
      const result = await integrator.integrate1d(image, 30, OPTIONS);
      expect(result.engine.name).toBe("wasm");
      result.intensity.forEach((value, bin) => {
        expect(Math.abs(value / plain.intensity[bin]! - 1)).toBeLessThan(1e-4);
      });
    }
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(why);
  }

  it("where there is no mode", async () => {
    fault.missing = true;
    await expectWasm(ai(), /there is no webgpu, .*there is no webasm/);
  });

  it.each([1 + 1e-4, 0, Number.NaN])("where kernels are wrong by %d", async (scale) => {
    fault.scale = scale;
    await expectWasm(ai(), /webasm failed: gpu: its sums of a test image are wrong/);
    expect(fault.closed).toBeGreaterThan(0);
  });

  it.each([
    ["is lost", { lost: true }, /webasm was lost/],
    ["fails", { fails: true }, /webasm failed: out of memory/],
  ])("where the device %s between images", async (_, later, why) => {
    const integrator = ai();
    const { engine } = await integrator.integrate1d(image, 30, OPTIONS);
    expect(engine).toEqual({ name: "gpu", mode: "webasm" });
    expect(notices).toEqual([]);
    Object.assign(fault, later);
    await expectWasm(integrator, why);
    expect(fault.closed).toBeGreaterThan(0);
  });
});
