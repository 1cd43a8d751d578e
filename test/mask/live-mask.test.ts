import { expect, it } from "vitest";
import { liveMask } from "../../src/mask/live-mask.js";

const image = {
  data: Uint16Array.from({ length: 20 }, (_, i) => i),
  shape: [4, 5] as [number, number],
};

it("masks what is above, what lies in regions, and what was masked before", () => {
  const given = { data: new Uint8Array(20), shape: image.shape };
  given.data[0] = 1;
  const regions = [
    {
      name: "a",
      shape: "rectangle" as const,
      points: [
        [1, 1],
        [2, 2],
      ] as const,
    },
    {
      name: "b",
      shape: "polygon" as const,
      points: [
        [-0.5, 2.5],
        [-0.5, 3.5],
        [0.5, 3],
      ] as const,
    },
  ];
  const mask = liveMask(image, given, { above: 17, regions });
  const masked = [...mask!.data.keys()].filter((i) => mask!.data[i] !== 0);
  expect(masked).toEqual([0, 3, 6, 7, 11, 12, 18, 19]);
  expect(given.data.reduce((sum, value) => sum + value)).toBe(1);
});

it("is none where nothing is masked", () => {
  expect(liveMask(image, undefined, { above: null, regions: [] })).toBeUndefined();
});
