import { describe, expect, it } from "vitest";
import type { Image, TypedArray } from "../../../src/array.js";
import { type MidasParameters, midasParameters } from "../../../src/config/midas/parameters.js";
import { OptionError, ShapeError } from "../../../src/errors.js";
import { buildMidasMap } from "../../../src/integrate/midas/build-map.js";
import { type MidasPlanOptions, midasPlan } from "../../../src/integrate/midas/midas-plan.js";
import { type MidasResult, midasInt2d, midasLineout } from "../../../src/integrate/midas/result.js";
import { farthest, midasCase, midasCases, withNotices } from "../../support/midas-cases.js";

const MODES = ["floor", "bilinear", "gradient"] as const;

async function integrate(
  parameters: MidasParameters,
  image: Image,
  options: MidasPlanOptions = {},
): Promise<MidasResult> {
  const [plan] = await withNotices(() => midasPlan(parameters, options));
  try {
    return await plan.integrate(image);
  } finally {
    plan.release();
  }
}

describe.each(midasCases)("midas-integrate's results, $name", ({ parameters, frame, expected }) => {
  const flat = (name: string, [radial, azimuthal]: readonly [number, number]): Float64Array => {
    const values = expected(name);
    expect(values.length).toBe(radial * azimuthal);
    return values;
  };

  it.each(MODES.flatMap((mode) => [[mode, "area"] as const, [mode, "fraction"] as const]))(
    "%s, pixels by %s",
    async (mode, pixelWeights) => {
      const options = { mode, pixelWeights, errorModel: "poisson" } as const;
      const found = await integrate(parameters, frame, options);
      const size = [found.shape[1], found.shape[0]] as const;
      const key = `${mode}.${pixelWeights}`;
      // The maps keep areas in float32.
      expect(farthest(midasInt2d(found), flat(`cake.${key}`, size))).toBeLessThan(2e-7);
      expect(farthest(found.lineout, expected(`area_weighted.${key}`))).toBeLessThan(2e-7);
      expect(farthest(found.simpleMean, expected(`simple_mean.${key}`))).toBeLessThan(2e-7);
      const variance = midasInt2d({ ...found, intensity: found.sigma!.map((s) => s * s) });
      expect(farthest(variance, expected(`variance.${key}`))).toBeLessThan(3e-7);
    },
  );

  it("has the areas of the bins", async () => {
    const [plan] = await withNotices(() => midasPlan(parameters));
    const { Area, shape } = plan.geometryMaps;
    plan.release();
    expect(farthest(Area, flat("area.area", shape))).toBeLessThan(1e-6);
  });
});

describe("geometry maps", () => {
  it("have the middle of each bin", async () => {
    const { parameters, bins } = midasCase("tilted");
    const plan = await midasPlan(parameters);
    const { R, TTh, Eta, Q, shape } = plan.geometryMaps;
    plan.release();
    expect(shape).toEqual(bins);
    const at = 5 * bins[1] + 3;
    expect(R[at]).toBeCloseTo(1 + 5.5 * 0.9, 12);
    expect(Eta[at]).toBeCloseTo(-180 + 3.5 * 40, 12);
    const tth = Math.atan((R[at]! * 200) / 20000);
    expect(TTh[at]).toBeCloseTo((tth * 180) / Math.PI, 12);
    expect(Q![at]).toBeCloseTo((4 * Math.PI * Math.sin(tth / 2)) / 0.2, 12);
    expect(Q!.length).toBe(bins[0] * bins[1]);
  });

  it("have no Q without a wavelength", async () => {
    const plan = await midasPlan({ ...midasCase("tilted").parameters, Wavelength: 0 });
    expect(plan.geometryMaps.Q).toBeUndefined();
    plan.release();
  });
});

