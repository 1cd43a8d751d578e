import { describe, expect, it } from "vitest";
import { stillOf } from "../../../kernel-ext/bundle-still.js";
import {
  CakeView,
  type FigureView,
  ImageView,
  Lineouts,
} from "../../../kernel-ext/widgets/index.js";
import { cake } from "../../../src/cake/cake.js";
import type { Cakes } from "../../../src/cake/cakes.js";
import { detector } from "../../../src/detector/detector-factory.js";
import { ShapeError } from "../../../src/errors.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import { simulatePowder } from "../../../src/simulate/index.js";

const geometry = {
  dist: 0.3,
  poni1: 0.04,
  poni2: 0.04,
  wavelength: 2e-11,
  detector: detector({ pixel1: 4e-4, pixel2: 4e-4, shape: [200, 200] }),
};
const ai = new AzimuthalIntegrator(geometry);
const image = simulatePowder({
  ...geometry,
  phases: [{ lattice: "CeO2", fwhm: 0.2 }],
  background: { flat: 9 },
});
const MOST = 300_000;

type Bundle = Record<string, string>;
function shown(view: FigureView): Promise<Bundle> {
  const show = (view as unknown as Record<symbol, () => Promise<Bundle>>)[
    Symbol.for("Jupyter.display")
  ]!;
  return show.call(view);
}

function bigCakes(): Cakes {
  const intensity = Array.from({ length: 36 }, (_, k) =>
    Float64Array.from({ length: 10_000 }, (_, i) => 1000 * Math.abs(Math.sin(i * i * (k + 1))) + 1),
  );
  const radial = Float64Array.from({ length: 10_000 }, (_, i) => 2 + i * 6e-4);
  const centers = intensity.map((_, k) => (270 + 10 * k) % 360);
  const provenance = {} as Cakes["provenance"];
  return {
    radial,
    intensity,
    count: [],
    centers,
    firstCakeAngle: 270,
    order: "clockwise",
    unit: "2th_deg",
    provenance,
    engine: { name: "js", mode: "" },
  };
}

describe("views", () => {
  it("show themselves as a picture and in words", async () => {
    const cakes = await cake(image, ai, { npt: 100, method: { engine: "js" } });
    const flat = await ai.integrate2d(image, 100, 90, {
      unit: "q_nm^-1",
      method: { engine: "js" },
    });
    const profile = await ai.integrate1d(image, 100, { method: { engine: "js" } });
    const views: [FigureView, RegExp][] = [
      [
        new ImageView(image, { ai, cakes }),
        /200 rows × 200 columns.*North is up; 36 cakes, clockwise, the first centred 270°/,
      ],
      [new ImageView(image), /Detector image: 200 rows/],
      [new CakeView(cakes), /36 cakes clockwise from 270°, 2θ from/],
      [new CakeView(flat, { scale: "log" }), /χ from −180° to 180°, q from .* nm⁻¹ in 100 points/],
      [new Lineouts(cakes, { cakes: [1, 10] }), /cake 1 \(270°\), cake 10 \(0°\)/],
      [
        new Lineouts([profile, profile], { labels: ["a", "b"], offset: 5 }),
        /intensity over q; a, b/,
      ],
    ];
    for (const [view, words] of views) {
      const bundle = await shown(view);
      expect(Object.keys(bundle)).toEqual([
        "text/plain",
        "application/vnd.jupyter.widget-view+json",
      ]);
      expect(bundle["text/plain"]).toMatch(words);
      const still = stillOf(bundle)!.bundle as Bundle;
      expect(still["image/png"]).toMatch(/^iVBORw0KGgo/);
      expect(view.svg).toMatch(/^<svg xmlns=.*<\/svg>$/s);
      expect(/NaN|undefined|Infinity/.test(view.svg)).toBe(false);
    }
  });

  it("stay small for large data", () => {
    const random = simulatePowder({
      ...geometry,
      shape: [2048, 2048],
      detector: detector({ pixel1: 4e-5, pixel2: 4e-5, shape: [2048, 2048] }),
      background: { flat: 40 },
    });
    const cakes = bigCakes();
    for (const view of [
      new ImageView(random, { scale: "log" }),
      new CakeView(cakes, { scale: "sqrt" }),
      new Lineouts(cakes),
      new Lineouts(cakes, { cakes: [3] }),
    ]) {
      expect(view.svg.length).toBeLessThan(MOST);
    }
  });

  it("write what users name as text, not as markup", () => {
    const title = `<script>alert("1")</script> & more`;
    const { svg } = new ImageView(image, { title });
    expect(svg).not.toContain("<script>");
    expect(svg).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more");
  });

  it("follow what they are given later, with its unit, distance and wavelength", async () => {
    const far = new AzimuthalIntegrator({ ...geometry, dist: 0.5, wavelength: 4e-11 });
    const js = { engine: "js" } as const;
    const lines = new Lineouts(await ai.integrate1d(image, 20, { method: js }));
    lines.results = await far.integrate1d(image, 30, { unit: "2th_deg", method: js });
    expect(lines.get("unit")).toBe("2th_deg");
    expect([lines.get("distance"), lines.get("wavelength")]).toEqual([0.5, 4e-11]);
    expect(lines.description).toMatch(/intensity over 2θ/);

    const view = new CakeView(await ai.integrate2d(image, 20, 4, { method: js }));
    view.cakes = await cake(image, far, { npt: 30, cakes: 8, method: js });
    expect([view.get("distance"), view.get("wavelength")]).toEqual([0.5, 4e-11]);
    expect(view.description).toMatch(/8 cakes/);

    const picture = new ImageView(image);
    const before = picture.description;
    picture.image = { data: new Float32Array(40_000).fill(Number.NaN), shape: [200, 200] };
    expect(picture.description).not.toBe(before);
    expect(picture.description).toMatch(/no value/);
    expect(() => {
      picture.image = { data: new Float32Array(4), shape: [2, 2] };
    }).toThrow(ShapeError);
  });

  it("draw only a part where told to", () => {
    const view = new CakeView(bigCakes(), { radialRange: [3, 5] });
    expect(view.description).toMatch(/2θ from 3.* to 5 ° in 333\d points/);
    expect(() => new CakeView(bigCakes(), { radialRange: [9, 10] })).toThrow(
      /no point lies within 9 to 10/,
    );
  });

  it("say what cannot be drawn", async () => {
    const method = { engine: "js" } as const;
    const q = await ai.integrate1d(image, 10, { method });
    const degrees = await ai.integrate1d(image, 10, { unit: "2th_deg", method });
    expect(() => new Lineouts([q, degrees])).toThrow(/different units \(q_nm\^-1, 2th_deg\)/);
    expect(() => new Lineouts([])).toThrow(/no profile/);
    expect(() => new Lineouts(bigCakes(), { cakes: [37] })).toThrow(
      /no cake 37; there are 1 to 36/,
    );
    expect(() => new ImageView(image, { colormap: "jet" as "grey" })).toThrow(
      /colormap: 'jet' is not one/,
    );
  });

  it("draw an image in which nothing counts", () => {
    const empty = {
      data: new Float32Array(100).fill(Number.NaN),
      shape: [10, 10] as [number, number],
    };
    for (const scale of ["linear", "log", "sqrt", "asinh"] as const) {
      const { svg, description } = new ImageView(empty, { scale });
      expect(/NaN|Infinity/.test(svg)).toBe(false);
      expect(description).toBe("Detector image: 10 rows × 10 columns, no value.");
    }
  });
});
