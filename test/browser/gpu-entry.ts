// What the tests of the gpu engine run in a page: bundled by esbuild, reached as the global `cakelab`.
import { detector } from "../../src/detector/detector-factory.js";
import { type GpuEngineOptions, gpuEngine } from "../../src/integrate/engine/gpu/gpu-engine.js";
import { jsEngine } from "../../src/integrate/engine/js/js-engine.js";
import { buildPlanData, type Setup } from "../../src/integrate/plan-data.js";
import { resolveSettings } from "../../src/integrate/settings.js";
import { setNoticeHook } from "../../src/notice.js";

const SHAPE: [number, number] = [200, 220];
const SETUP: Setup = {
  geometry: { dist: 0.2, poni1: 0.021, poni2: 0.019, rot1: 0.02, rot2: -0.03, rot3: 0.4 },
  detector: detector({ pixel1: 2e-4, pixel2: 2e-4, shape: SHAPE }),
  wavelength: 2e-11,
};

/** Integrates with the gpu engine; tells its mode and how far it is from the plain engine. */
export async function compare(nptAzim: number | undefined, options: GpuEngineOptions) {
  const notices: string[] = [];
  setNoticeHook((text) => notices.push(text));
  const settings = resolveSettings(SHAPE, 150, nptAzim, { errorModel: "poisson" });
  const plan = await buildPlanData(SETUP, SHAPE, settings);
  const gpu = await gpuEngine(plan, settings, SETUP.detector, options);
  const js = jsEngine(plan, settings, SETUP.detector);
  const integrate = async (scale: number) => {
    const data = Uint32Array.from(plan.mask, (_, i) => scale * (1 + ((i * 7919) % 1021)));
    const [a, b] = [
      await gpu.integrate({ data, shape: SHAPE }),
      await js.integrate({ data, shape: SHAPE }),
    ];
    let worst = 0;
    b.count.forEach((count, bin) => {
      if (count < 1) return;
      for (const name of ["signal", "variance"] as const) {
        worst = Math.max(worst, Math.abs(a[name]![bin]! / b[name]![bin]! - 1));
      }
    });
    return { ...gpu.info, worst, compared: b.count.filter((count) => count >= 1).length };
  };
  return { integrate, notices };
}