describe("a plan", () => {
  const { parameters, frame } = midasCase("distorted");
  const plain = { ...parameters, SolidAngleCorrection: false, PolarizationCorrection: false };
  const ones = { data: new Uint16Array(480).fill(1), shape: [20, 24] as [number, number] };

  it.each(["js", "wasm"] as const)("gives 1 for an image of ones, %s", async (engine) => {
    for (const algorithm of ["csr-exact", "csr-compact"] as const) {
      const found = await integrate(plain, ones, { method: { engine, algorithm } });
      found.intensity.forEach((value, bin) => {
        expect(value).toBeCloseTo(found.count[bin]! > 1e-9 ? 1 : 0, 5);
      });
      expect(found.engine.name).toBe(engine);
    }
  });

  it("has units of its radial axis", async () => {
    const q = await integrate(midasCase("q").parameters, frame);
    expect(q.unit).toBe("q_A^-1");
    expect(q.radial[0]).toBeCloseTo(0.55, 14);
    const tth = await integrate(midasCase("tth").parameters, frame);
    expect([tth.unit, tth.radial[1]]).toEqual(["2th_deg", 0.75]);
    const mm = await integrate(parameters, frame, { unit: "r_mm" });
    expect(mm.radial[3]).toBeCloseTo((1 + 3.5 * 0.9) * 0.2, 12);
    const nm = await integrate(midasCase("q").parameters, frame, { unit: "q_nm^-1" });
    expect(nm.radial[0]).toBeCloseTo(5.5, 12);
    await expect(integrate(parameters, frame, { unit: "R" })).rejects.toThrow(OptionError);
  });

  it("subtracts a dark image as the detector writes it", async () => {
    const dark = { ...frame, data: frame.data.map((value, i) => value - (i % 7)) as TypedArray };
    const less = { ...frame, data: Float64Array.from(frame.data, (_, i) => i % 7) };
    const found = await integrate(parameters, frame, { dark });
    expect(farthest(found.intensity, (await integrate(parameters, less)).intensity)).toBeLessThan(
      1e-12,
    );
  });

  it("leaves out pixels that are not finite, and only those", async () => {
    const holes = {
      ...frame,
      data: Float32Array.from(frame.data, (v, i) => (i % 11 === 3 ? NaN : v)),
    };
    const mask = { ...frame, data: Uint8Array.from(frame.data, (_, i) => (i % 11 === 3 ? 1 : 0)) };
    // The image's columns and rows are turned around: the mask lies as the image does.
    const masked = await integrate(plain, frame, { mask, rawMask: true });
    const found = await integrate(plain, holes);
    // Two of the 44 lie in no bin.
    expect(found.provenance.invalidPixels).toBe(42);
    expect(farthest(found.intensity, masked.intensity)).toBeLessThan(1e-6);
    expect(farthest(found.sumNormalization, masked.sumNormalization)).toBeLessThan(1e-6);
    expect(farthest(found.lineout, masked.lineout)).toBeLessThan(1e-6);
  });

  it.each([
    [{ GapIntensity: 77 }, 1],
    [{ GapIntensity: 77, BadPxIntensity: 78 }, 2],
    [{ GapIntensity: 77, BadPxIntensity: 90 }, 2],
    [{ GapIntensity: -1, BadPxIntensity: 77 }, 2],
    [{ GapIntensity: -2, BadPxIntensity: -1 }, 2],
  ])("leaves out gaps and bad pixels: %j", async (values, expected) => {
    const data = Uint16Array.from(frame.data);
    const place = [100, 200] as const;
    Object.values(values).forEach((value, i) => {
      data[place[i]!] = value < 0 ? value + 65536 : value;
    });
    const found = await integrate({ ...parameters, ...values }, { ...frame, data });
    expect(found.provenance.invalidPixels).toBe(expected);
    const signed = Int32Array.from(data, (value) => (value > 60000 ? value - 65536 : value));
    const same = await integrate({ ...parameters, ...values }, { ...frame, data: signed });
    expect(farthest(same.intensity, found.intensity)).toBeLessThan(1e-12);
  });

  it("fills bins without pixels as asked", async () => {
    const wide = { ...parameters, RMax: 60 };
    const zeros = await integrate(wide, frame);
    const holes = await integrate(wide, frame, { empty: -1 });
    expect(zeros.lineout.at(-1)).toBe(0);
    expect([holes.lineout.at(-1), holes.simpleMean.at(-1), holes.intensity.at(-1)]).toEqual([
      -1, -1, -1,
    ]);
    expect(holes.count.at(-1)).toBe(0);
  });

  it("takes a map that is there", async () => {
    const { folder } = midasCase("distorted");
    const own = await integrate(parameters, frame);
    const [map] = await withNotices(() => buildMidasMap(parameters));
    expect((await integrate(parameters, frame, { map })).intensity).toEqual(own.intensity);
    const read = await integrate(parameters, frame, { map: folder });
    expect(farthest(read.intensity, own.intensity)).toBeLessThan(1e-7);
    await expect(integrate({ ...parameters, RMax: 20 }, frame, { map })).rejects.toThrow(
      /map: it has 126 bins, and the parameters ask for 22 × 9/,
    );
  });

  it("has a lineout that can be written like any profile", async () => {
    const found = await integrate(parameters, frame, { errorModel: "poisson" });
    const profile = midasLineout(found);
    expect(profile.intensity).toEqual(found.lineout);
    const means = profile.sumSignal.map((sum, ring) => sum / profile.sumNormalization[ring]!);
    expect(farthest(means, found.lineout)).toBeLessThan(1e-12);
    const sigma = profile.sumVariance!.map(
      (sum, ring) => Math.sqrt(sum) / profile.sumNormalization[ring]!,
    );
    expect(farthest(sigma, profile.sigma!)).toBeLessThan(1e-12);
  });

  it("says where a result comes from", async () => {
    const { provenance } = await integrate(parameters, frame);
    expect(provenance).toMatchObject({
      midas: { mode: "floor", ImTransOpt: [1, 2] },
      split: "full",
      polarizationFactor: 0.99,
      correctSolidAngle: true,
      hasUserMask: false,
    });
    expect(provenance.midas?.distortion).toContain("p13");
    expect(provenance.geometry.wavelength).toBeCloseTo(0.2e-10, 20);
  });

  it("takes intensities between pixels where GradientCorrection says so", async () => {
    const found = await integrate({ ...parameters, GradientCorrection: true }, frame);
    expect(found.provenance.midas?.mode).toBe("gradient");
  });

  it("refuses images and options that do not suit", async () => {
    const turned = { data: frame.data, shape: [24, 20] as [number, number] };
    await expect(integrate(parameters, turned)).rejects.toThrow(ShapeError);
    const options = (given: object) => integrate(parameters, frame, given as MidasPlanOptions);
    await expect(options({ mode: "cubic" })).rejects.toThrow(/choose floor, bilinear or gradient/);
    await expect(options({ pixelWeights: "all" })).rejects.toThrow(/choose area or fraction/);
    await expect(options({ errorModel: "azimuthal" })).rejects.toThrow(/choose poisson/);
    await expect(options({ modus: "floor" })).rejects.toThrow(/did you mean mode/);
    await expect(options({ mask: turned })).rejects.toThrow(ShapeError);
  });

  it("stops when it is told to", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(midasPlan(parameters, { signal })).rejects.toThrow("enough");
    const plan = await midasPlan(parameters);
    await expect(plan.integrate(frame, signal)).rejects.toThrow("enough");
    plan.release();
  });
});

