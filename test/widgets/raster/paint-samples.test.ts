import { describe, expect, it } from "vitest";
import { COLORMAP_NAMES } from "../../../src/figure/colormap.js";
import { paintImage } from "../../../src/figure/paint.js";
import { SCALE_NAMES } from "../../../src/figure/scale.js";
import { paintSamples } from "../../../widgets/raster/paint-samples.js";
import { OUTSIDE } from "../../../widgets/raster/raster.js";

const LIMITS: [number, number][] = [
  [1, 1e6],
  [0.5, 40],
  [100, 65535],
];

describe("colours on the screen", () => {
  for (const scale of SCALE_NAMES) {
    it.each(LIMITS)(`are those of a still picture: ${scale} from %d to %d`, (low, high) => {
      const samples = Float32Array.from({ length: 5000 }, (_, i) => 0.1 * 1.0035 ** i - 0.2);
      samples[7] = Number.NaN;
      for (const colormap of COLORMAP_NAMES) {
        const coloring = { scale, colormap, limits: [low, high] as const };
        const out = new Uint32Array(samples.length);
        paintSamples(samples, coloring, out);
        const expected = paintImage({ data: samples, shape: [1, samples.length] }, coloring).data;
        const shown = new Uint8ClampedArray(out.buffer);
        let other = 0;
        for (let i = 0; i < expected.length; i += 4) {
          const same = [0, 1, 2, 3].every((k) => shown[i + k] === expected[i + k]);
          if (!same) other++;
        }
        // Where a value lies on the border of two colours to the last digit, either is right.
        expect(other).toBeLessThanOrEqual(2);
      }
    });
  }

  it("are none beyond the image's edges", () => {
    for (const scale of SCALE_NAMES) {
      const out = Uint32Array.of(7);
      const coloring = { scale, colormap: "viridis", limits: [1, 9] } as const;
      paintSamples(Float32Array.of(OUTSIDE), coloring, out);
      expect(out[0]).toBe(0);
    }
  });

  it("are the first one where limits are equal", () => {
    const out = new Uint32Array(2);
    const coloring = { scale: "log", colormap: "grey", limits: [5, 5] } as const;
    paintSamples(Float32Array.of(5, 4), coloring, out);
    expect(out[0]).toBe(out[1]);
  });
});
