// What the tests of the gpu engine run in a page: bundled by esbuild, reached as the global `cakelab`.
import { detector } from "../../src/detector/detector-factory.js";
import { radialFunction, radialUnit } from "../../src/geometry/units.js";
import { type GpuEngineOptions, gpuEngine } from "../../src/integrate/engine/gpu/gpu-engine.js";
import { gpuGeometry } from "../../src/integrate/engine/gpu/gpu-geometry.js";
import { jsEngine } from "../../src/integrate/engine/js/js-engine.js";
import { centerArray, chiArray } from "../../src/integrate/geometry-arrays.js";
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

/** Computes pixel centres on the GPU; tells how far they are from float64, as a part of the largest. */
export async function compareGeometry(unit: string) {
  const geometry = await gpuGeometry(SETUP, SHAPE, radialUnit(unit), ["webgl2"]);
  const { radial, chi } = await geometry.centers();
  const radialOf = radialFunction(radialUnit(unit), SETUP.wavelength);
  const expected = centerArray(SETUP, SHAPE, radialOf).data;
  const farthest = (actual: Float32Array, values: Float64Array): number => {
    const largest = values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
    return (
      values.reduce((top, value, i) => Math.max(top, Math.abs(actual[i]! - value)), 0) / largest
    );
  };
  await geometry.close();
  return {
    mode: geometry.mode,
    radial: farthest(radial, expected),
    chi: farthest(chi, chiArray(SETUP, SHAPE).data),
  };
}
