import { expect, it } from "vitest";
import { paintChannels } from "../../../widgets/raster/paint-channels.js";
import { OUTSIDE } from "../../../widgets/raster/raster.js";

const bytes = (words: Uint32Array): number[][] =>
  Array.from(words, (_, i) => [...new Uint8Array(words.buffer, 4 * i, 4)]);

it("paints channels as red, green and blue, each between its limits", () => {
  const out = new Uint32Array(5);
  const red = { samples: Float32Array.of(10, 0, 5, NaN, OUTSIDE), limits: [0, 10] as const };
  const green = { samples: Float32Array.of(0, 200, 100, NaN, OUTSIDE), limits: [0, 100] as const };
  paintChannels([red, green], "linear", out);
  expect(bytes(out)).toEqual([
    [255, 0, 0, 255],
    [0, 255, 0, 255],
    [128, 255, 0, 255],
    [150, 150, 150, 255],
    [0, 0, 0, 0],
  ]);
});

it("takes a channel that has nothing at a point for dark, and other scales", () => {
  const out = new Uint32Array(2);
  const red = { samples: Float32Array.of(NaN, 25), limits: [0, 100] as const };
  const blue = { samples: Float32Array.of(100, NaN), limits: [0, 100] as const };
  paintChannels([red, blue, blue], "sqrt", out);
  expect(bytes(out)[0]).toEqual([0, 255, 255, 255]);
  expect(bytes(out)[1]![0]).toBeCloseTo(128, -1);
});
