import { expect, it } from "vitest";
import type { Image } from "../../../src/array.js";
import { OptionError } from "../../../src/errors.js";
import { midasIntegrator } from "../../../src/integrate/midas/integrator.js";
import { midasPlan } from "../../../src/integrate/midas/midas-plan.js";
import { midasCase } from "../../support/midas-cases.js";

const { parameters, frame } = midasCase("tilted");

it("has MIDAS' radii and azimuths", () => {
  const { expected } = midasCase("tilted");
  const ai = midasIntegrator(parameters);
  const tth = ai.centerArray("2th_rad").data;
  const chi = ai.chiArray().data;
  expected("pixelR").forEach((radius, pixel) => {
    expect(tth[pixel]).toBeCloseTo(Math.atan((radius * 200) / 20000), 12);
    const eta = expected("pixelEta")[pixel]!;
    // Turns apart, and the pixel at the beam has none.
    const off = (((90 - eta - (chi[pixel]! * 180) / Math.PI) % 360) + 540) % 360;
    expect(off).toBeCloseTo(180, 9);
  });
  expect(ai.wavelength).toBeCloseTo(0.2e-10, 20);
});

it("integrates about as MIDAS does", async () => {
  const smooth: Image = { ...frame, data: Float64Array.from(frame.data, (_, i) => 50 + (i % 24)) };
  const plan = await midasPlan({
    ...parameters,
    EtaBinSize: 360,
    TthMin: 1,
    TthMax: 7,
    TthBinSize: 0.5,
  });
  const { lineout } = await plan.integrate(smooth);
  plan.release();
  const { intensity } = await midasIntegrator(parameters).integrate1d(smooth, 12, {
    unit: "2th_deg",
    radialRange: [1, 7],
    correctSolidAngle: false,
  });
  // MIDAS weighs a pixel by its area across the beam, which a tilt changes; the pixels are coarse.
  lineout.forEach((value, ring) => {
    expect(Math.abs(value / intensity[ring]! - 1)).toBeLessThan(0.02);
  });
});

it.each([
  [{ p2: 0.001 }, "p2"],
  [{ Parallax: 20 }, "Parallax"],
  [{ DistortionFile: "d.bin" }, "DistortionFile"],
  [{ ResidualCorrectionMap: "r.bin" }, "ResidualCorrectionMap"],
  [{ PanelShiftsFile: "s.txt" }, "PanelShiftsFile"],
  [{ ImTransOpt: [0, 2] }, "ImTransOpt"],
  [{ pxZ: 100 }, "pxZ"],
])("refuses %j, and says what to use", (values, option) => {
  const make = () => midasIntegrator({ ...parameters, ...values });
  expect(make).toThrow(OptionError);
  expect(make).toThrow(new RegExp(`^${option}: .*midasPlan`));
});
