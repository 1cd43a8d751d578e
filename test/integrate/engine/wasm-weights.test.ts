import { describe, expect, it } from "vitest";
import { detector } from "../../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import type { Algorithm } from "../../../src/integrate/options.js";
import { difference, integrate, integrator, SHAPE } from "../../support/engines.js";

it("says how fractions are held", async () => {
  const method = { engine: "wasm", algorithm: "csr-compact" } as const;
  const plan = await integrator().plan({ shape: SHAPE, npt: 2000, method });
  const { encoding, engine } = plan.describe();
  expect(engine.name).toBe("wasm");
  expect(encoding.name).toBe("runs");
  expect(encoding.entries).toBeGreaterThan(SHAPE[0] * SHAPE[1]);
  expect(encoding.bytes).toBeGreaterThan(2 * encoding.entries);
  expect(encoding.weightError).toBeLessThan(1e-5);
});

describe("the method's algorithm", () => {
  const encodingOf = async (npt: number, side: number, algorithm?: Algorithm) => {
    const plan = await integratorOf(side).plan({
      shape: [side, side],
      npt,
      unit: "2th_deg",
      method: { engine: "wasm", ...(algorithm && { algorithm }) },
    });
    return plan.describe().encoding.name;
  };

  it("is exact by default where that costs nothing", async () => {
    expect(await encodingOf(100, 300)).toBe("pairs");
    expect(await encodingOf(100, 300, "csr-compact")).toBe("stream");
    expect(await encodingOf(500, 1400)).toBe("stream");
    expect(await encodingOf(500, 1400, "csr-exact")).toBe("pairs");
    expect(await encodingOf(5000, 1400)).toBe("runs");
  });
});

/** A detector of so many rows and columns, whose beam is near its middle. */
function integratorOf(side: number): AzimuthalIntegrator {
  const pixel = 0.2 / side;
  return new AzimuthalIntegrator({
    dist: 0.3,
    poni1: 0.1013,
    poni2: 0.0987,
    rot1: 0.02,
    detector: detector({ pixel1: pixel, shape: [side, side] }),
  });
}

describe("16-bit weights on noise, where neighbours differ most", () => {
  const side = 700;
  const shape: [number, number] = [side, side];
  let state = 5;
  const data = Uint16Array.from({ length: side * side }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return (state >>> 8) % 5000;
  });

  // Of the last, most bins hold less than a pixel.
  it.each([
    { npt: 300 },
    { npt: 300, nptAzim: 36 },
    { npt: 3000 },
    { npt: 3000, nptAzim: 36 },
    { npt: 3000, nptAzim: 360 },
  ])("agree within what describe() says: $npt × $nptAzim", async (bins) => {
    const ai = integratorOf(side);
    const js = await integrate(ai, { data, shape }, "js", bins, {});
    const wasm = await integrate(ai, { data, shape }, "wasm", bins, {});
    const method = { engine: "wasm", algorithm: "csr-compact", split: "full" } as const;
    const plan = await ai.plan({ shape, ...bins, unit: "2th_deg", method });
    const { name, intensityError } = plan.describe().encoding;
    expect(name).not.toBe("pairs");
    expect(difference(wasm.intensity, js.intensity, js.count, 1)).toBeLessThan(2e-5);
    expect(difference(wasm.intensity, js.intensity, js.count, 0.01)).toBeLessThan(1e-4);
    // Intensities are those of counts up to 5000, divided by what corrections make of a pixel.
    const contrast = 5000 / 0.5;
    js.intensity.forEach((value, bin) => {
      if (!(js.count[bin]! >= 1)) return;
      expect(Math.abs(wasm.intensity[bin]! - value)).toBeLessThan(intensityError * contrast);
    });
    expect(intensityError).toBeGreaterThan(0);
    expect(intensityError).toBeLessThan(2e-4);
  });
});