describe("a mask", () => {
  const { parameters, frame } = midasCase("masked");

  it("is told to lie as after ImTransOpt, unless that is said", async () => {
    const flipped = { ...parameters, ImTransOpt: [1] };
    const notice = async (
      options: MidasPlanOptions,
      given: MidasParameters = flipped,
    ): Promise<string[]> => {
      const [plan, notices] = await withNotices(() => midasPlan(given, options));
      plan.release();
      return notices;
    };
    expect(await notice({})).toEqual([expect.stringMatching(/rawMask/)]);
    expect(await notice({ rawMask: false })).toEqual([]);
    expect(await notice({ rawMask: true })).toEqual([]);
    expect(await notice({}, parameters)).toEqual([]);
    const raw = await integrate(flipped, frame, { rawMask: true });
    const after = await integrate(flipped, frame, { rawMask: false });
    expect(raw.provenance.maskedPixels).not.toBe(after.provenance.maskedPixels);
  });

  it("of other values than 0 and 1 is refused, and one of nearly all pixels told", async () => {
    const mask = { ...frame, data: new Uint8Array(480).fill(255) };
    await expect(midasPlan(parameters, { mask })).rejects.toThrow(/has the value 255, .* write 1/);
    const inverted = {
      ...frame,
      data: Uint8Array.from(mask.data, (_, i) => (i % 9 === 0 ? 0 : 1)),
    };
    const [plan, notices] = await withNotices(() => midasPlan(parameters, { mask: inverted }));
    plan.release();
    expect(notices).toEqual([expect.stringMatching(/masks 426 of 480 pixels; 1 means masked/)]);
  });
});

describe("RhoD", () => {
  const { parameters, frame } = midasCase("distorted");

  it("in pixels is told and taken as midas-integrate does", async () => {
    const wrong = { ...parameters, RhoD: 20 };
    const [plan, notices] = await withNotices(() => midasPlan(wrong));
    plan.release();
    expect(notices).toEqual([
      expect.stringMatching(/RhoD 20 is in µm, and it seems to be in pixels .*: 4000 µm is taken/),
    ]);
    const found = await integrate(wrong, frame);
    expect(farthest(found.intensity, (await integrate(parameters, frame)).intensity)).toBe(0);
  });

  it("is needed by a distortion", async () => {
    await expect(midasPlan({ ...parameters, RhoD: 0 })).rejects.toThrow(
      /RhoD: p0, p1, p2.* need it/,
    );
    const none = midasParameters({
      NrPixelsY: 9,
      NrPixelsZ: 9,
      px: 100,
      Lsd: 1e5,
      BC: [4, 4],
      RMax: 5,
      RBinSize: 1,
    });
    const [plan, notices] = await withNotices(() => midasPlan(none));
    plan.release();
    expect(notices).toEqual([]);
  });
});
